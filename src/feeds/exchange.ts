import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { TooLargeError } from './decompress.ts'
import { header } from './http-headers.ts'
import { sizeText } from './size-text.ts'

/** What a server answered to one request. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** As it came over the wire; empty for an answer that is none of 2xx. */
  readonly body: Buffer
}

export interface ExchangeOptions {
  /** Cap on the body in bytes. */
  readonly maxBodyBytes: number
  /** How long all of it may take, in milliseconds: a body that drips a byte now and then resets any idle timeout. */
  readonly limitMs: number
}

/** The answer did not come to an end within its time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

function expire(exchange: Exchange): void {
  exchange.cancel(new TimeoutError())
}

/** How much is read of a body that nobody wants, so that its connection can be used again; in bytes. */
const unwantedBytes = 16 * 1024
const nothing = Buffer.alloc(0)

/**
 * Sends one GET and reads its answer whole, straight from undici's parser: what its `request` puts in between (a stream,
 * an AbortSignal) costs as much again as all the rest of a 304. Rejects with what went wrong; a timeout and `cancel`
 * close the socket.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<Answer>
  private readonly options: ExchangeOptions
  private readonly clock: NodeJS.Timeout
  private resolve!: (answer: Answer) => void
  private reject!: (error: Error) => void
  private controller: Dispatcher.DispatchController | null = null
  private failure: Error | null = null
  private status = 0
  private headers: IncomingHttpHeaders = {}
  private readonly chunks: Buffer[] = []
  private bytes = 0

  constructor(dispatcher: Dispatcher, request: Dispatcher.DispatchOptions, options: ExchangeOptions) {
    this.options = options
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    this.clock = setTimeout(expire, options.limitMs, this)
    try {
      dispatcher.dispatch(request, this)
    } catch (error) {
      this.cancel(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** Ends the exchange: its promise rejects with `reason` at once, and its socket is closed. */
  cancel(reason: Error): void {
    if (this.failure !== null) return
    this.failure = reason
    clearTimeout(this.clock)
    this.controller?.abort(reason)
    this.reject(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.failure !== null) controller.abort(this.failure)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // 1xx: the answer is yet to come
    if (status < 200) return
    this.status = status
    this.headers = headers
    const { maxBodyBytes } = this.options
    if (this.isWanted() && Number(header(headers, 'content-length') ?? 0) > maxBodyBytes) this.tooLarge()
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.byteLength
    if (this.isWanted()) {
      if (this.bytes > this.options.maxBodyBytes) this.tooLarge()
      else this.chunks.push(chunk)
    } else if (this.bytes > unwantedBytes) {
      this.done()
      controller.abort(new Error('the rest of the answer is not wanted'))
    }
  }

  onResponseEnd(): void {
    this.done()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.clock)
    this.reject(error)
  }

  private isWanted(): boolean {
    return this.status < 300
  }

  private tooLarge(): void {
    this.cancel(new TooLargeError(`is larger than ${sizeText(this.options.maxBodyBytes)}`))
  }

  private done(): void {
    clearTimeout(this.clock)
    const { status, headers, chunks } = this
    const [only] = chunks
    const body = only === undefined ? nothing : chunks.length === 1 ? only : Buffer.concat(chunks)
    this.resolve({ status, headers, body })
  }
}
