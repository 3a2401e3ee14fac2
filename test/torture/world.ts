import { keptWordings } from '../../src/store/prune-wordings.ts'

/** A number from 0 (included) to 1 at each call. */
export type Random = () => number

/** Random numbers that are the same for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Something that appears in a feed: an entry, or another text of one that was there. */
export interface Publication {
  readonly feed: number
  readonly id: string
  readonly title: string
  readonly link: string
  readonly at: Date
}

/** What happens in the world, apart from all that happens to those who watch it. */
export interface World {
  readonly feeds: number
  /** Questions, each with the feed that alone tells its story. */
  readonly questions: readonly { readonly id: string; readonly name: string; readonly official: string }[]
  /** What appears, step by step; the first step is there from the beginning. */
  readonly steps: readonly (readonly Publication[])[]
}

/** Makes a world of so many steps: the same for the same seed and base. */
export function makeWorld(options: {
  readonly seed: number
  readonly steps: number
  readonly feeds: number
  readonly base: Date
}): World {
  const { steps, feeds, base } = options
  const random = seeded(options.seed)
  const stories = Array.from({ length: feeds * 4 }, (_, n) => story(n, Math.ceil(steps / feeds)))
  const begun: {
    readonly feed: number
    readonly tellings: string[]
    readonly link: string
    readonly key: string
  }[] = []
  const waiting = stories.map((one, n) => ({ ...one, feed: n % feeds }))
  const published: Publication[] = []
  const at = (step: number) => new Date(base.getTime() + step * 60_000)
  const made = Array.from({ length: steps }, (_, step) => {
    if (step === 0) return Array.from({ length: feeds }, (_, feed) => noise(feed, 0, at(0)))
    const news: Publication[] = []
    const next = waiting.shift()
    if (next !== undefined) begun.push(next)
    for (const telling of pick(
      begun.filter(({ tellings }) => tellings.length > 0),
      1 + Math.floor(random() * 3),
      random,
    )) {
      const title = telling.tellings.shift()
      if (title === undefined) continue
      const number = published.length
      news.push({
        feed: telling.feed,
        id: `${telling.key}-${number}`,
        title,
        link: `${telling.link}/${number}`,
        at: at(step),
      })
    }
    news.push(noise(Math.floor(random() * feeds), step, at(step)))
    const edited = published[Math.floor(random() * published.length * 3)]
    // of more wordings the oldest would be pruned, and be missed
    if (edited?.id.startsWith('noise') === true && edited.title.split(', corrected').length < keptWordings) {
      const title = `${edited.title}, corrected at step ${step}`
      news.push({ ...edited, title })
      // the next edit is of this text
      published[published.indexOf(edited)] = { ...edited, title }
    }
    published.push(...news.filter(({ title }) => !title.includes(', corrected')))
    return news
  })
  return { feeds, questions: stories.map(({ id, name, official }) => ({ id, name, official })), steps: made }
}

/** A story that goes on for so long: a promise, one delay after the other, and the end. */
function story(n: number, delays: number) {
  const [name, official] = [`Zeppelin ${n}`, `acme${n}.com`]
  const season = ['spring', 'summer', 'autumn'][n % 3] ?? 'spring'
  return {
    ...{ id: `zeppelin-${n}`, name, official, key: `story-${n}`, link: `https://${official}/news` },
    tellings: [
      `Acme${n} announces ${name}, coming in ${season} 2031`,
      ...Array.from({ length: delays }, (_, year) => `Acme${n} delays ${name} to ${season} ${2032 + year}`),
      `Acme${n} releases ${name}`,
    ],
  }
}

function noise(feed: number, step: number, at: Date): Publication {
  const id = `noise-${feed}-${step}`
  return { feed, id, title: `Weather report ${feed}-${step}`, link: `https://weather.example/${id}`, at }
}

function pick<T>(from: readonly T[], number: number, random: Random): T[] {
  const left = [...from]
  return Array.from({ length: Math.min(number, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat()
}
