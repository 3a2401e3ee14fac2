import { aliasQuery, outletQuery } from './alias.ts'
import type { Query, Role } from './query-tree.ts'
import type { WatchItem } from './watch-item.ts'

/**
 * The query of a watch item: one alias of the subject, and one of the context and about words, where given. Context and
 * about words may be met by the outlet's name. Aliases that hold no word are left out; a subject without any never matches.
 */
export const queryOf = (item: Pick<WatchItem, 'subject' | 'context' | 'about'>): Query => {
  const all: Query[] = [
    withRole(
      'subject',
      item.subject.flatMap((alias) => aliasQuery(alias, 'plain')),
    ),
  ]
  const context = item.context.flatMap((alias) => [...aliasQuery(alias, 'plain'), ...outletQuery(alias)])
  if (context.length > 0) all.push(withRole('context', context))
  const about = item.about.flatMap((alias) => [...aliasQuery(alias, 'inflected'), ...outletQuery(alias)])
  if (about.length > 0) all.push(withRole('about', about))
  return { kind: 'and', all }
}

const withRole = (role: Role, any: readonly Query[]): Query => ({
  kind: 'role',
  role,
  query: { kind: 'or', any },
})
