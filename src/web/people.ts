import type { FastifyRequest } from 'fastify'

/** Paths that programs ask for; a person may still look at one in a browser. */
const forPrograms = /^\/(?:api|mcp)(?:[/?]|$)/

/** Whether a person looks, with a browser: they get pages, programs get JSON. */
export function isForPeople({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  const takesPages = headers.accept?.includes('text/html') === true
  return takesPages && (!forPrograms.test(url) || headers['sec-fetch-mode'] === 'navigate')
}
