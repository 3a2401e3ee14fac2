import { z } from 'zod'
import { duration, hostOrRange, listOf, size, text, wholeNumber } from './values.ts'

/** How feeds are polled. Times are milliseconds, sizes are bytes. */
export const pollingSchema = z.strictObject({
  interval: z
    .strictObject({
      min: duration().prefault('2m').meta({ description: 'Never more often than this', example: '2m' }),
      default: duration()
        .prefault('10m')
        .meta({ description: 'For a feed whose rhythm is not known yet', example: '10m' }),
      max: duration().prefault('24h').meta({ description: 'Never less often than this', example: '24h' }),
    })
    .prefault({})
    .meta({ description: 'How often a feed is asked', example: '{ min: 2m, default: 10m, max: 24h }' }),
  timeout: duration()
    .prefault('30s')
    .meta({ description: 'How long one request may take in all', example: '30s' }),
  maxBody: size()
    .prefault('10MB')
    .meta({ description: 'Largest answer, also after decompression', example: '10MB' }),
  userAgent: text()
    .prefault('openwatch/0.1 (self-hosted news watch)')
    .meta({ description: 'How the daemon names itself to servers', example: 'openwatch (me@example.org)' }),
  concurrency: wholeNumber(1, 256)
    .prefault(8)
    .meta({ description: 'Requests at a time; always at most one a host', example: 8 }),
  firstPollMaxAge: duration()
    .prefault('7d')
    .meta({ description: "A new feed's entries older than this are judged without alerting", example: '7d' }),
  allowPrivateHosts: listOf(hostOrRange()).prefault([]).meta({
    description: 'Hosts and address ranges of your own network that feeds may live on',
    example: '[feeds.lan, 10.0.0.0/8]',
  }),
})
