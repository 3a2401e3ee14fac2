import { shortId } from '../pipeline/delivery-words.ts'
import { retryAlerts, type RetryOutcome, type RetryWish } from '../pipeline/retry-alerts.ts'
import { count } from '../report/people-time.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'

export interface RetryOptions {
  readonly all?: boolean
  readonly channel?: string
}

/**
 * `openwatch alerts retry`: has dead letters tried again, and what waits for its next try tried at once. Throws UsageError
 * where there is none of that name, or it is not said which.
 */
export async function retryByName(io: Io, id: string | undefined, options: RetryOptions): Promise<number> {
  const wish = wishOf(id, options)
  return withCommandSystem(io, async (system) => {
    io.out(`${told(await retryAlerts(wish, system), wish)}\n`)
    return 0
  })
}

function wishOf(id: string | undefined, { all, channel }: RetryOptions): RetryWish {
  if ([id, all, channel].filter((way) => way !== undefined).length === 1) {
    if (id !== undefined) return { id }
    return channel === undefined ? { all: true } : { channel }
  }
  throw new UsageError('say which: the id of one (openwatch alerts list), --channel <name>, or --all')
}

function told(outcome: RetryOutcome, wish: RetryWish): string {
  switch (outcome.kind) {
    case 'tried':
      return outcome.alerts === 0
        ? 'there is nothing to try again'
        : `${count(outcome.alerts, 'alert')} ${outcome.alerts === 1 ? 'is' : 'are'} tried again at once, by the daemon (openwatch start)`
    case 'over': {
      const { id, state } = outcome.delivery
      throw new UsageError(`${id.slice(0, shortId)} is ${state}: there is nothing to try`)
    }
    case 'unknown-channel':
      throw new UsageError(
        `there is no channel "${'channel' in wish ? wish.channel : ''}"; there is ${outcome.channels.join(', ') || 'none'}`,
      )
    case 'unknown':
    case 'ambiguous':
      throw noSuchDelivery(outcome.kind, 'id' in wish ? wish.id : '')
  }
}

/** That no delivery is meant by an id, or several are. */
export function noSuchDelivery(kind: 'unknown' | 'ambiguous', id: string): UsageError {
  return new UsageError(
    kind === 'unknown'
      ? `there is no alert "${id}"; openwatch alerts list shows their ids (four signs at least)`
      : `several alerts begin with "${id}"; write more of the id`,
  )
}
