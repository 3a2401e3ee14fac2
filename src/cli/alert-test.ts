import { createChannel } from '../alerts/channels/registry.ts'
import { pageUrl } from '../compose.ts'
import { testChannel, type TestedChannel } from '../pipeline/test-channel.ts'
import { durationText } from '../report/people-time.ts'
import { CommandFailed, UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { readConfig } from './open-system.ts'
import { terminalPaint } from './paint.ts'

/**
 * `openwatch alerts test`: sends a real alert through a channel at once, past queue, quiet hours and digests, and says
 * what came back. Needs no database. Throws CommandFailed with the reason where it was not taken.
 */
export async function testChannelByName(io: Io, name: string): Promise<number> {
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
  try {
    const tested = await testChannel(channel, { now: io.now(), reportUrl: pageUrl(config, undefined) })
    if (tested.kind !== 'sent') throw new CommandFailed(failure(name, tested))
    io.out(`${name} (${found.type}) took it in ${tested.tookMs} ms: ${tested.detail}\n`)
    return 0
  } finally {
    await channel.close?.()
  }
}

function failure(name: string, tested: Exclude<TestedChannel, { kind: 'sent' }>): string {
  if (tested.kind === 'retry') {
    const wait =
      tested.retryAfterMs === null
        ? ''
        : ` (it asks to be left alone for ${durationText(tested.retryAfterMs)})`
    return `${name} did not take it now: ${tested.reason}${wait}. An alert would be tried again`
  }
  const what = tested.isOurs ? 'this is a fault of ours' : `mend channels.${name} in openwatch.yaml`
  return `${name} refused it: ${tested.reason}; ${what}. An alert would not be tried again`
}

function noSuchChannel(name: string, names: readonly string[]): string {
  const known =
    names.length === 0 ? 'there are none yet: add one under "channels"' : `there are: ${names.join(', ')}`
  return `there is no channel ${JSON.stringify(name)} in openwatch.yaml; ${known}`
}
