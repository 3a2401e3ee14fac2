import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

export interface TendScheduleOptions {
  /** Does what is due and says how much that was. */
  readonly tend: () => Promise<number>
  readonly logger: Pick<Logger, 'error'>
  /** Milliseconds to rest when nothing is due. */
  readonly everyMs: number
}

/** Tends to subscriptions again and again, beside the polling and apart from it: no hub, however slow, holds a poll up. */
export function startTending({ tend, logger, everyMs }: TendScheduleOptions): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = loop()

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const done = await tend().catch((error: unknown) => {
        logger.error({ event: 'tend-failed', err: error }, 'could not tend to hubs, trying again')
        return 0
      })
      if (done === 0) await sleep(everyMs, null, { signal: stopping.signal }).catch(() => null)
    }
  }

  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
