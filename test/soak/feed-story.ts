import { rss, type TestEntry } from '../support/feed-text.ts'
import type { Random } from '../torture/world.ts'
import { tellings } from './questions.ts'

/** How often things happen to a feed: times a day of the world's time, and chances at each look. */
interface Temper {
  readonly entriesADay: number
  /** Entries that its document shows. */
  readonly shows: number
}

/** What a feed answers at a moment. */
export type Answer =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'refused'; readonly status: 429 | 500 | 503 }
  | { readonly kind: 'broken' | 'nonsense' }

const dayMs = 86_400_000
/** Each shows what came in three days at least: what is asked less often on a busy machine brings as many entries all the same. */
const tempers: readonly Temper[] = [
  { entriesADay: 20, shows: 60 },
  { entriesADay: 6, shows: 25 },
  { entriesADay: 1, shows: 15 },
  { entriesADay: 0.1, shows: 10 },
]

const words =
  'the minister said on Tuesday that a report about rain in northern towns would wait for new figures while farmers asked for help and markets were calm'.split(
    ' ',
  )

/**
 * A feed that lives as real ones do: entries come, are edited and taken away, the oldest drop out; sometimes it answers with an
 * error, a redirect or no feed at all for hours or days; now and then its software changes and all ids are new.
 */
export function feedStory(number: number, feeds: number, random: Random) {
  const { entriesADay, shows } = tempers[number % tempers.length] ?? { entriesADay: 1, shows: 10 }
  let entries: TestEntry[] = []
  let count = 0
  let minted = 0
  let last: number | null = null
  let ill: { readonly until: number; readonly answer: Answer } | null = null

  function noise(at: number): TestEntry {
    count++
    const sentence = Array.from(
      { length: 60 + Math.floor(random() * 80) },
      () => words[Math.floor(random() * words.length)],
    )
    return {
      id: `${minted}-${count}`,
      title: `Report ${number}-${count}: ${sentence.slice(0, 7).join(' ')}`,
      link: `https://paper${number}.example/${count}`,
      text: sentence.join(' '),
      at: new Date(at),
    }
  }

  function grow(from: number, to: number): void {
    const expected = ((to - from) / dayMs) * entriesADay
    const coming = Math.min(shows, Math.floor(expected) + (random() < expected % 1 ? 1 : 0))
    for (let n = 0; n < coming; n++) entries.unshift(noise(from + ((to - from) * (n + 1)) / (coming + 1)))
    for (const { id, title, link, at } of tellings(number, feeds, { from, to }))
      entries.unshift({ id: `${minted}-${id}`, title, link, text: `${title}.`, at })
    entries = entries.slice(0, shows)
  }

  function change(): void {
    const edited = entries[Math.floor(random() * entries.length)]
    if (edited !== undefined && edited.title.startsWith('Report') && random() < 0.05)
      entries[entries.indexOf(edited)] = { ...edited, text: `${edited.text ?? ''} Corrected ${count}.` }
    if (random() < 0.02) entries.splice(Math.floor(random() * entries.length), 1)
    if (random() < 0.001) {
      minted++
      entries = entries.map((entry) => ({ ...entry, id: `${minted}-${entry.id}` }))
    }
  }

  function fallIll(now: number): void {
    if (random() > 0.004) return
    const answers: readonly Answer[] = [
      { kind: 'refused', status: 503 },
      { kind: 'refused', status: 500 },
      { kind: 'refused', status: 429 },
      { kind: 'broken' },
      { kind: 'nonsense' },
      { kind: 'elsewhere' },
    ]
    const answer = answers[Math.floor(random() * answers.length)] ?? { kind: 'broken' }
    ill = { answer, until: now + dayMs * (0.1 + 2 * random()) }
  }

  return {
    /** What it answers at a moment of the world's time, in milliseconds; moments do not go back. */
    at(now: number): Answer {
      grow(last ?? now - 20 * dayMs, now)
      last = now
      change()
      if (ill !== null && ill.until < now) ill = null
      if (ill === null) fallIll(now)
      return ill?.answer ?? { kind: 'document', text: rss(entries, `Paper ${number}`) }
    },
  }
}
