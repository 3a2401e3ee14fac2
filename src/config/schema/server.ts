import { z } from 'zod'
import { text, webUrl, wholeNumber } from './values.ts'

/** Where the pages and the API are served. */
export const serverSchema = z.strictObject({
  host: text()
    .prefault('127.0.0.1')
    .meta({ description: 'Address to listen on; OPENWATCH_HOST overrides it', example: '127.0.0.1' }),
  port: wholeNumber(0, 65_535).prefault(8484).meta({
    description: 'Port to listen on, 0 for any free one; OPENWATCH_PORT overrides it',
    example: 8484,
  }),
  publicUrl: webUrl().optional().meta({
    description:
      'Address of the daemon as seen from outside; with it, feeds that offer it are pushed (WebSub), and alerts have links to answer them by',
    example: 'https://watch.example.org/',
  }),
})
