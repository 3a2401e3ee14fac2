import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { buildServer, type WebParts } from '../../src/web/server.ts'
import type { TestSystem } from './system.ts'

/** The pages over a test system as the daemon serves them. `more`: what a test wants otherwise. */
export function pagesOver(system: TestSystem, more: Partial<WebParts> = {}): FastifyInstance {
  return buildServer({
    report: () => system.report(),
    installation: 'this-one',
    notReady: () => Promise.resolve(null),
    desk: system,
    ...more,
  })
}

/** For tests that ask for nothing that cannot be answered: what goes wrong is thrown, not answered with a page. */
export const faultsThrown: Pick<WebParts, 'onFault'> = {
  onFault: (error) => {
    throw error
  },
}

/** Sends a form as a browser does from a page of ours. */
export function sendForm(
  app: FastifyInstance,
  url: string,
  fields: Readonly<Record<string, string>> | URLSearchParams,
): Promise<LightMyRequestResponse> {
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams(fields).toString(),
  })
}
