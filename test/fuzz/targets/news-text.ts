import fc from 'fast-check'
import { loadConfig } from '../../../src/config/load.ts'
import { shippedDirectory } from '../../../src/config/directory.ts'
import { strip } from '../../../src/feeds/strip-controls.ts'
import type { SeenEntry } from '../../../src/matching/entry.ts'
import { configuredJudge } from '../../../src/pipeline/configured-judge.ts'
import type { Judge } from '../../../src/pipeline/judge.ts'
import type { Claim } from '../../../src/status/claim.ts'
import { initialStanding, type Standing } from '../../../src/status/standing.ts'
import { falcon } from '../../support/falcon.ts'
import { mutated, scrapHeap, wildText } from '../mutate.ts'
import { newsScraps, newsTexts, questions } from '../samples/news.ts'
import type { Fuzzing } from '../target.ts'

const since = new Date('2025-01-01T00:00:00Z')
const items = questions.map(({ question, subject, kind }, number) =>
  falcon(since, { id: `q${number}`, question, subject: [subject], kind }),
)

interface News {
  readonly title: string
  readonly text: string
  readonly at: Date
  readonly outlet: string
}

/** Texts of entries, judged as the daemon does: what is claimed is quoted from them, and its dates are dates. */
export async function start(): Promise<Fuzzing<readonly News[]>> {
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now: since })
  if (!loaded.ok) throw new Error('the shipped configuration is broken')
  const judge = configuredJudge(items, loaded.config)
  const words = fc.array(fc.constantFrom(...newsScraps), { maxLength: 40 }).map((list) => list.join(' '))
  const text = fc
    .oneof(
      { weight: 4, arbitrary: mutated(newsTexts, newsScraps) },
      { weight: 3, arbitrary: words },
      { weight: 1, arbitrary: scrapHeap(newsScraps) },
      { weight: 1, arbitrary: wildText },
    )
    .map((raw) => strip(raw).toWellFormed()) // as the parser does before
  return {
    inputs: fc.array(
      fc.record({
        title: text,
        text: fc.oneof(
          text,
          fc.array(text, { maxLength: 6 }).map((all) => all.join(' ')),
        ),
        at: fc.date({ min: since, max: new Date('2026-12-31'), noInvalidDate: true }),
        outlet: fc.constantFrom('acme.com', 'press.test', 'other.test'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    check: (news) => judged(judge, news),
  }
}

function judged(judge: Judge, news: readonly News[]): void {
  const standings = new Map<string, Standing>(items.map((item) => [item.id, initialStanding(item)]))
  for (const [number, one] of news.entries()) {
    const entry: SeenEntry = {
      ...one,
      ...{ id: String(number), key: String(number), url: `https://${one.outlet}/${number}` },
      ...{ author: null, publishedAt: one.at, discussionUrl: null },
    }
    for (const reading of judge.read(entry)) {
      const standing = standings.get(reading.itemId)
      if (standing === undefined) throw new Error('a reading of a question that nobody asked')
      const judgement = judge.fold(standing, reading)
      for (const { claim } of judgement.decided) expectClaim(claim, one)
      standings.set(reading.itemId, storedAndBack(judgement.standing))
    }
  }
}

function expectClaim({ quote, window }: Claim, { title, text }: News): void {
  if (quote !== '' && !title.includes(quote) && !text.includes(quote))
    throw new Error('a quote that nobody wrote')
  if (window === null) return
  for (const end of [window.from, window.to])
    if (end !== null && (!/^\d{4}-\d\d-\d\d$/.test(end) || Number.isNaN(Date.parse(end))))
      throw new Error(`a date ${end}, which is none`)
  if (window.from !== null && window.to !== null && window.from > window.to)
    throw new Error(`from ${window.from} to ${window.to}`)
}

/** As Postgres keeps it. */
function storedAndBack(standing: Standing): Standing {
  const text = JSON.stringify(standing)
  if (text.includes('\\u0000') || !text.isWellFormed()) throw new Error('a standing that cannot be stored')
  return JSON.parse(text) as Standing
}
