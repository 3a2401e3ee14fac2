import type { HeadlineTable } from './table.ts'

/** Who is the first to do it, what comes back to the subject, whose report it is. */
export const becomingTables: readonly HeadlineTable[] = [
  {
    question: {
      question: 'Will Utah ban neon signs on roads?',
      subject: ['neon signs'],
      context: ['Utah'],
      kind: 'decision',
    },
    rows: [
      ['Utah becomes first US state to ban neon signs', 'happened'],
      ["Utah could become America's first state to ban neon signs", 'rumoured'],
      ['Utah becomes a place to see neon signs', 'none'],
    ],
  },
  {
    question: {
      question: "Will Quince's channels come back to Harbor TV?",
      subject: ['Harbor TV'],
      context: ['Quince'],
      kind: 'decision',
    },
    rows: [
      ['Quince channels are back on Harbor TV', 'happened'],
      ['Quince channels vanish from Harbor TV', 'none'],
    ],
  },
  {
    question: {
      question: 'When will the Lake Guard publish its report on the Nereid submersible?',
      subject: ['Nereid submersible'],
      context: [],
      kind: 'measure',
    },
    rows: [
      ['Nereid submersible implosion was preventable, Lake Guard concludes', 'happened'],
      ['NTSB report: pictures from the Nereid submersible camera', 'none'],
    ],
  },
  {
    question: {
      question: 'Will the River Festival take place this year?',
      subject: ['River Festival'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['River Festival called off over strike', 'cancelled'],
      ['River Festival kicks off', 'happened'],
      ['River Festival moved to October', 'delayed 2025-10-01..2025-10-31'],
    ],
  },
  {
    question: {
      question: 'Will Ivo Brand be convicted of fraud?',
      subject: ['Brand'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['Ivo Brand guilty in fraud trial', 'happened'],
      ['Brand pleads not guilty to fraud', 'none'],
    ],
  },
]
