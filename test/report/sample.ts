import type { WatchItem } from '../../src/matching/watch-item.ts'
import type {
  ReportChange,
  ReportClaim,
  ReportFeed,
  ReportInput,
  ReportItem,
} from '../../src/report/report-input.ts'
import type { DateWindow, Granularity } from '../../src/status/claim.ts'

/** The time of the sample report. */
export const sampleNow = new Date('2025-11-19T09:30:00Z')

/** A window as a claim gives it. */
export function windowOf(
  granularity: Granularity,
  from: string | null,
  to: string | null,
  text: string,
): DateWindow {
  return { granularity, from, to, text }
}

/** A watch item with what a test cares about. */
export function watchItem(over: Partial<WatchItem> = {}): WatchItem {
  return {
    id: 'release-timing',
    question: 'When will OpenAI release its open-weight model?',
    subject: ['open-weight model'],
    context: ['OpenAI'],
    about: [],
    kind: 'release',
    topic: 'openai-open-weights',
    official: ['openai.com'],
    status: 'open',
    expected: null,
    since: new Date('2025-03-01T00:00:00Z'),
    ...over,
  }
}

/** An item of a report's input with what a test cares about; it stands where its watch began. */
export function reportItem(over: Partial<ReportItem> = {}): ReportItem {
  const item = over.item ?? watchItem()
  return {
    item,
    origin: 'config',
    state: 'watching',
    standing: { status: item.status, since: item.since, expected: null, disputed: false },
    changes: [],
    claims: [],
    matches: 0,
    lastMatchAt: null,
    keywordMatches: null,
    ...over,
  }
}

/** A change on a day, with one quote. */
export function change(
  day: string,
  over: Partial<ReportChange> & { quote?: string; url?: string },
): ReportChange {
  const at = new Date(`${day}T17:00:00Z`)
  const { quote = 'Something was said.', url = 'https://openai.com/x', ...rest } = over
  const evidence = [
    {
      url,
      outlet: new URL(url).hostname.split('.').slice(-2).join('.'),
      quote,
      claimedAt: at,
      certainty: 'official' as const,
    },
  ]
  return {
    id: `change-${day}`,
    sequence: 1,
    kind: 'status',
    from: 'open',
    to: 'announced',
    at,
    recordedAt: at,
    certainty: 'official',
    expectedFrom: null,
    expectedTo: null,
    reason: 'openai.com is official for this question',
    evidence,
    ...rest,
  }
}

/** A healthy feed, or what a test makes of it. */
export function feed(url: string, over: Partial<ReportFeed> = {}): ReportFeed {
  return {
    url,
    title: null,
    state: 'healthy',
    lastOkAt: new Date('2025-11-19T09:20:00Z'),
    lastError: null,
    failures: 0,
    failingSince: null,
    nextPollAt: new Date('2025-11-19T09:33:00Z'),
    retiredReason: null,
    ...over,
  }
}

/** A feed whose host is not known. */
export function unresolved(url: string): ReportFeed {
  return feed(url, {
    state: 'failing',
    failures: 4,
    failingSince: new Date('2025-11-19T08:50:00Z'),
    lastError: `${url}: there is no such host; check the spelling, or whether the site has moved`,
  })
}

const months = windowOf('vague', '2025-04-01', '2025-09-30', 'in the coming months')
const early = windowOf('season', '2025-06-01', '2025-07-10', 'early summer')
const later = windowOf('season', '2025-06-10', '2025-08-31', 'later this summer')
const none = windowOf('none', null, null, 'we are not sure how long it will take us')

const announcedQuote =
  'We plan to release our first open-weight language model since GPT-2 in the coming months, and we want to hear from developers first.'
const delayQuote = 'The open-weight model needs more time: expect it later this summer but not in June.'
const safetyQuote =
  'We need time to run additional safety tests and review high-risk areas; we are not yet sure how long it will take.'
const releaseQuote =
  'Today we are releasing gpt-oss-120b and gpt-oss-20b, two open-weight language models, under the Apache 2.0 licence.'

