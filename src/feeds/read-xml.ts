import type { RichText } from './parsed-feed.ts'
import type { FeedTree, RepairedFeed, Value } from './xml-writer.ts'

/** A link as feeds give it. */
export interface RawLink {
  readonly href: string
  readonly rel: string
  readonly type: string
}

/** The fields of a feed or an entry by name, each with all its values in their order. */
export interface RawFields {
  all(name: string): readonly RichText[]
  links(name: 'link' | 'atom:link'): readonly RawLink[]
  /** True where the guid is an address, as it is when nothing else is said. */
  isPermalink(): boolean
}

/** What rss-parser read. */
export interface RawFeed {
  readonly head: RawFields
  readonly items: readonly RawFields[]
  /** All fields that there are, be it in one entry only. */
  readonly names: ReadonlySet<string>
}

type Bag = Readonly<Record<string, readonly Value[] | undefined>>

function asText(value: Value, texts: readonly RichText[]): RichText {
  const text = typeof value === 'string' ? value : (value._ ?? '')
  const kept = text.startsWith('text:') ? texts[Number(text.slice(5))] : undefined
  return kept ?? { text, markup: false, base: null }
}

function asLink(value: Value): RawLink {
  if (typeof value === 'string') return { href: value, rel: 'alternate', type: '' }
  const { href = '', rel = 'alternate', type = '' } = attributesOf(value)
  return { href, rel, type }
}

function attributesOf(value: Value): Readonly<Record<string, string>> {
  return typeof value === 'string' ? {} : value.$
}

const none: readonly never[] = []

/** The fields of a feed or an entry among what rss-parser gave of it. */
class BagFields implements RawFields {
  private readonly bag: Bag
  private readonly keys: ReadonlyMap<string, string>
  private readonly texts: readonly RichText[]

  constructor(bag: Bag, keys: ReadonlyMap<string, string>, texts: readonly RichText[]) {
    this.bag = bag
    this.keys = keys
    this.texts = texts
  }

  all(name: string): readonly RichText[] {
    const found = this.values(name)
    const [only] = found
    if (only !== undefined && found.length === 1) return [asText(only, this.texts)]
    return found.map((value) => asText(value, this.texts))
  }

  links(name: 'link' | 'atom:link'): readonly RawLink[] {
    return this.values(name).map(asLink)
  }

  isPermalink(): boolean {
    return this.values('guid').every((value) => attributesOf(value)['isPermaLink'] !== 'false')
  }

  private values(name: string): readonly Value[] {
    const key = this.keys.get(name)
    return key === undefined ? none : (this.bag[key] ?? none)
  }
}

/** Where rss-parser keeps what reads XML for it; xml2js calls back at once, too. */
interface TreeReader {
  xmlParser: { parseString: (xml: string, done: (error: null, tree: FeedTree) => void) => void }
}

/** Loaded with the first feed, as most commands read none, and kept: asking for it at each feed costs as much as ten entries. */
const load = async () => (await import('rss-parser')).default
let loading: ReturnType<typeof load> | null = null

/** Reads a repaired feed with rss-parser, keeping every value it carries. */
export async function readXml(repaired: RepairedFeed): Promise<RawFeed> {
  const RssParser = await (loading ??= load())
  // of the names that it knows rss-parser keeps one value of many, and makes more of some: all are asked for by ours
  const keys = repaired.names
  const fields = [...keys.values()].map((key) => [key, key, { keepArray: true }])
  const parser = new RssParser<Bag, Bag>({ customFields: { feed: fields as never, item: fields } })
  const reader = parser as unknown as TreeReader
  reader.xmlParser = { parseString: (_, done) => done(null, repaired.tree) }
  const output = await parser.parseString('')
  return {
    head: new BagFields(output, keys, repaired.texts),
    items: output.items.map((item) => new BagFields(item, keys, repaired.texts)),
    names: new Set(keys.keys()),
  }
}
