import { clip } from '../../report/plain.ts'
import type { EditKind, ItemEdit } from '../../store/item-edits.ts'
import { Moment } from './time-tag.tsx'

const kindWords: Readonly<Record<EditKind, string>> = {
  added: 'Added',
  edited: 'Edited',
  paused: 'Paused',
  resumed: 'Resumed',
  removed: 'Removed',
}

const viaWords: Readonly<Record<ItemEdit['via'], string>> = {
  cli: 'in a terminal',
  page: 'on these pages',
  link: 'by a link',
  api: 'by a program',
  mcp: 'by an assistant',
}

/** What people did to a question, the newest first. */
export function Edits({ edits }: { readonly edits: readonly ItemEdit[] }) {
  if (edits.length === 0) return null
  return (
    <section class="section" aria-labelledby="item_edits">
      <h2 id="item_edits">History of edits</h2>
      <ol class="edits">
        {edits.map(({ what, changes, via, at }) => (
          <li>
            <p>
              <strong>{kindWords[what]}</strong> {viaWords[via]}, <Moment at={at} />
            </p>
            {changes.length === 0 ? null : (
              <ul>
                {changes.map(({ field, before, after }) => (
                  <li>
                    {field}: <del>{valueText(before)}</del> → <ins>{valueText(after)}</ins>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : clip(value.map(String).join(', '), 200)
  return clip(typeof value === 'string' ? value : JSON.stringify(value), 200)
}
