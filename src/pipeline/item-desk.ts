import type { Config } from '../config/config.ts'
import type { Database } from '../store/database.ts'
import type { Via } from '../store/rejections.ts'
import type { Clock } from './clock.ts'

/** What adding and changing watch items needs of a live system. */
export interface ItemDesk {
  readonly db: Database
  readonly clock: Clock
  config(): Config
  /** Judges the stored entries for items that are new. */
  bringIn(): Promise<void>
  /** Where the item's page is; null while there is no page. */
  readonly reportUrl: (itemId: string) => string | null
}

/** Who acts, for the history of edits. */
export interface Actor {
  readonly via: Via
}

/** An item that the configuration manages: people change it in its file. */
export interface Managed {
  readonly kind: 'managed'
  readonly itemId: string
  /** The file it stands in; the folder where it is not found any more. */
  readonly file: string
}

/** Where an item that the configuration manages is to be changed. */
export function managedBy(itemId: string, { watchItems, directory }: Config): Managed {
  const file = watchItems.find((item) => item.id === itemId)?.file ?? `${directory}/watch`
  return { kind: 'managed', itemId, file }
}
