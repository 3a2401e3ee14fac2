import { nearest } from './nearest.ts'
import type { Path, Problem } from './problem.ts'
import type { Settings } from './schema.ts'
import { quoted } from './schema/values.ts'
import { problemAt, type Source } from './source.ts'

/** What channels and routes say of each other and of themselves that cannot be. */
export function channelProblems(source: Source, settings: Settings): Problem[] {
  return [
    ...strangeNames(source, settings),
    ...ownFallback(source, settings),
    ...fallbackCircles(source, settings),
    ...endlessQuiet(source, settings),
  ]
}

/** Routes and fallbacks name channels that there are. */
function strangeNames(source: Source, { channels, routes }: Settings): Problem[] {
  const known = Object.keys(channels)
  const named: [Path, string][] = [
    ...routes.flatMap((route, at) =>
      route.channels.map((name, n): [Path, string] => [['routes', at, 'channels', n], name]),
    ),
    ...Object.entries(channels).flatMap(([id, { fallback }]): [Path, string][] =>
      fallback === undefined ? [] : [[['channels', id, 'fallback'], fallback]],
    ),
  ]
  return named.flatMap(([path, name]) => {
    if (known.includes(name)) return []
    const near = nearest(name, known)
    const fix = near === null ? `write one of ${known.join(', ')}` : `did you mean "${near}"?`
    return [problemAt(source, path, `there is no channel ${quoted(name)}`, fix)]
  })
}

function ownFallback(source: Source, { channels }: Settings): Problem[] {
  return Object.entries(channels).flatMap(([id, { fallback }]) =>
    fallback === id
      ? [
          problemAt(
            source,
            ['channels', id, 'fallback'],
            'a channel cannot stand in for itself',
            'name another',
          ),
        ]
      : [],
  )
}

/** What no channel of a circle can deliver would go round in it. Told once a circle, at its first channel. */
function fallbackCircles(source: Source, { channels }: Settings): Problem[] {
  const ids = Object.keys(channels)
  return ids.flatMap((id) => {
    const circle = circleFrom(id, channels)
    if (circle === null || circle.some((other) => ids.indexOf(other) < ids.indexOf(id))) return []
    const message = `fallbacks go round in a circle: ${[...circle, id].join(' -> ')}`
    return [problemAt(source, ['channels', id, 'fallback'], message, 'take one of them away')]
  })
}

/** The channels of the circle that leads back to a channel, itself first; null where none does, or it is its own. */
function circleFrom(id: string, channels: Settings['channels']): readonly string[] | null {
  const way = [id]
  for (;;) {
    const next = channels[way.at(-1) ?? id]?.fallback
    if (next === id) return way.length > 1 ? way : null
    if (next === undefined || way.includes(next)) return null
    way.push(next)
  }
}

function endlessQuiet(source: Source, { channels }: Settings): Problem[] {
  return Object.entries(channels).flatMap(([id, { quiet }]) => {
    if (quiet === undefined || quiet.from !== quiet.to) return []
    const message = 'the quiet hours end when they begin'
    return [
      problemAt(source, ['channels', id, 'quiet', 'to'], message, 'write when they end, or take them away'),
    ]
  })
}

/** What is under watch by files; a route may also name what people added beside them. */
interface Watched {
  readonly items: readonly string[]
  readonly topics: readonly string[]
}

/** Routes for watch items and topics that no file has: either mistyped, or added by command. */
export function routeDoubts(source: Source, { routes }: Settings, { items, topics }: Watched): Problem[] {
  return routes.flatMap(({ item, topic }, at) => [
    ...doubt(source, ['routes', at, 'item'], { noun: 'watch item', name: item, known: items }),
    ...doubt(source, ['routes', at, 'topic'], { noun: 'topic', name: topic, known: topics }),
  ])
}

function doubt(
  source: Source,
  path: Path,
  {
    noun,
    name,
    known,
  }: { readonly noun: string; readonly name: string | undefined; readonly known: readonly string[] },
): Problem[] {
  if (name === undefined || known.includes(name)) return []
  const near = nearest(name, known)
  const fix =
    near === null ? 'nothing to do where it was added by "openwatch add"' : `did you mean "${near}"?`
  return [problemAt(source, path, `the files have no ${noun} ${quoted(name)}`, fix)]
}
