import { randomUUID } from 'node:crypto'
import type { SendOutcome } from '../alerts/channels/channel.ts'
import { createChannel } from '../alerts/channels/registry.ts'
import { messageOf } from '../alerts/message.ts'
import { pageUrl } from '../compose.ts'
import { maskUrls } from '../report/mask-url.ts'
import { durationText } from '../report/people-time.ts'
import { CommandFailed, UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { readConfig } from './open-system.ts'
import { terminalPaint } from './paint.ts'

/**
 * `openwatch alerts test`: sends a real alert through a channel at once, past queue, quiet hours and digests, and says
 * what came back. Needs no database. Throws CommandFailed with the reason where it was not taken.
 */
export async function testChannel(io: Io, name: string): Promise<number> {
  const config = await readConfig(io)
  const found = config.channels.find(({ id }) => id === name)
  if (found === undefined)
    throw new UsageError(
      noSuchChannel(
        name,
        config.channels.map(({ id }) => id),
      ),
    )
  const channel = createChannel(found, {
    output: { write: io.out },
    width: io.width,
    paint: terminalPaint(io.colour),
  })
  const now = io.now()
  const alert = {
    kind: 'test' as const,
    id: randomUUID(),
    at: now,
    channel: name,
    reportUrl: pageUrl(config, undefined),
  }
  const began = performance.now()
  try {
    const outcome = await channel.send(messageOf(alert), {
      idempotencyKey: randomUUID(),
      signal: new AbortController().signal,
      attempt: 1,
      now,
      actions: () => [],
    })
    const took = Math.round(performance.now() - began)
    if (outcome.kind !== 'sent') throw new CommandFailed(failure(name, outcome))
    io.out(`${name} (${found.type}) took it in ${took} ms: ${outcome.detail}\n`)
    return 0
  } finally {
    await channel.close?.()
  }
}

function failure(name: string, outcome: Exclude<SendOutcome, { kind: 'sent' }>): string {
  const reason = maskUrls(outcome.reason)
  if (outcome.kind === 'retry') {
    const wait =
      outcome.retryAfterMs === null
        ? ''
        : ` (it asks to be left alone for ${durationText(outcome.retryAfterMs)})`
    return `${name} did not take it now: ${reason}${wait}. An alert would be tried again`
  }
  const what =
    outcome.concerns === 'channel' ? `mend channels.${name} in openwatch.yaml` : 'this is a fault of ours'
  return `${name} refused it: ${reason}; ${what}. An alert would not be tried again`
}

function noSuchChannel(name: string, names: readonly string[]): string {
  const known =
    names.length === 0 ? 'there are none yet: add one under "channels"' : `there are: ${names.join(', ')}`
  return `there is no channel ${JSON.stringify(name)} in openwatch.yaml; ${known}`
}
