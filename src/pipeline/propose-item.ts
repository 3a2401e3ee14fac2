import { idFromQuestion } from '../config/schema/watch-item.ts'
import { documentOf } from '../matching/document.ts'
import { evaluate } from '../matching/evaluate.ts'
import { outletNameKey, outletNames } from '../matching/outlet-name.ts'
import { queryOf } from '../matching/query.ts'
import type { Kind } from '../status/kind.ts'
import { proposeWords, type Proposed, type ProposedWords } from '../status/propose-words.ts'
import type { FoundRevision } from '../store/entry-search.ts'
import { listFeeds } from '../store/feeds.ts'
import { listItems, type StoredItem } from '../store/watch-items.ts'
import type { ItemDesk } from './item-desk.ts'
import { scanEntries } from './scan-entries.ts'
import { suggestFeeds, type SuggestedFeed } from './suggest-feeds.ts'

/** What is proposed for a question, each with a reason for people. */
export interface ItemProposal extends Omit<ProposedWords, 'makers'> {
  readonly question: string
  readonly id: Proposed
  readonly topic: Proposed
  readonly official: readonly Proposed[]
  readonly feeds: readonly SuggestedFeed[]
  /** Questions under watch that ask for the same subject. */
  readonly alike: readonly { readonly id: string; readonly question: string }[]
  /** Newest stored entries that were looked at for all this, and how many of them name the subject. */
  readonly looked: { readonly entries: number; readonly naming: number }
}

/** What came of proposing. */
export type Proposing =
  | { readonly kind: 'proposed'; readonly proposal: ItemProposal }
  /** Nothing in it names anything. */
  | { readonly kind: 'no-subject'; readonly proposal: ItemProposal }
  | { readonly kind: 'no-question' }

/** For so long the newest entries are looked through, in milliseconds: a proposal is waited for. */
const patienceMs = 700

/** The kinds in the order in which one wins over another that fits as well. */
const shipped = ['release', 'decision', 'measure', 'event']

/** Proposes a watch item for a question as a person types it, from its words and from what is stored. Keeps nothing. */
export async function proposeItem(
  question: string,
  desk: Pick<ItemDesk, 'db' | 'config'>,
  signal?: AbortSignal,
): Promise<Proposing> {
  const asked = question.replace(/\s+/g, ' ').trim()
  if (!/\p{L}{2}/u.test(asked)) return { kind: 'no-question' }
  const { db } = desk
  const words = proposeWords(asked, inOrder(desk.config().kinds))
  const items = (await listItems(db.pool)).filter(({ state }) => state !== 'retired')
  const seen = await lookAround(words, desk, signal)
  const official = officialOutlets(words.makers, seen.naming, desk)
  const alike = items.filter(({ item }) => shares(item.subject, words.subject))
  const proposal: ItemProposal = {
    question: asked,
    subject: [...words.subject, ...shortForms(words.subject, seen.naming)],
    context: words.context,
    about: words.about,
    kind: words.kind,
    id: { value: idFromQuestion(asked), reason: 'made from the question' },
    topic: topicOf(words, items, alike),
    official,
    feeds: suggestFeeds(words, {
      official: official.map(({ value }) => value),
      naming: seen.naming,
      feeds: await listFeeds(db.pool),
      services: desk.config().services,
    }),
    alike: alike.map(({ item }) => ({ id: item.id, question: item.question })),
    looked: { entries: seen.entries, naming: seen.naming.length },
  }
  return { kind: words.subject.length === 0 ? 'no-subject' : 'proposed', proposal }
}

function inOrder(kinds: ReadonlyMap<string, Kind>): Kind[] {
  const place = (id: string) => (shipped.includes(id) ? shipped.indexOf(id) : shipped.length)
  return [...kinds.values()].sort((a, b) => place(a.id) - place(b.id))
}

/** The newest stored entries that name the subject, as far back as patience reaches. */
async function lookAround(
  { subject, context }: ProposedWords,
  { db }: Pick<ItemDesk, 'db'>,
  signal: AbortSignal | undefined,
): Promise<{ readonly entries: number; readonly naming: readonly FoundRevision[] }> {
  const naming: FoundRevision[] = []
  if (subject.length === 0) return { entries: 0, naming }
  const query = queryOf({
    subject: subject.map(({ value }) => value),
    context: context.map(({ value }) => value),
    about: [],
  })
  const begun = performance.now()
  let entries = 0
  for await (const stretch of scanEntries(db, query, { ...(signal && { signal }) })) {
    entries = stretch.done
    naming.push(...stretch.revisions.filter((entry) => evaluate(query, documentOf(entry))))
    if (performance.now() - begun > patienceMs || naming.length > 500) break
  }
  return { entries, naming }
}

/** Outlets that are called as one of the makers: those that the configuration grades, and those that told of the subject. */
function officialOutlets(
  makers: readonly string[],
  naming: readonly FoundRevision[],
  { config }: Pick<ItemDesk, 'config'>,
): Proposed[] {
  const { outlets, feeds } = config()
  const known = new Set([
    ...outlets.keys(),
    ...naming.map(({ outlet }) => outlet),
    ...feeds.flatMap(({ outlet }) => outlet ?? []),
  ])
  const keys = new Map(makers.map((maker) => [outletNameKey(maker), maker]))
  return [...known]
    .filter((outlet) => outlets.get(outlet) !== 'aggregator')
    .flatMap((outlet) => {
      const [first = ''] = outletNames(outlet)
      const maker = keys.get(outletNameKey(outlet)) ?? keys.get(first)
      return maker === undefined || first.length < 3
        ? []
        : [{ value: outlet, reason: `its name is ${maker}: its own word settles the question` }]
    })
    .slice(0, 5)
}

/** "Digital Services Act (DSA)": the short form that entries give with a name. */
function shortForms(subject: readonly Proposed[], naming: readonly FoundRevision[]): Proposed[] {
  return subject.flatMap(({ value }) => {
    const initials = value
      .split(/\s+/u)
      .map((word) => word.charAt(0))
      .join('')
    if (!/^\p{Lu}{3,6}$/u.test(initials)) return []
    const written = `${value} (${initials})`
    const isSaid = naming.some(({ title, text }) => title.includes(written) || text.includes(written))
    return isSaid ? [{ value: initials, reason: `stored entries write "${written}"` }] : []
  })
}

function shares(subject: readonly string[], proposed: readonly Proposed[]): boolean {
  const known = new Set(subject.map(outletNameKey))
  return proposed.some(({ value }) => known.has(outletNameKey(value)))
}

/** That of a question about the same, else of one with the same maker, else the maker's name. */
function topicOf(words: ProposedWords, items: readonly StoredItem[], alike: readonly StoredItem[]): Proposed {
  const makers = words.makers.map((value) => ({ value, reason: '' }))
  const near = alike[0] ?? items.find(({ item }) => shares([...item.context, ...item.subject], makers))
  if (near !== undefined && near.item.topic !== 'general')
    return { value: near.item.topic, reason: `the question "${near.item.id}" belongs to it` }
  const [first] = [...words.context, ...words.subject]
  const slug = first === undefined ? '' : idFromQuestion(first.value).slice(0, 32).replace(/-+$/, '')
  return slug === '' || slug === 'question'
    ? { value: 'general', reason: 'nothing tells of another group' }
    : { value: slug, reason: 'named after what the question is about; questions of one topic stand together' }
}
