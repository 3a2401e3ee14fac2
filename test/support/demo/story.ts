import type { WatchItem } from '../../../src/matching/watch-item.ts'

/** The time at which the demo stands still: some of its questions are answered, some late, some disputed. */
export const demoNow = new Date('2025-08-24T09:40:00Z')

const since = new Date('2025-05-01T00:00:00Z')

function question(id: string, words: string, more: Partial<WatchItem>): WatchItem {
  return {
    ...{ id, question: words, subject: [], context: [], about: [], kind: 'release', topic: 'demo' },
    ...{ official: [], status: 'open', expected: null, since },
    ...more,
  }
}

/** Made-up questions beside those that openwatch ships with, so that every status and mark can be seen. */
export const demoQuestions: readonly WatchItem[] = [
  question('kestrel-launch', 'When will Skyhook launch its Kestrel rocket?', {
    ...{
      subject: ['Kestrel'],
      context: ['Skyhook', 'rocket'],
      topic: 'space',
      official: ['skyhook.example'],
    },
    expected: 'June 2025',
  }),
  question('harbour-cars', 'Will Port Ansel approve the car ban for its old town?', {
    ...{ subject: ['car ban'], context: ['Port Ansel'], kind: 'decision', topic: 'cities' },
    official: ['portansel.example'],
  }),
  question('lumen-4', 'When will Lumen 4 be released?', {
    ...{ subject: ['Lumen 4'], topic: 'software', official: ['lumen.example'] },
  }),
  question('tern-keyboard', 'When will the Tern split keyboard ship?', {
    ...{ subject: ['Tern keyboard', 'Tern'], context: ['keyboard'], topic: 'hardware' },
    official: ['tern.example'],
  }),
  question('orbit-browser', 'Will Orbit bring its browser to Linux?', {
    ...{ subject: ['Orbit browser', 'Orbit for Linux'], topic: 'software', official: ['orbit.example'] },
  }),
]

/** An item of a JSON Feed. */
export interface DemoItem {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly content_text: string
  readonly date_published: string
}

function told(day: string, outlet: string, title: string, text: string): DemoItem {
  const url = `https://${outlet}/${day}/${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
  return { id: url, url, title, content_text: text, date_published: `${day}T10:30:00Z` }
}

/** What made-up outlets wrote about them. */
export const demoNews: readonly DemoItem[] = [
  told(
    '2025-05-06',
    'skyhook.example',
    'Kestrel will launch in June',
    'Skyhook will launch its Kestrel rocket in June 2025.',
  ),
  told(
    '2025-06-20',
    'skyhook.example',
    'An update on Kestrel',
    'Kestrel is delayed. The rocket will now launch in July 2025, after a valve was replaced.',
  ),
  told(
    '2025-07-24',
    'launchpad.example',
    'Skyhook delays Kestrel rocket again',
    'Skyhook delays the launch of its Kestrel rocket to mid-August. A company spokesperson confirmed the new date.',
  ),
  told(
    '2025-07-25',
    'daily.example',
    'Kestrel rocket slips to August',
    'The launch of Kestrel, the rocket of Skyhook, is delayed to 14 August 2025.',
  ),
  told(
    '2025-08-02',
    'daily.example',
    'What we know about the Kestrel rocket',
    'Will Skyhook launch Kestrel this year? Nobody outside the company knows.',
  ),
  told(
    '2025-06-11',
    'daily.example',
    'Port Ansel may approve car ban',
    'Port Ansel is considering to approve a car ban for its old town, two people on the council say.',
  ),
  told(
    '2025-08-12',
    'courier.example',
    'Port Ansel approves car ban',
    'The council of Port Ansel has approved the car ban for the old town, 21 votes to 14.',
  ),
  told(
    '2025-08-13',
    'gazette.example',
    'Port Ansel rejects car ban',
    'Port Ansel has rejected the car ban, the mayor confirmed. The vote was not binding.',
  ),
  told(
    '2025-07-03',
    'lumen.example',
    'The road to Lumen 4',
    'Lumen 4 will be released in September 2025. A beta is planned for July.',
  ),
  told(
    '2025-08-19',
    'lumen.example',
    'Lumen 4 is here',
    'Lumen 4 is now available for everyone, two weeks earlier than planned.',
  ),
  told(
    '2025-08-19',
    'courier.example',
    'Lumen 4 released',
    'Lumen 4 has been released today, two weeks early.',
  ),
  told(
    '2025-06-28',
    'daily.example',
    'Tern keyboard may ship this autumn',
    'The Tern keyboard will reportedly ship this autumn, according to people familiar with the plans.',
  ),
  told('2025-05-20', 'orbit.example', 'Orbit for Linux', 'We will release Orbit for Linux later this year.'),
  told(
    '2025-08-06',
    'orbit.example',
    'Orbit for Linux is cancelled',
    'We have cancelled Orbit for Linux. The team moves on to other things.',
  ),
]
