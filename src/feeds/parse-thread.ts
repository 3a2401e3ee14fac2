// Parses in a thread of its own what parse-aside.ts sends, one body after the other.
import { parentPort } from 'node:worker_threads'
import { FeedFormatError } from './feed-format-error.ts'
import type { AsideAnswer, AsideTask } from './parse-aside.ts'
import { parseFeed } from './parse.ts'

async function answerTo({ body, context }: AsideTask): Promise<AsideAnswer> {
  try {
    return { kind: 'parsed', feed: await parseFeed(body, context) }
  } catch (error) {
    if (!(error instanceof FeedFormatError)) throw error
    return { kind: 'failed', code: error.code, message: error.message }
  }
}

parentPort?.on('message', (task: AsideTask) => {
  void answerTo(task).then((answer) => parentPort?.postMessage(answer))
})