/** The changes of the first shipped question, as the history tells them. */
export const releaseChanges: readonly ReportChange[] = [
  change('2025-03-31', {
    to: 'announced',
    expectedTo: months,
    url: 'https://openai.com/open-model-feedback/',
    quote: announcedQuote,
  }),
  change('2025-04-24', {
    kind: 'date',
    from: 'announced',
    to: 'announced',
    expectedFrom: months,
    expectedTo: early,
    certainty: 'reported',
    reason: 'techcrunch.com is established and says it without a hedge',
    url: 'https://techcrunch.com/2025/04/24/openai-wants-its-open-ai-model-to-call-models-in-the-cloud-for-help/',
    quote: 'The release is aimed at early summer, people familiar with the plans say.',
  }),
  change('2025-06-10', {
    from: 'announced',
    to: 'delayed',
    expectedFrom: early,
    expectedTo: later,
    url: 'https://techcrunch.com/2025/06/10/openais-open-model-is-delayed/',
    quote: delayQuote,
  }),
  change('2025-07-11', {
    kind: 'date',
    from: 'delayed',
    to: 'delayed',
    expectedFrom: later,
    expectedTo: none,
    url: 'https://techcrunch.com/2025/07/11/openai-delays-the-release-of-its-open-model-again/',
    quote: safetyQuote,
  }),
  change('2025-08-05', {
    from: 'delayed',
    to: 'happened',
    expectedFrom: none,
    url: 'https://openai.com/index/introducing-gpt-oss/',
    quote: releaseQuote,
  }),
].map((one, at) => ({ ...one, sequence: at + 1 }))

const claim = (of: ReportChange, over: Partial<ReportClaim> = {}): ReportClaim => {
  const [evidence] = of.evidence
  if (evidence === undefined) throw new Error('a change of the sample has no evidence')
  return {
    url: evidence.url,
    outlet: evidence.outlet,
    quote: evidence.quote,
    at: of.at,
    signal: of.to === 'open' ? null : of.to,
    certainty: of.certainty,
    window: of.expectedTo,
    decided: true,
    reason: null,
    ...over,
  }
}

const releaseClaims: readonly ReportClaim[] = [
  ...releaseChanges.map((one) => claim(one)),
  {
    url: 'https://www.theverge.com/notepad-microsoft-newsletter/702848/openai-open-language-model-o3-mini-notepad',
    outlet: 'theverge.com',
    quote: 'The model could arrive as early as next week, sources say.',
    at: new Date('2025-07-09T15:00:00Z'),
    signal: 'announced',
    certainty: 'hedged',
    window: windowOf('week', '2025-07-14', '2025-07-20', 'as early as next week'),
    decided: false,
    reason: 'hedged: a guarded word does not move a delayed question',
  },
]

/** The three shipped questions as they stood in November 2025. */
export const sampleItems: readonly ReportItem[] = [
  reportItem({
    standing: {
      status: 'happened',
      since: new Date('2025-08-05T17:00:00Z'),
      expected: windowOf('day', '2025-08-05', '2025-08-05', 'today'),
      disputed: false,
    },
    changes: releaseChanges,
    claims: releaseClaims,
    matches: 31,
    lastMatchAt: new Date('2025-10-05T12:00:00Z'),
    keywordMatches: 412,
  }),
  reportItem({
    item: watchItem({
      id: 'safety-measures',
      question: 'Will OpenAI publish the safety measures it promised for its open-weight model?',
      kind: 'measure',
    }),
    standing: {
      status: 'happened',
      since: new Date('2025-08-05T17:00:00Z'),
      expected: null,
      disputed: false,
    },
    changes: [
      change('2025-03-31', {
        to: 'announced',
        quote: 'Before release we will evaluate this model under our preparedness framework.',
        url: 'https://openai.com/open-model-feedback/',
      }),
      change('2025-08-05', {
        from: 'announced',
        to: 'happened',
        quote:
          'The gpt-oss model card sets out safety evaluations, the instruction hierarchy and known limits.',
        url: 'https://openai.com/index/gpt-oss-model-card/',
      }),
    ],
    matches: 9,
  }),
  reportItem({
    item: watchItem({
      id: 'further-models',
      question: 'Will OpenAI release further open-weight models after gpt-oss?',
      since: new Date('2025-08-06T00:00:00Z'),
    }),
    standing: {
      status: 'happened',
      since: new Date('2025-10-29T17:00:00Z'),
      expected: null,
      disputed: false,
    },
    changes: [
      change('2025-10-29', {
        to: 'happened',
        quote:
          'gpt-oss-safeguard-120b and gpt-oss-safeguard-20b are open-weight models that classify content by a policy you bring.',
        url: 'https://openai.com/index/introducing-gpt-oss-safeguard/',
      }),
    ],
    matches: 4,
  }),
]

