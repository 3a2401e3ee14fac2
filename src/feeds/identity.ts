import { contentId } from './assemble-entry.ts'
import type { ParsedEntry, ParsedFeed } from './parsed-feed.ts'

type Key = (entry: ParsedEntry) => string

const keys: readonly Key[] = [
  (entry) => entry.id,
  (entry) => entry.url ?? contentId(entry.title, entry.text),
  (entry) => contentId(entry.title, entry.text),
]

/** Entries with ids of their own; `listed` still has those that are there twice. */
export type ToldApart = Pick<ParsedFeed, 'entries' | 'listed' | 'skipped'>

function groupBy(entries: readonly ParsedEntry[], key: Key): Map<string, ParsedEntry[]> {
  const groups = new Map<string, ParsedEntry[]>()
  for (const entry of entries) {
    const group = groups.get(key(entry))
    if (group === undefined) groups.set(key(entry), [entry])
    else group.push(entry)
  }
  return groups
}

function idsOf(entries: readonly ParsedEntry[], level: number, ids: Map<ParsedEntry, string>): void {
  const key = keys[level]
  if (key === undefined) return
  for (const [id, group] of groupBy(entries, key)) {
    const alike = new Set(group.map((entry) => `${entry.url}\n${entry.title}\n${entry.text}`)).size === 1
    if (alike || level === keys.length - 1) for (const entry of group) ids.set(entry, id)
    else idsOf(group, level + 1, ids)
  }
}

/** The id of an entry that has neither id, link, title nor text. */
const nothing = contentId('', '')

function withOwnIds(entries: readonly ParsedEntry[]): readonly ParsedEntry[] {
  if (new Set(entries.map((entry) => entry.id)).size === entries.length) return entries
  const ids = new Map<ParsedEntry, string>()
  idsOf(entries, 0, ids)
  return entries.map((entry) => {
    const id = ids.get(entry) ?? entry.id
    return id === entry.id ? entry : { ...entry, id }
  })
}

/**
 * Gives entries that share an id one that tells them apart: the link, then a hash of title and text. Feeds that use one
 * guid for everything are real. An entry that is there twice, the same in every word, is taken once; one with nothing in
 * it is not taken.
 */
export function tellApart(found: readonly ParsedEntry[]): ToldApart {
  const listed = withOwnIds(found)
  const entries = new Map<string, ParsedEntry>()
  const skipped: { reason: string }[] = []
  for (const entry of listed) {
    if (entry.id === nothing) skipped.push({ reason: 'an entry with neither id, link, title nor text' })
    else if (entries.has(entry.id)) skipped.push({ reason: `the entry "${entry.id}" once more` })
    else entries.set(entry.id, entry)
  }
  return { entries: [...entries.values()], listed, skipped }
}
