import type { HeadlineTable } from './table.ts'

/** What others do to the subject, sums and counts, means and ends, what a verb with its particle asks for. */
export const reversingTables: readonly HeadlineTable[] = [
  {
    question: {
      question: "Will Gull win the painters' lawsuit over its image model?",
      subject: ['Gull'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['Federal judge sides with Gull in lawsuit over image model', 'happened'],
      ['Gull beats copyright suit from painters', 'happened'],
    ],
  },
  {
    question: { question: 'Will Larkspur leave Ohio?', subject: ['Larkspur'], context: [], kind: 'decision' },
    rows: [
      ['Larkspur blocks Ohio over its age check law', 'none'],
      ['Larkspur leaves Ohio', 'happened'],
      ['Larkspur to leave Ohio', 'announced'],
    ],
  },
  {
    question: { question: 'Will Sirocco raise money?', subject: ['Sirocco'], context: [], kind: 'decision' },
    rows: [
      ['Sirocco raises 1.7B€ in new round', 'happened'],
      ['Sirocco raises $400M', 'happened'],
      ['Sirocco raises its prices', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Parrot replace contractors with AI?',
      subject: ['Parrot'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['Parrot will replace contract workers with AI', 'announced'],
      ['Parrot replaces its logo', 'none'],
    ],
  },
  {
    question: {
      question: 'Will the Criminal Court drop Bolero software?',
      subject: ['Criminal Court'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['Criminal Court to ditch Bolero software for open source', 'announced'],
      ['Criminal Court Ditches Bolero Software', 'happened'],
    ],
  },
  {
    question: {
      question: 'Will Helvia give people copyright to their faces?',
      subject: ['copyright'],
      context: ['Helvia'],
      kind: 'decision',
    },
    rows: [['Helvia to fight fakes by giving people copyright to their own faces', 'announced']],
  },
  {
    question: {
      question: 'Will the White House fire the head of the Census Office?',
      subject: ['Census Office'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['White House fires head of Census Office amid shakeup', 'happened'],
      ['White House praises head of Census Office', 'none'],
    ],
  },
  {
    question: { question: 'When will EarPods Pro 3 come out?', subject: ['EarPods Pro 3'], kind: 'release' },
    rows: [
      ['EarPods Pro 3 Arrive With Heart Rate Sensing', 'happened'],
      ["Pear's new EarPods Pro 3 are already on sale", 'happened'],
      ['EarPods Pro 3 drop to a record low of $199', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Chatterbox get usernames?',
      subject: ['Chatterbox'],
      context: [],
      kind: 'measure',
    },
    rows: [
      ['Chatterbox rolls out usernames', 'happened'],
      ['Chatterbox rolls out summaries of private messages', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Harbor bring back its old voice?',
      subject: ['old voice'],
      context: ['Harbor'],
      kind: 'measure',
    },
    rows: [
      ['Harbor brings back old voice after complaints', 'happened'],
      ['Harbor is bringing back old voice', 'announced'],
    ],
  },
]
