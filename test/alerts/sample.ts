import type { Alert } from '../../src/alerts/alert.ts'

const at = new Date('2025-06-10T17:00:00Z')

const shared = {
  id: '0197-aa',
  at,
  item: {
    id: 'release-timing',
    question: 'When will OpenAI release its open-weight model?',
    topic: 'openai-open-weights',
  },
  reportUrl: 'http://127.0.0.1:8484/#release-timing',
  slippage: ['in the coming months', 'early summer', 'later this summer'],
}

const system = { id: shared.id, at, reportUrl: 'http://127.0.0.1:8484/' }

const carried = {
  ...shared,
  evidence: [
    {
      quote: 'The open-weight model needs more time: expect it later this summer but not in June.',
      outlet: 'techcrunch.com',
      url: 'https://techcrunch.com/2025/06/10/openais-open-model-is-delayed/',
      claimedAt: at,
      certainty: 'reported' as const,
    },
  ],
  origins: 2,
  reason: 'two independent origins say so',
}

/** One alert of each kind. */
export const alertSamples = {
  'status-changed': {
    kind: 'status-changed',
    from: 'announced',
    to: 'delayed',
    since: at,
    expected: 'late summer 2025',
    ...carried,
  },
  'date-changed': {
    kind: 'date-changed',
    status: 'delayed',
    since: at,
    from: 'late summer 2025',
    to: null,
    ...carried,
  },
  corrected: { kind: 'corrected', from: 'happened', to: 'delayed', since: at, ...carried },
  disputed: { kind: 'disputed', status: 'announced', since: at, ...carried },
  overdue: {
    kind: 'overdue',
    status: 'delayed',
    since: at,
    expected: 'June 2025',
    promisedUntil: '2025-06-30',
    ...shared,
  },
  'feed-blind': {
    kind: 'feed-blind',
    status: 'delayed',
    since: at,
    healthy: 1,
    total: 24,
    feeds: Array.from({ length: 7 }, (_, index) => ({
      url: `https://feed${index}.example/rss`,
      reason: 'no answer in time',
      nextTry: new Date(at.getTime() + 180_000),
    })),
    ...shared,
  },
  'feed-restored': {
    kind: 'feed-restored',
    status: 'delayed',
    since: at,
    healthy: 23,
    total: 24,
    blindSince: new Date('2025-06-01T00:00:00Z'),
    ...shared,
  },
  'channel-failing': {
    kind: 'channel-failing',
    channel: 'team-chat',
    failingSince: new Date('2025-06-10T15:30:00Z'),
    error: 'answered 502: bad gateway',
    waiting: 3,
    ...system,
  },
  'all-quiet': {
    kind: 'all-quiet',
    since: new Date('2025-06-03T06:00:00Z'),
    questions: 3,
    healthy: 23,
    total: 24,
    ...system,
  },
  test: { kind: 'test', channel: 'team-chat', ...system },
} satisfies { [Kind in Alert['kind']]: Extract<Alert, { kind: Kind }> }
