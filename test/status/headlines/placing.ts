import type { HeadlineTable } from './table.ts'

/** What a question of everyday words asks for: a change, a fall, a start in a place, who leaves whom, money. */
export const placingTables: readonly HeadlineTable[] = [
  {
    question: {
      question: 'Will Helvia introduce an electronic passport?',
      subject: ['e-passport', 'electronic passport'],
      context: ['Helvia'],
      kind: 'decision',
    },
    rows: [
      ['Helvia voters back e-passport and abolish the dog tax', 'announced'],
      ['Helvia approves electronic passport in narrow vote', 'announced'],
      ['Helvia introduces electronic passport', 'happened'],
    ],
  },
  {
    question: {
      question: 'When will Kolibri start service in Lisbon?',
      subject: ['Kolibri'],
      context: ['Lisbon'],
      kind: 'release',
    },
    rows: [
      ["Kolibri's robotaxis are coming to Lisbon", 'announced'],
      ['Kolibri plans to launch in Lisbon next year', 'announced 2026-01-01..2026-12-31'],
      ['Kolibri launches service in Lisbon', 'happened'],
      ["Kolibri's robotaxis are coming to Oslo", 'none'],
    ],
  },
  {
    question: {
      question: 'Will Boardland come back after it was hacked?',
      subject: ['Boardland'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['Boardland hacked: mails of all moderators leaked', 'none'],
      ['Boardland is back online', 'happened'],
    ],
  },
  {
    question: {
      question: 'Will Ferret change its terms of use?',
      subject: ['Ferret'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['Ferret revises its terms of use', 'happened'],
      ['Ferret amends terms of use again after complaints', 'happened'],
      ['Ferret to rewrite its terms of use', 'announced'],
    ],
  },
  {
    question: {
      question: 'Will Ann Dorsey leave Quince?',
      subject: ['Ann Dorsey'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['Pear poaches Quince designer Ann Dorsey', 'happened'],
      ['Quince fires Ann Dorsey', 'happened'],
      ['Ann Dorsey leaves Quince for Pear', 'happened'],
      ['Ann Dorsey praises Quince', 'none'],
    ],
  },
  {
    question: {
      question: 'Will the EU fine Quince over its ad shop?',
      subject: ['Quince'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['European Commission fines Quince €2.9B over its ad shop', 'happened'],
      ['Quince fined by EU over ad shop', 'happened'],
      ['Brazil fines Quince', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Norland ban phones in schools?',
      subject: ['phone', 'phones'],
      context: ['Norland', 'school', 'schools'],
      kind: 'decision',
    },
    rows: [
      ['School phone bans and what they do to marks', 'none'],
      ['Norland bans phones in schools', 'happened'],
      ['Norland to ban phones in schools', 'announced'],
    ],
  },
  {
    question: { question: 'When will HarborBSD 15 be released?', subject: ['HarborBSD 15'], kind: 'release' },
    rows: [
      ['New HarborBSD 15 retires 32-bit ports', 'none'],
      ['HarborBSD 15.0 Release Announcement', 'happened'],
      ['Everyone can use HarborBSD 15 now', 'happened'],
    ],
  },
  {
    question: {
      question: 'Will Bolero buy Marten?',
      subject: ['Marten'],
      context: ['Bolero'],
      kind: 'decision',
    },
    rows: [
      ['Bolero to acquire Marten Aerospace', 'announced'],
      ['Bolero buys Marten Computing for $6.5B', 'announced'],
      ['Bolero buys Marten rival Sable', 'none'],
    ],
  },
  {
    question: {
      question: 'When will Vostok 7 fall to Earth?',
      subject: ['Vostok 7'],
      context: [],
      kind: 'release',
    },
    rows: [
      ['Failed craft Vostok 7 crashes to Earth', 'happened'],
      ['Vostok 7 will plunge to Earth this weekend', 'announced'],
      ['Vostok 7 photographed from the ground', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Harbor remove outside cookies from its browser?',
      subject: ['outside cookies'],
      context: ['Harbor'],
      kind: 'decision',
    },
    rows: [
      ['Harbor to continue to use outside cookies', 'cancelled'],
      ['Harbor removes outside cookies', 'happened'],
    ],
  },
  {
    question: {
      question: 'Will Harbor switch off its short links?',
      subject: ['short links', 'hrb.or'],
      context: ['Harbor'],
      kind: 'decision',
    },
    rows: [
      ['Harbor short links will stop working next month', 'announced 2025-07-01..2025-07-31'],
      ['Harbor short links stop working', 'happened'],
    ],
  },
  {
    question: {
      question: "Will the agency's easy-exit rule come into force?",
      subject: ['easy-exit'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ["Agency delays 'Easy Exit' rule implementation to July", 'delayed 2025-07-01..2025-07-31'],
      ['US court nullifies requirement for easy-exit', 'cancelled'],
      [
        "Agency pushes the enforcement of its 'Easy-Exit' rule back to July",
        'delayed 2025-07-01..2025-07-31',
      ],
    ],
  },
  {
    question: {
      question: 'Has Marsh fixed the K20 jets affected by the brake fault?',
      subject: ['Marsh', 'K20'],
      context: [],
      kind: 'measure',
    },
    rows: [
      ['Marsh says most of its recalled 600 K20 jets now modified', 'happened'],
      ['Marsh fixes K20 jets', 'happened'],
    ],
  },
]
