import type { WatchItem } from '../../src/matching/watch-item.ts'

/** A question about the release of a rocket, watched since a time, with what a test changes about it. */
export function falcon(since: Date, changes: Partial<WatchItem> = {}): WatchItem {
  return {
    id: 'falcon',
    question: 'When will Acme release Falcon 3?',
    subject: ['Falcon 3'],
    context: [],
    about: [],
    kind: 'release',
    topic: 'rockets',
    official: ['acme.com'],
    status: 'open',
    expected: null,
    since,
    ...changes,
  }
}
