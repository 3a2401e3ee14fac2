import type { HeadlineTable } from './table.ts'

/** What somebody gets, takes up, wins, loses the use of or is held for: of each some, and what must not pass. */
export const gettingTables: readonly HeadlineTable[] = [
  {
    question: { question: 'Will Quillpad have a night theme?', subject: ['Quillpad'], kind: 'release' },
    rows: [
      ['Quillpad gets a night theme', 'happened'],
      ['Quillpad now has a night theme', 'happened'],
      ['Marlin brings night theme to Quillpad', 'happened'],
      ['Marlin gives Quillpad a night theme', 'happened'],
      ['Quillpad is getting a night theme next month', 'announced'],
      ['Marlin to bring night theme to Quillpad', 'announced'],
      ['Marlin brings Quillpad to Norway', 'none'],
      ['Marlin brings night theme to Fernmail', 'none'],
    ],
  },
  {
    question: { question: 'When will Tidewell 4.2 come out?', subject: ['Tidewell'], kind: 'release' },
    rows: [
      ['Tidewell 4.2.0 released', 'happened'],
      ['Tidewell 4.2 is out now', 'happened'],
      ['Tidewell, arriving this autumn, will read maps aloud', 'announced'],
      ['Tidewell enters production testing', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Lakeside Grid have an outage this winter?',
      subject: ['Lakeside Grid'],
      kind: 'event',
    },
    rows: [
      ['Lakeside Grid is down', 'happened'],
      ['Lakeside Grid suffers outage after storm', 'happened'],
      ['Lakeside Grid down for thousands of homes', 'happened'],
      ['Lakeside Grid hires new chief', 'none'],
    ],
  },
  {
    question: { question: 'Will Oskar Lind go to prison?', subject: ['Oskar Lind'], kind: 'decision' },
    rows: [
      ['Oskar Lind sentenced to four years in prison', 'happened'],
      ['Oskar Lind jailed for fraud', 'happened'],
      ['Court jails Oskar Lind', 'happened'],
      ['Oskar Lind found guilty of fraud', 'announced'],
      ['Oskar Lind walks free', 'cancelled'],
      ['Oskar Lind to pay for museum wing', 'none'],
    ],
  },
  {
    question: {
      question: 'Will the harbour award Marlin its crane contract?',
      subject: ['Marlin'],
      kind: 'decision',
    },
    rows: [
      ['Marlin wins $40M crane contract from harbour', 'happened'],
      ['Marlin gets crane contract', 'happened'],
      ['Marlin opens office in Ghent', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Marlin make a deal with Kroon?',
      subject: ['Marlin', 'Kroon'],
      kind: 'decision',
    },
    rows: [
      ['Marlin and Kroon reach a deal', 'happened'],
      ['Marlin signs deal with Kroon', 'happened'],
      ['Marlin praises Kroon over harbour deal', 'none'],
    ],
  },
  {
    question: { question: 'Will Petrel sue Kroon?', subject: ['Petrel', 'Kroon'], kind: 'decision' },
    rows: [
      ['Boat maker Petrel sues rival Kroon over sails', 'happened'],
      ['Petrel to sue Kroon', 'announced'],
    ],
  },
  {
    question: { question: 'Will Lanternbox be shut down?', subject: ['Lanternbox'], kind: 'decision' },
    rows: [
      ['Student shuts down open source mail app Lanternbox', 'happened'],
      ['Lanternbox, which once led the market, shuts down', 'happened'],
      ['Start-Up Lanternbox hires designer', 'none'],
    ],
  },
  {
    question: { question: 'Will Port Ellen use paper ballots?', subject: ['Port Ellen'], kind: 'decision' },
    rows: [
      ['Port Ellen adopts paper ballots', 'happened'],
      ['Port Ellen switches to paper ballots', 'happened'],
      ['Port Ellen to introduce paper ballots next year', 'announced'],
      ['Port Ellen rejects paper ballots', 'cancelled'],
      ['Port Ellen counts votes until midnight', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Norden put levies on sea freight?',
      subject: ['sea freight'],
      kind: 'decision',
    },
    rows: [
      ['Norden slaps levies on sea freight', 'happened'],
      ['Norden places levies on sea freight', 'happened'],
      ['Norden hails record year for sea freight', 'none'],
    ],
  },
  {
    question: {
      question: 'Will Marlin contribute to Harbor Map again?',
      subject: ['Marlin'],
      kind: 'decision',
    },
    rows: [
      ['Marlin will start contributing to Harbor Map again', 'announced'],
      ['Marlin to begin contributing to Harbor Map', 'announced'],
      ['Marlin resumes work on boats', 'none'],
    ],
  },
  {
    question: { question: 'Will the sale of Fernwood go through?', subject: ['Fernwood'], kind: 'decision' },
    rows: [
      ['Kroon completes purchase of Fernwood', 'happened'],
      ['Fernwood sale is delayed', 'delayed'],
      ['Fernwood plants trees', 'none'],
    ],
  },
]
