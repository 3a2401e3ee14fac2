import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that a receiver took. */
export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
  readonly at: Date
}

/** A webhook receiver on loopback. */
export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** What it answers from now on; 204 at first. */
  answer: { status: number; headers?: Record<string, string> }
  close(): Promise<void>
}

/** Starts a receiver that keeps everything it is sent. */
export async function startReceiver(): Promise<Receiver> {
  const receiver: Omit<Receiver, 'url'> = { received: [], answer: { status: 204 }, close }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      receiver.received.push({ headers: request.headers, body, at: new Date() })
      response.writeHead(receiver.answer.status, receiver.answer.headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return Object.assign(receiver, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` })
}
