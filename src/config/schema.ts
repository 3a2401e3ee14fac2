import { z } from 'zod'
import { channelsSchema } from './schema/channel.ts'
import { feedSchema } from './schema/feed.ts'
import { outletsSchema } from './schema/outlets.ts'
import { policiesSchema } from './schema/policies.ts'
import { pollingSchema } from './schema/polling.ts'
import { retentionSchema } from './schema/retention.ts'
import { routeSchema } from './schema/route.ts'
import { serverSchema } from './schema/server.ts'
import { servicesSchema } from './schema/services.ts'

/** `openwatch.yaml`. Everything may be left out: an empty file is a whole configuration. */
export const settingsSchema = z.strictObject({
  server: serverSchema
    .prefault({})
    .meta({ description: 'Where the pages are served', example: '{ port: 8484 }' }),
  polling: pollingSchema
    .prefault({})
    .meta({ description: 'How feeds are polled', example: '{ timeout: 30s }' }),
  feeds: z
    .array(feedSchema)
    .prefault([])
    .meta({ description: 'What is polled', example: '[https://openai.com/news/rss.xml]' }),
  services: servicesSchema.prefault({}).meta({
    description: 'Where the sites live that shorthands such as github:owner/name stand for',
    example: '{ github: https://git.example.org }',
  }),
  outlets: outletsSchema
    .prefault({})
    .meta({ description: 'How far outlets are trusted', example: '{ established: [reuters.com] }' }),
  channels: channelsSchema
    .prefault({ console: { type: 'console' } })
    .meta({ description: 'Where alerts go', example: '{ console: { type: console } }' }),
  routes: z.array(routeSchema).prefault([]).meta({
    description: 'Which alerts go to which channels; those that no route takes go to all',
    example: '[{ topic: openai-open-weights, channels: [mail] }]',
  }),
  retention: retentionSchema.prefault({}).meta({
    description: 'How long is kept what no question needs; what met one is kept for ever',
    example: '{ entries: 90d }',
  }),
  policies: policiesSchema.prefault({}).meta({
    description: 'What it takes to change a status',
    example: '{ evidence: { independentOrigins: 2 } }',
  }),
})

/** `openwatch.yaml` as read: defaults filled in, times in milliseconds, sizes in bytes. */
export type Settings = z.output<typeof settingsSchema>
