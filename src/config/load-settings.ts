import type { Grade } from '../status/status.ts'
import { channelProblems } from './check-channels.ts'
import { fillFromEnvironment, type Environment } from './environment.ts'
import { pathText, type Path, type Problem } from './problem.ts'
import { settingsSchema, type Settings } from './schema.ts'
import { quoted, registrableDomain } from './schema/values.ts'
import { secretTexts, valueAt } from './schema-walk.ts'
import { mask } from './mask.ts'
import { serverFromEnvironment } from './server-environment.ts'
import { problemAt, type Source } from './source.ts'
import { validate } from './validate.ts'

export interface ReadSettings {
  /** Null where there are problems. */
  readonly settings: Settings | null
  readonly outlets: ReadonlyMap<string, Grade>
  readonly secrets: ReadonlySet<string>
  readonly problems: readonly Problem[]
}

/** Reads `openwatch.yaml`, filled in and overridden from the environment. */
export function readSettings(source: Source, env: Environment): ReadSettings {
  const { data, secrets: foreign, problems: unset, unfilled } = fillFromEnvironment(source, env)
  const secrets = new Set([...foreign, ...secretTexts(settingsSchema, data)])
  const read = validate(settingsSchema, { source, data: data ?? {}, except: unfilled })
  const server = serverFromEnvironment(env)
  for (const text of server.secrets) secrets.add(text)
  const outlets = new Map<string, Grade>()
  const problems = [
    ...unset,
    ...server.problems,
    ...(read.ok ? [] : read.problems),
    ...sameFeeds(source, data),
    ...gradedTwice(source, data, outlets),
    ...(read.ok ? [...intervalOrder(source, read.value), ...channelProblems(source, read.value)] : []),
  ].map((problem) => withoutSecrets(problem, secrets))
  if (!read.ok || problems.length > 0) return { settings: null, outlets, secrets, problems }
  return {
    settings: { ...read.value, server: server.over(read.value.server) },
    outlets,
    secrets,
    problems,
  }
}

/** A message quotes what was written, shortened and escaped: secrets are looked for in that form, too. */
function withoutSecrets(problem: Problem, secrets: ReadonlySet<string>): Problem {
  const forms = [...secrets].flatMap((secret) => [
    secret,
    quoted(secret)
      .slice(1, -1)
      .replace(/\.\.\.$/, ''),
  ])
  const hidden = new Set(forms)
  return { ...problem, message: mask(problem.message, hidden), fix: mask(problem.fix, hidden) }
}

/** The feeds as written, before any check, each with its place. */
function rawFeeds(data: unknown): { path: Path; url: string; feed: unknown }[] {
  const list = valueAt(data, ['feeds'])
  if (!Array.isArray(list)) return []
  return list.flatMap((feed: unknown, at) => {
    const url = typeof feed === 'string' ? feed : valueAt(feed, ['url'])
    return typeof url === 'string'
      ? [{ path: typeof feed === 'string' ? ['feeds', at] : ['feeds', at, 'url'], url, feed }]
      : []
  })
}

function sameFeeds(source: Source, data: unknown): Problem[] {
  const first = new Map<string, Path>()
  return rawFeeds(data).flatMap(({ path, url }) => {
    const same = feedIdentity(url)
    const taken = first.get(same)
    if (taken === undefined) {
      first.set(same, path)
      return []
    }
    const place = `${pathText(taken)} (line ${source.place(taken).line ?? 1})`
    return [
      problemAt(source, path, `the feed ${quoted(url)} is the same as ${place}`, 'remove one of the two'),
    ]
  })
}

/** Addresses that surely lead to one feed are one: scheme, `www.`, default port, last slash and fragment aside. */
function feedIdentity(address: string): string {
  if (!URL.canParse(address.trim())) return address.trim()
  const url = new URL(address.trim())
  const host = url.host.replace(/^www\./, '')
  return `${host}${url.pathname.replace(/\/$/, '')}${url.search}`
}

/** Gathers the grades into `outlets`; a domain with two grades, or twice in the lists, is a problem. */
function gradedTwice(source: Source, data: unknown, outlets: Map<string, Grade>): Problem[] {
  const places = new Map<string, string>()
  const problems: Problem[] = []
  const grade = (name: string, given: string, path: Path, again: boolean) => {
    const outlet = registrableDomain(name)
    if (outlet === null) return
    const taken = places.get(outlet)
    if (taken !== undefined && (again || outlets.get(outlet) !== given)) {
      const message = `the outlet ${quoted(outlet)} is graded already at ${taken}`
      problems.push(problemAt(source, path, message, 'keep one of the two'))
    }
    if (taken !== undefined) return
    places.set(outlet, `${pathText(path)} (line ${source.place(path).line ?? 1})`)
    outlets.set(outlet, given as Grade)
  }
  for (const [given, names] of Object.entries(valueAt(data, ['outlets']) ?? {})) {
    const list: unknown[] = Array.isArray(names) ? names : [names]
    for (const [at, name] of list.entries()) {
      if (typeof name === 'string') grade(name, given, ['outlets', given, at], true)
    }
  }
  for (const { path, url, feed } of rawFeeds(data)) {
    const given = valueAt(feed, ['grade'])
    const outlet = typeof given === 'string' ? outletOfFeed(feed, url) : null
    if (typeof given === 'string' && outlet !== null)
      grade(outlet, given, [...path.slice(0, 2), 'grade'], false)
  }
  return problems
}

function outletOfFeed(feed: unknown, url: string): string | null {
  const outlet = valueAt(feed, ['outlet'])
  if (typeof outlet === 'string') return outlet
  const page = valueAt(feed, ['page'])
  const address = typeof page === 'string' ? page : url
  return URL.canParse(address) ? new URL(address).hostname : null
}

function intervalOrder(source: Source, { polling }: Settings): Problem[] {
  const { min, max } = polling.interval
  if (min <= polling.interval.default && polling.interval.default <= max) return []
  const message = 'the intervals are out of order'
  return [problemAt(source, ['polling', 'interval'], message, 'write them so that min <= default <= max')]
}