/** The shipped questions as a daemon without a network reports them. */
export const sampleInput: ReportInput = {
  items: sampleItems,
  feeds: [
    ...[
      'openai.com',
      'techcrunch.com',
      'www.theverge.com',
      'www.wired.com',
      'arstechnica.com',
      'huggingface.co',
    ]
      .concat([
        'simonwillison.net',
        'deepmind.google',
        'mistral.ai',
        'ollama.com',
        'lwn.net',
        'qwenlm.github.io',
      ])
      .map((host) => unresolved(`https://${host}/feed.xml`)),
    feed('https://hnrss.example/newest', {
      state: 'failing',
      failures: 2,
      failingSince: new Date('2025-11-19T09:10:00Z'),
      lastError: 'the server answers 503 (Service Unavailable)',
      nextPollAt: new Date('2025-11-19T09:50:00Z'),
    }),
    feed('http://127.0.0.1:9999/local.xml'),
  ],
}

/** One question in each standing, some of them in trouble: what a page or a terminal must be able to show. */
export const everyStanding: ReportInput = {
  items: [
    ...sampleItems,
    reportItem({
      item: watchItem({
        id: 'mistral-large-3',
        question: 'Will Mistral release Mistral Large 3 with open weights?',
        topic: 'open-weights',
      }),
      origin: 'user',
    }),
    reportItem({
      item: watchItem({
        id: 'grok-3',
        question: 'When will xAI open the weights of Grok 3?',
        topic: 'open-weights',
      }),
      standing: {
        status: 'announced',
        since: new Date('2025-08-23T20:00:00Z'),
        expected: windowOf('month', '2026-02-01', '2026-02-28', 'in about six months'),
        disputed: false,
      },
      changes: [
        change('2025-08-23', {
          to: 'announced',
          url: 'https://x.com/elonmusk',
          quote: 'Grok 3 will be made open source in about 6 months.',
          expectedTo: windowOf('month', '2026-02-01', '2026-02-28', 'in about six months'),
        }),
      ],
    }),
    reportItem({
      item: watchItem({
        id: 'rumour',
        question: 'Will DeepSeek publish a successor to R1?',
        topic: 'open-weights',
      }),
      standing: {
        status: 'rumoured',
        since: new Date('2025-11-18T09:00:00Z'),
        expected: null,
        disputed: true,
      },
      changes: [
        change('2025-11-18', {
          to: 'rumoured',
          certainty: 'hedged',
          url: 'https://www.reuters.com/technology/',
          quote: 'DeepSeek could publish a successor before the end of the year, two people said.',
        }),
      ],
    }),
    reportItem({
      item: watchItem({
        id: 'late',
        question: 'When does the code of practice for general-purpose AI come?',
        kind: 'decision',
      }),
      standing: {
        status: 'delayed',
        since: new Date('2025-06-01T09:00:00Z'),
        expected: windowOf('quarter', '2025-07-01', '2025-09-30', 'in the third quarter'),
        disputed: false,
      },
      changes: [
        change('2025-06-01', {
          to: 'delayed',
          expectedFrom: windowOf('month', '2025-05-01', '2025-05-31', 'in May'),
          expectedTo: windowOf('quarter', '2025-07-01', '2025-09-30', 'in the third quarter'),
          quote: 'The code will come in the third quarter.',
          url: 'https://digital-strategy.ec.europa.eu/en/news',
        }),
      ],
    }),
    reportItem({
      item: watchItem({ id: 'gone', question: 'Will Meta open the weights of Behemoth?' }),
      state: 'paused',
      standing: {
        status: 'cancelled',
        since: new Date('2025-09-10T09:00:00Z'),
        expected: null,
        disputed: false,
      },
      changes: [
        change('2025-09-10', {
          to: 'cancelled',
          quote: 'The model will not be released.',
          url: 'https://ai.meta.com/blog/',
        }),
      ],
    }),
  ],
  feeds: sampleInput.feeds,
}
