import type { System } from '../compose.ts'
import type { Environment } from '../config/environment.ts'
import { channelHealth, channelText } from '../pipeline/channel-words.ts'
import { listChannels } from '../pipeline/list-alerts.ts'
import { looking, see } from '../pipeline/look-up.ts'
import { feedTroubleText } from '../report/feed-standing.ts'
import { maskUrl } from '../report/mask-url.ts'
import { count } from '../report/people-time.ts'
import { isLost, processesLine } from '../report/processes.ts'
import { readFeedList } from '../store/feed-list.ts'
import { listProcesses } from '../store/processes.ts'
import type { Check } from './doctor-check.ts'

/** Feeds that are asked, one after the other, until one answers. */
const mostAsked = 3

/** Whether the internet can be reached: some feeds are asked, the healthy ones first. */
export async function checkNetwork(system: System, env: Environment): Promise<Check> {
  const name = 'network'
  const proxy = env['https_proxy'] ?? env['HTTPS_PROXY'] ?? env['http_proxy'] ?? env['HTTP_PROXY']
  const by = proxy === undefined || proxy === '' ? '' : `, by the proxy ${maskUrl(proxy)}`
  const feeds = (await readFeedList(system.db.pool, system.clock.now()))
    .filter(({ state }) => state !== 'paused' && state !== 'retired')
    .toSorted((a, b) => a.failures - b.failures)
  if (feeds.length === 0)
    return { name, state: 'ok', says: `not tried: there is no feed to ask${by}`, fix: null }
  const reasons: string[] = []
  for (const { url, selector } of feeds.slice(0, mostAsked)) {
    const seen = await see({ url, selector }, looking(system))
    if (seen.kind !== 'unreachable')
      return { name, state: 'ok', says: `${new URL(url).hostname} answers${by}`, fix: null }
    reasons.push(seen.reason)
  }
  return {
    name,
    state: 'fail',
    says: `none of ${count(reasons.length, 'feed')} that were asked answers${by}: ${reasons[0] ?? ''}`,
    fix: 'check the connection, DNS and the proxy (HTTPS_PROXY, NO_PROXY) of the account that runs openwatch',
  }
}

/** How the feeds are. */
export async function checkFeeds({ db, clock }: System): Promise<Check> {
  const now = clock.now()
  const feeds = await readFeedList(db.pool, now)
  const polled = feeds.filter(({ state }) => state !== 'paused' && state !== 'retired')
  const bad = polled.filter(({ state }) => state === 'failing' || state === 'stale')
  const name = 'feeds'
  if (polled.length === 0)
    return {
      name,
      state: 'warn',
      says: 'nothing is polled',
      fix: 'openwatch feeds add <address of any news page>',
    }
  const [first] = bad
  if (first === undefined) {
    const how = polled.every(({ state }) => state === 'new') ? 'none polled yet' : 'none failing'
    return { name, state: 'ok', says: `${count(polled.length, 'feed')}, ${how}`, fix: null }
  }
  const reason = `${maskUrl(first.url)} ${feedTroubleText(first, now) ?? ''}`
  const all = bad.length === polled.length
  return {
    name,
    state: all ? 'fail' : 'warn',
    says: `${bad.length} of ${count(polled.length, 'feed')} cannot be read or bring nothing new: ${reason}`,
    fix: 'openwatch feeds list tells all; openwatch feeds test <number> asks one again',
  }
}

/** How each channel is, and what was given up. */
export async function checkChannels(system: System): Promise<Check[]> {
  const now = system.clock.now()
  const channels = await listChannels(system)
  if (!channels.some(({ config }) => config !== null)) {
    const fix = 'add one under "channels" in openwatch.yaml'
    return [{ name: 'channels', state: 'warn', says: 'there is none: nobody is told', fix }]
  }
  return channels
    .filter(({ config, counts }) => config !== null || counts.waiting + counts.dead > 0)
    .map((channel) => {
      const { id, counts } = channel
      const health = channelHealth(channel)
      const dead = counts.dead === 0 ? '' : ` ${count(counts.dead, 'alert')} given up.`
      const says = `${id}: ${channelText(channel, now)}${dead}`
      if (health === 'failing' || health === 'refusing')
        return {
          name: 'channel',
          state: 'fail',
          says,
          fix: `openwatch alerts test ${id} tries it; then openwatch alerts retry --channel ${id}`,
        }
      if (counts.dead > 0)
        return {
          name: 'channel',
          state: 'warn',
          says,
          fix: 'openwatch alerts list --state dead tells which; openwatch alerts retry --all',
        }
      return { name: 'channel', state: 'ok', says, fix: null }
    })
}

/** Whether anybody polls. */
export async function checkProcesses({ db }: System): Promise<Check[]> {
  const processes = await listProcesses(db.pool)
  const works = processes.some((one) => one.kind !== 'web' && !isLost(one))
  const lost = processes.some(isLost)
  const says = processesLine(processes)
  if (!works)
    return [
      {
        name: 'daemon',
        state: 'fail',
        says,
        fix: 'openwatch start, best as a service that comes up by itself',
      },
    ]
  return [
    {
      name: 'daemon',
      state: lost ? 'warn' : 'ok',
      says,
      fix: lost ? 'look at the log of the process that was lost' : null,
    },
  ]
}

/** How long the page may take to answer, in milliseconds. */
const pageMs = 5000

/** Whether the page answers, where people reach it. */
export async function checkPage(system: System): Promise<Check> {
  const name = 'page'
  const served = (await listProcesses(system.db.pool))
    .filter((one) => !isLost(one))
    .flatMap(({ page }) => page ?? [])
  // what is configured beside is of no account: a process may have been given another port
  const url = system.config().server.publicUrl
  if (served.length === 0)
    return { name, state: 'warn', says: 'no process serves it', fix: 'openwatch start, or openwatch web' }
  const failed: string[] = []
  for (const address of new Set([...served, ...(url === undefined ? [] : [url])])) {
    const fault = await answers(new URL('healthz', address).href)
    if (fault !== null) failed.push(`${address}: ${fault}`)
  }
  if (failed.length === 0) return { name, state: 'ok', says: `${served.join(', ')} answers`, fix: null }
  const fix = 'check server.host, server.port and server.publicUrl in openwatch.yaml, and the proxy in front'
  return { name, state: 'warn', says: `does not answer from here: ${failed.join('; ')}`, fix }
}

async function answers(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(pageMs) })
    return answer.ok ? null : `answered ${answer.status}`
  } catch (error) {
    return error instanceof Error
      ? error.cause instanceof Error
        ? error.cause.message
        : error.message
      : 'no answer'
  }
}
