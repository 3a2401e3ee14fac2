import type { HeadlineTable } from './table.ts'

/** How the news tells it without saying so: by what is done for it, what a report finds, what a thing is now. */
export const implyingTables: readonly HeadlineTable[] = [
  {
    question: {
      question: 'When will Halcyon release Lumen Pad 2?',
      subject: ['Lumen Pad 2', 'Lumen Pad'],
      kind: 'release',
    },
    rows: [
      ['Halcyon releases Lumen Pad 2', 'happened'],
      ['Halcyon discontinues the Lumen Pad', 'none'],
      ['Lumen Pads are back on sale for $65', 'none'],
      ['Halcyon to launch a new Lumen Pad in May', 'announced'],
      ['Halcyon will reportedly release a stylus alongside Lumen Pad 2', 'announced~'],
      ['Halcyon has unveiled its new tablet, Lumen Pad 2, which starts at $300', 'announced'],
      ['Lumen Pad 2 is now free for students', 'happened'],
      ['I tried the Lumen Pad 2, and it replaced my laptop', 'none'],
      ['Lumen Pad 2 comes with a case', 'none'],
    ],
  },
  {
    question: {
      question: 'When will the safety board publish its preliminary report on the Kestrel 9 crash?',
      subject: ['Kestrel 9', 'Kestrel'],
      context: ['crash'],
      kind: 'measure',
    },
    rows: [
      ['Kestrel 9 Crash Preliminary Report [pdf]', 'happened'],
      ['Preliminary report into Kestrel 9 crash released', 'happened'],
      ['Fuel was cut off before Kestrel 9 crash, preliminary report says', 'happened'],
      ['Kestrel 9 crash preliminary report due next month', 'none'],
      ['Report says Kestrel 9 crash could have been worse', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Nimbus go back to an open source licence?',
      subject: ['Nimbus'],
      kind: 'decision',
    },
    rows: [
      ['Nimbus is open source again', 'happened'],
      ['Nimbus returns to open source after a year', 'happened'],
      ['Nimbus will become open source in May', 'announced'],
      ['Nimbus is not open source', 'none'],
      ['Rivals race Nimbus to open source tools', 'none'],
    ],
  },
  {
    question: { question: 'Will Corvid go out of business?', subject: ['Corvid'], kind: 'decision' },
    rows: [["Corvid says it'll figure things out and won't shut down", 'cancelled']],
  },
  {
    question: {
      question: 'Will Corvid complete its purchase of Pinecone?',
      subject: ['Pinecone'],
      kind: 'decision',
    },
    rows: [
      ['Corvid acquires Pinecone for $14B after antitrust case', 'happened'],
      ['Pinecone signs $11 billion contract with Nimbus', 'none'],
    ],
  },
  {
    question: { question: 'Will Ann Lee leave Corvid?', subject: ['Ann Lee'], kind: 'decision' },
    rows: [['Corvid chief scientist Ann Lee plans to exit to launch startup', 'announced']],
  },
  {
    question: {
      question: 'When will Halcyon allow other shops on its phones in Norland?',
      subject: ['shops'],
      kind: 'decision',
    },
    rows: [
      ['Halcyon to allow other shops on its phones in Norland', 'announced'],
      ['Halcyon opens its phones to other shops in Norland', 'happened'],
      ['Officials urge Halcyon to allow other shops', 'none'],
    ],
  },
]
