import { describe, expect, it } from 'vitest'
import { feedReason } from '../../src/report/feed-reason.ts'

describe('why a feed fails', () => {
  it.each([
    ['http://a.example/f: there is no such host', 'there is no such host'],
    ['http://a.example/f answered 503: it is busy', 'answered 503: it is busy'],
    ['http://***@a.example/f: the answer stopped', 'the answer stopped'],
    ['http://elsewhere.example/: the host refuses connections', 'the host refuses connections'],
    ['', 'failed without a message'],
  ])('is said without the address in front (%s)', (error, reason) => {
    expect(feedReason(error, 'http://a.example/f')).toBe(reason)
  })

  it.each([
    ['http://10.1.2.3/f', '10.1.2.3 is a private address; add 10.1.2.3 to polling.allowPrivateHosts'],
    ['http://[::1]/f', '[::1] is a private address; add "[::1]" to polling.allowPrivateHosts'],
    [
      'http://a.example/f',
      'answered 401: it wants a user and password, as in https://user:${PASSWORD}@a.example/f',
    ],
    ['http://a.example/f', 'is a page, and points to http://a.example/feed.xml.'],
  ])('keeps everything else (%s, %s)', (url, reason) => {
    expect(feedReason(`${url}: ${reason}`, url)).toBe(reason)
    expect(feedReason(reason, url)).toBe(reason)
  })
})
