import { configDirectory } from '../config/directory.ts'
import { loadConfig } from '../config/load.ts'
import { maskUrl } from '../report/mask-url.ts'
import { glance } from '../store/glance.ts'
import { listFeeds } from '../store/feeds.ts'
import { listItemsBriefly } from '../store/watch-items.ts'
import type { Candidate, Named } from './complete.ts'
import type { Io } from './io.ts'

/** Names of the configuration, and of the database where that is up: nothing is started for them. */
export async function knownNames(io: Io, what: Named): Promise<readonly Candidate[]> {
  const [configured, stored] = await Promise.all([configuredNames(io, what), storedNames(io, what)])
  return [...new Map([...configured, ...stored].map((one) => [one.value, one])).values()]
}

async function configuredNames(io: Io, what: Named): Promise<readonly Candidate[]> {
  const directory = configDirectory(io.env, io.cwd)
  const loaded = await loadConfig({ directory, env: io.env, now: io.now() })
  if (!loaded.ok) return []
  const { watchItems, feeds, channels } = loaded.config
  switch (what) {
    case 'item':
      return watchItems.map(({ id, question }) => ({ value: id, description: question }))
    case 'feed':
      return feeds.map(({ url, title }) => ({ value: maskUrl(url), description: title ?? '' }))
    case 'channel':
      return channels.map(({ id, type }) => ({ value: id, description: type }))
  }
}

/** What people have added. */
async function storedNames(io: Io, what: Named): Promise<readonly Candidate[]> {
  switch (what) {
    case 'item': {
      const items = await glance(io.env, (db) => listItemsBriefly(db))
      const kept = (items ?? []).filter(({ state }) => state !== 'retired')
      return kept.map(({ item }) => ({ value: item.id, description: item.question }))
    }
    case 'feed': {
      const feeds = (await glance(io.env, (db) => listFeeds(db))) ?? []
      const kept = feeds.filter(({ state, origin }) => state !== 'retired' && origin === 'user')
      return kept.map(({ url, title }) => ({ value: maskUrl(url), description: title ?? '' }))
    }
    case 'channel':
      return []
  }
}
