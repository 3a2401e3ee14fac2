import type { Alert, ItemAlert } from '../../src/alerts/alert.ts'
import { messageOf, type Message } from '../../src/alerts/message.ts'
import { alertSamples } from './sample.ts'

const moved = alertSamples['status-changed']

/** The same alert about another question. */
export function about<Kind extends ItemAlert>(alert: Kind, question: string, topic = 'ai-safety'): Kind {
  return { ...alert, id: `${alert.id}-${question}`, item: { id: 'other', question, topic } }
}

const law = 'When will the AI Act apply to general-purpose models?'

/** Three changes of two questions, as one burst brings them. */
export const burst: Message = {
  alerts: [moved, about({ ...moved, from: 'open', to: 'announced' }, law), alertSamples['date-changed']],
  digest: null,
}

/** A week: two topics, and openwatch itself. */
export const week: Message = {
  alerts: [
    moved,
    about({ ...moved, from: 'announced', to: 'happened' }, law),
    alertSamples['date-changed'],
    about(alertSamples.overdue, 'When will the safety report come?'),
    alertSamples['channel-failing'],
  ],
  digest: { from: new Date('2025-06-03T07:00:00Z'), to: new Date('2025-06-10T07:00:00Z') },
}

/** A day without news. */
export const quietDay: Message = {
  alerts: [alertSamples['all-quiet']],
  digest: { from: new Date('2025-06-09T07:00:00Z'), to: new Date('2025-06-10T07:00:00Z') },
}

/** As many changes as nobody reads. */
export function flood(count: number): Message {
  const alerts = Array.from({ length: count }, (_, index) => about(moved, `Question number ${index + 1}?`))
  return { alerts: alerts as [Alert, ...Alert[]], digest: null }
}

/** Two outlets against each other. */
const dispute: Message = {
  alerts: [
    {
      ...alertSamples.disputed,
      evidence: [
        ...alertSamples.disputed.evidence,
        {
          quote: 'OpenAI says that the model still ships in June.',
          outlet: 'theverge.com',
          url: 'https://www.theverge.com/openai',
          claimedAt: new Date('2025-06-10T15:00:00Z'),
          certainty: 'official',
        },
      ],
    },
  ],
  digest: null,
}

/** A message of each kind of alert, a burst, a digest and a quiet day, each with its name. */
export const messageSamples: readonly (readonly [string, Message])[] = [
  ...Object.entries<Alert>(alertSamples).map(([kind, alert]) => [kind, messageOf(alert)] as const),
  ['two outlets against each other', dispute],
  ['burst', burst],
  ['digest of a week', week],
  ['digest of a quiet day', quietDay],
]

/** Links for doing something, as the signed ones look. */
export function sampleActions({ id }: ItemAlert) {
  const link = (what: string) => `https://watch.example/do/${what}?alert=${encodeURIComponent(id)}&sig=a.b`
  return [
    { label: 'Acknowledge', url: link('acknowledge') },
    { label: 'Snooze a week', url: link('snooze') },
    { label: 'This is wrong', url: link('wrong') },
  ]
}
