import type { HeadlineTable } from './table.ts'

/** How sentences are built: quantities, several subjects, what a hyphen joins, who is made to do what. */
export const buildingTables: readonly HeadlineTable[] = [
  {
    question: {
      question: 'Will Anvil recall its heaters?',
      subject: ['Anvil'],
      context: [],
      kind: 'measure',
    },
    rows: [
      ['Anvil recalls over 1.4 million heaters after fires', 'happened'],
      ['Anvil is recalling more than 300 heaters', 'happened'],
      ['Anvil recalls up to 20K heaters sold in Spain', 'happened'],
      ['Anvil recalls over 1.4 million blankets after fires', 'none'],
    ],
  },
  {
    question: { question: 'When will Harbor OS 9 be released?', subject: ['Harbor OS 9'], kind: 'release' },
    rows: [
      ['Harbor OS 9 "Nile" and Harbor "Micro 2025" released', 'happened'],
      ['Harbor OS 9 and Lumen 4.2 Released', 'happened'],
      [
        'Pier hosts Lumen next week, with the larger Harbor OS 9 release expected by late August',
        'announced',
      ],
      ['The long-promised launch of Harbor OS 9 is scheduled for June 22', 'announced'],
      ['The much-delayed Harbor OS 9 splits opinions', 'none'],
    ],
  },
  {
    question: {
      question: 'When will Lumen launch the first satellites of Project Heron?',
      subject: ['Heron', 'Project Heron'],
      context: ['Lumen'],
      kind: 'release',
    },
    rows: [
      ['Lumen set to launch first working satellites for Project Heron network', 'announced'],
      ['Lumen launches first satellites for Project Heron', 'happened'],
      ['Lumen releases app for Project Heron', 'none'],
    ],
  },
  {
    question: {
      question: 'When will the preliminary report on the Skyway 88 crash be published?',
      subject: ['Skyway'],
      context: [],
      kind: 'measure',
    },
    rows: [
      ['Skyway Flight 88 Accident Preliminary Report [pdf]', 'happened'],
      ['Before Skyway crash, both pumps had stopped, preliminary report says', 'happened'],
      ['Skyway crash: preliminary report due on Friday', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Gull be forced to sell Pixelgram?',
      subject: ['Gull', 'Pixelgram'],
      context: [],
      kind: 'decision',
    },
    rows: [
      ['Judge orders Gull to sell Pixelgram', 'announced'],
      ['Gull signs $10 billion cloud deal with Heron', 'none'],
      ["Cinema chain rejects Gull's second-screen technology", 'none'],
      ['Gull plans to test community notes', 'none'],
      ["Gull won't have to sell Pixelgram, judge rules", 'cancelled'],
    ],
  },
  {
    question: { question: 'Will Cobalt cut more jobs?', subject: ['Cobalt'], context: [], kind: 'decision' },
    rows: [
      ['Cobalt cuts 400 jobs in Ohio', 'happened'],
      ['Cobalt to cut a tenth of its staff', 'announced'],
      ['Government drops its rules for Cobalt', 'none'],
    ],
  },
  {
    question: {
      question: 'Will the US government take a stake in Cobalt?',
      subject: ['Cobalt'],
      context: ['US government'],
      kind: 'decision',
    },
    rows: [
      ['White House considering US government purchase of stake in Cobalt', 'rumoured'],
      ['US government takes 10% stake in Cobalt', 'happened'],
    ],
  },
]
