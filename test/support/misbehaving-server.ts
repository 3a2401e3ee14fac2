import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

/** A server that does to its callers what real ones do, on purpose. */
export interface MisbehavingServer {
  readonly url: string
  /** Connections that are open at this moment. */
  openSockets(): number
  /** Headers of every request, in order. */
  readonly seen: { readonly path: string; readonly headers: IncomingMessage['headers'] }[]
  close(): Promise<void>
}

export const smallFeed =
  '<?xml version="1.0"?><rss version="2.0"><channel><title>Small</title>' +
  '<item><title>One</title><link>https://example.org/1</link></item></channel></rss>'

const filler = Buffer.alloc(64 * 1024, 'x')
type Act = (response: ServerResponse, request: IncomingMessage) => void

function endless(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/xml' })
  const push = (): void => {
    while (!response.destroyed && response.write(filler));
    if (!response.destroyed) response.once('drain', push)
  }
  push()
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/xml' })
  const timer = setInterval(() => response.write(' '), 50)
  response.on('close', () => clearInterval(timer))
}

function packed(coding: string, body: Uint8Array): Act {
  return (response) => void response.writeHead(200, { 'content-encoding': coding }).end(body)
}

function redirect(status: number, location: string): Act {
  return (response) => void response.writeHead(status, { location }).end()
}

let turn = 0

const acts: Readonly<Record<string, Act>> = {
  '/feed': (response) => void response.end(smallFeed),
  '/slow-headers': () => undefined,
  '/slow-body': drip,
  '/endless': endless,
  '/announced-large': (response) => void response.writeHead(200, { 'content-length': '99999999' }).write('x'),
  '/gzip-bomb': packed('gzip', gzipSync(Buffer.alloc(60_000_000))),
  '/gzip': packed('gzip', gzipSync(smallFeed)),
  '/brotli': packed('br', brotliCompressSync(smallFeed)),
  '/deflate': packed('deflate', deflateSync(smallFeed)),
  '/deflate-raw': packed('deflate', deflateRawSync(smallFeed)),
  '/gzip-lie': packed('gzip', Buffer.from(smallFeed)),
  '/gzip-garbage': packed('gzip', Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9])),
  '/gzip-half': packed('gzip', gzipSync(smallFeed).subarray(0, 90)),
  '/zstd': packed('zstd', Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.from(smallFeed)])),
  '/wrong-length': (response) => {
    response.writeHead(200, { 'content-length': '5000' }).write(smallFeed)
    setTimeout(() => response.destroy(), 20)
  },
  '/cut': (response) => void response.destroy(),
  '/not-http': (response) => void response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'),
  '/large-headers': (response) => void response.writeHead(200, { 'x-large': 'x'.repeat(60_000) }).end(),
  '/loop': redirect(302, '/loop'),
  '/hop1': redirect(301, '/hop2'),
  '/hop2': redirect(308, '/feed'),
  '/hop-mixed': redirect(301, '/hop-found'),
  '/hop-found': redirect(302, '/feed'),
  '/to-private': redirect(302, 'http://10.0.0.1/feed'),
  '/to-metadata': redirect(302, 'http://169.254.169.254/latest/meta-data/'),
  '/to-file': redirect(302, 'file:///etc/passwd'),
  '/to-nowhere': redirect(302, 'http://['),
  '/no-location': (response) => void response.writeHead(301).end(),
  '/gone': (response) => void response.writeHead(410).end(),
  '/429': (response) => void response.writeHead(429, { 'retry-after': '120' }).end('slow down'),
  '/503-date': (response) =>
    void response.writeHead(503, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }).end(),
  '/304': (response) => void response.writeHead(304).end(),
  '/new-etag': (response) => void response.writeHead(200, { etag: `"${++turn}"` }).end(smallFeed),
  '/cookies': (response) => void response.writeHead(200, { 'set-cookie': 'id=1; Path=/' }).end(smallFeed),
  '/html': (response) =>
    void response
      .writeHead(200, { 'content-type': 'application/rss+xml' })
      .end('<!doctype html><html></html>'),
}

/** Starts it on loopback. What each path does is in its name. */
export async function startMisbehavingServer(): Promise<MisbehavingServer> {
  const sockets = new Set<Socket>()
  const seen: MisbehavingServer['seen'] = []
  const server = createServer({ maxHeaderSize: 80_000 }, (request, response) => {
    const path = request.url ?? '/'
    seen.push({ path, headers: request.headers })
    const act = acts[path]
    if (act === undefined) response.writeHead(404).end()
    else act(response, request)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    openSockets: () => sockets.size,
    seen,
    async close() {
      server.closeAllConnections()
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
