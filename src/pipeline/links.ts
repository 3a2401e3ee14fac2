import type { ItemAlert } from '../alerts/alert.ts'
import type { ActionLink } from '../alerts/channels/channel.ts'
import type { Database } from '../store/database.ts'
import { linkKey } from '../store/settings.ts'
import { linksOf } from './action-link.ts'
import type { Clock } from './clock.ts'
import type { JudgeConfig } from './configured-judge.ts'
import { followLink, lookAtLink, type ClosedLink, type Followed, type OpenLink } from './follow-link.ts'

/** The links in alerts, both ends of them. */
export interface Links {
  /** Reads the key that links are signed with; to be awaited before any are made. */
  ready(): Promise<void>
  /** What can be done about an alert; nothing where people cannot reach the page from outside. */
  readonly of: (alert: ItemAlert) => readonly ActionLink[]
  look(token: string): Promise<OpenLink | ClosedLink>
  follow(token: string, form: Readonly<Record<string, string>>): Promise<Followed>
}

export interface LinksOptions {
  readonly db: Database
  readonly clock: Clock
  readonly config: () => JudgeConfig & { readonly server: { readonly publicUrl?: string | undefined } }
  readonly reportUrl: (itemId: string) => string | null
}

/** Joins the links with the configuration in use. */
export function createLinks({ db, clock, config, reportUrl }: LinksOptions): Links {
  let key: Uint8Array | null = null
  const known = async (): Promise<Uint8Array> => (key ??= await linkKey(db.pool))
  return {
    async ready() {
      await known()
    },
    of(alert) {
      const { publicUrl } = config().server
      if (publicUrl === undefined || key === null) return []
      return linksOf(alert, publicUrl.replace(/\/*$/, '/'), key)
    },
    look: async (token) => lookAtLink(token, { db, key: await known(), now: clock.now() }),
    follow: async (token, form) =>
      followLink(token, form, { db, key: await known(), now: clock.now(), config: config(), reportUrl }),
  }
}
