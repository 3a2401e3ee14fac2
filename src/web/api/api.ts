import type { FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { ApiParts } from './app.ts'
import { answerApiFaults } from './faults.ts'
import { answerOtherMethods } from './methods.ts'
import { describeRoutes } from './openapi.ts'
import { documentProblems } from './document-problems.ts'
import { aboutRoutes } from './routes/about.ts'
import { addFeedRoutes } from './routes/add-feeds.ts'
import { alertRoutes, channelRoutes } from './routes/alerts.ts'
import { answerOnce } from './idempotency.ts'
import { changeRoutes } from './routes/changes.ts'
import { docsRoutes } from './routes/docs.ts'
import { entryRoutes } from './routes/entries.ts'
import { explanationRoutes } from './routes/explanations.ts'
import { feedRoutes } from './routes/feeds.ts'
import { itemActionRoutes } from './routes/item-actions.ts'
import { itemEditRoutes } from './routes/item-edits.ts'
import { itemRoutes } from './routes/items.ts'
import { previewRoutes } from './routes/preview.ts'
import { reportRoutes } from './routes/report.ts'
import { tagAnswers } from './tag-answers.ts'
import { refuseUnstorable } from './text-guard.ts'

/** The API under /api/v1: everything that pages and commands do. To be registered under the prefix `/api`. */
export function apiRoutes(parts: ApiParts) {
  return async (app: FastifyInstance): Promise<void> => {
    answerApiFaults(app, parts.onFault)
    await app.register((api: FastifyInstance) => versionOne(api, parts), { prefix: '/v1' })
  }
}

async function versionOne(plain: FastifyInstance, parts: ApiParts): Promise<void> {
  plain.setValidatorCompiler(validatorCompiler)
  plain.setSerializerCompiler(serializerCompiler)
  plain.removeContentTypeParser('text/plain')
  documentProblems(plain)
  const otherMethods = answerOtherMethods(plain)
  await describeRoutes(plain)
  plain.addHook('preValidation', refuseUnstorable)
  answerOnce(plain, parts.desk)
  tagAnswers(plain)
  const api = plain.withTypeProvider<ZodTypeProvider>()
  const { desk } = parts
  reportRoutes(api, desk)
  changeRoutes(api, desk)
  itemRoutes(api, desk)
  itemEditRoutes(api, desk)
  itemActionRoutes(api, desk)
  previewRoutes(api, desk)
  entryRoutes(api, desk)
  explanationRoutes(api, desk)
  feedRoutes(api, desk)
  addFeedRoutes(api, desk)
  alertRoutes(api, desk)
  channelRoutes(api, desk)
  aboutRoutes(api, parts)
  docsRoutes(api)
  // those of plugins, too
  await plain.after()
  otherMethods()
}
