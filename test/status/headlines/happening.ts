import type { HeadlineTable } from './table.ts'

/** Orders, losses, replacements, recalls, fixes, investments, rulings, and what only looks like them. */
export const happeningTables: readonly HeadlineTable[] = [
  {
    question: {
      question: 'Will Norland make phone makers install its state-owned wallet app?',
      subject: ['wallet app', 'state wallet'],
      context: ['Norland'],
      kind: 'decision',
    },
    rows: [
      ['Norland orders phone makers to install state wallet', 'announced'],
      ['Norland to order phone makers to install wallet app', 'announced'],
      ['Norland scraps order to install wallet app', 'cancelled'],
      ['Norland withdraws order to preinstall its state wallet', 'cancelled'],
      ['Phone makers resist Norland wallet app', 'none'],
      ['Norland updates wallet app', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Ketter lose its lighthouse funding?',
      subject: ['lighthouse program', 'Ketter'],
      context: ['Ketter', 'funding'],
      kind: 'decision',
    },
    rows: [
      ['Government cuts funding for lighthouse program', 'happened'],
      ['Government extends lighthouse program funding', 'cancelled'],
      ['Lighthouse program saved by last-minute funding, Ketter says', 'cancelled'],
      ['Ketter praises funding of harbours', 'none'],
    ],
  },
  {
    question: {
      question: 'When will Brio replace Mezzo on tablets?',
      subject: ['Mezzo', 'Mezzo assistant'],
      context: ['Brio'],
      kind: 'release',
    },
    rows: [
      ['Acme is replacing Mezzo with Brio', 'announced'],
      ['Acme to replace Mezzo with Brio in August', 'announced'],
      ['Acme replaces Mezzo with Brio', 'happened'],
      ['Mezzo assistant is replaced by Brio', 'happened'],
      ["Brio isn't replacing Mezzo on tablets just yet", 'delayed'],
      ['Mezzo and Brio compared', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Tolvan recall its space heaters?',
      subject: ['Tolvan'],
      context: ['heater', 'space heater'],
      kind: 'measure',
    },
    rows: [
      ['Tolvan recalls 300,000 space heaters over fire risk', 'happened'],
      ['Tolvan issues recall of space heaters', 'happened'],
      ['Tolvan to recall space heaters', 'announced'],
      ['Tolvan sells 300,000 space heaters', 'none'],
      ['Tolvan heater reviews are in', 'none'],
    ],
  },
  {
    question: {
      question: 'Has Ambrel patched the holes in Gatehouse?',
      subject: ['Gatehouse'],
      context: ['Ambrel', 'flaw', 'patch', 'zero-day'],
      kind: 'measure',
    },
    rows: [
      ['Ambrel patches Gatehouse flaws', 'happened'],
      ['Ambrel releases emergency patch for Gatehouse zero-day', 'happened'],
      ['Ambrel to patch Gatehouse flaw next week', 'announced'],
      ['Hackers exploit Gatehouse zero-day', 'none'],
      ['Agency urges firms to patch Gatehouse flaw', 'none'],
      ['Ambrel warns of Gatehouse attacks', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Marlin invest in Petrel?',
      subject: ['Petrel'],
      context: ['Marlin'],
      kind: 'decision',
    },
    rows: [
      ['Marlin invests $2 billion in Petrel', 'happened'],
      ['Marlin takes 10% stake in Petrel', 'happened'],
      ['Marlin pours $500 million into Petrel', 'happened'],
      ['Marlin to invest $2 billion in Petrel', 'announced'],
      ['Marlin in talks to invest in Petrel', 'rumoured'],
      ['Marlin weighs investment in Petrel', 'rumoured'],
      ['Marlin competes with Petrel', 'none'],
      ['Petrel hires Marlin executive', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Corvid settle the Heron case?',
      subject: ['Heron'],
      context: ['Corvid'],
      kind: 'decision',
    },
    rows: [
      ['Heron and Corvid settle antitrust case', 'happened'],
      ['Corvid settles with Heron', 'happened'],
      ['Corvid drops lawsuit against Heron', 'happened'],
      ['Corvid and Heron argue before court', 'none'],
    ],
  },
  {
    question: {
      question: 'When will Halcyon launch Kestrel?',
      subject: ['Kestrel'],
      context: ['Halcyon'],
      kind: 'release',
    },
    rows: [
      ['Halcyon to open a shop, launch Kestrel', 'announced'],
      ['Halcyon confirms Kestrel will launch in May', 'announced'],
      ['Halcyon opens a shop and launches Kestrel', 'happened'],
      ['Halcyon launches Kestrel megaphone', 'happened'],
      ['You can now try Kestrel by Halcyon', 'happened'],
      ["You can try Halcyon's popular Kestrel app now", 'happened'],
      ['Kestrel is available to pre-order now, says Halcyon', 'announced'],
      ['Halcyon is weighing whether to launch Kestrel', 'rumoured'],
      ['An assistant that Kestrel by Halcyon launches', 'none'],
      ['Halcyon denies it launched Kestrel', 'none'],
      ['Early access for Kestrel users of Halcyon', 'none'],
    ],
  },
  {
    question: {
      question: 'When will Ambrel launch Ravel+?',
      subject: ['Ravel+'],
      context: ['Ambrel'],
      kind: 'release',
    },
    rows: [
      ['Ambrel launches Ravel in Canada', 'none'],
      ['Ambrel launches Ravel+ in Canada', 'happened'],
      ['Ambrel to launch Ravel+ in August', 'announced'],
    ],
  },
  {
    question: {
      question: 'When will Ambrel launch Ravel?',
      subject: ['Ravel'],
      context: ['Ambrel'],
      kind: 'release',
    },
    rows: [
      ['Ambrel launches Ravel+ in Canada', 'none'],
      ['Ambrel launches Ravel in Canada', 'happened'],
    ],
  },
  {
    question: {
      question: 'Will Ambrel release a foldable phone?',
      subject: ['Ambrel phone', 'Ambrel foldable'],
      context: ['Ambrel'],
      kind: 'release',
    },
    rows: [
      ['Ambrel foldable phone delayed', 'delayed'],
      ['Ambrel releases foldable phone', 'happened'],
      ['Ambrel to release foldable phone in May', 'announced'],
      ['Ambrel fires phone chief', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Norland ratify the Seas Treaty?',
      subject: ['Seas Treaty'],
      context: ['Norland'],
      kind: 'decision',
    },
    rows: [
      ['Norland signs Seas Treaty', 'announced'],
      ['Norland ratifies Seas Treaty', 'happened'],
      ['Norland debates Seas Treaty', 'rumoured'],
    ],
  },
  {
    question: {
      question: 'Will Ketter stop making the Falcon?',
      subject: ['Falcon'],
      context: ['Ketter'],
      kind: 'decision',
    },
    rows: [
      ['Ketter stops Falcon production for a week', 'delayed'],
      ['Ketter stops Falcon production', 'happened'],
      ['Ketter ends production of the Falcon', 'happened'],
      ['Ketter may not resume production of the Falcon', 'rumoured'],
      ['Ketter paints Falcon red', 'none'],
    ],
  },
  {
    question: {
      question: 'Will the court uphold the Quarry Act?',
      subject: ['Quarry Act'],
      kind: 'decision',
    },
    rows: [
      ['Supreme Court upholds Quarry Act', 'happened'],
      ['Court lets Quarry Act stand', 'happened'],
      ['Supreme Court strikes down Quarry Act', 'cancelled'],
      ['Court throws out Quarry Act', 'cancelled'],
      ['Court temporarily blocks Quarry Act', 'delayed'],
      ['Court hears arguments on Quarry Act', 'none'],
    ],
  },
]
