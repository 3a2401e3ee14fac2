import type { ItemProposal } from '../../pipeline/propose-item.ts'
import { clip } from '../../report/plain.ts'
import { statuses } from '../../status/status.ts'
import type { ItemForm } from '../item-form.ts'
import { describedBy, FieldNotes, TextField, type Asked } from './text-field.tsx'

/** A kind of question to choose from. */
export interface KindChoice {
  readonly id: string
  readonly description: string
}

/** What the fields of a watch item show beside what is typed. */
export interface FieldsShown {
  readonly form: ItemForm
  readonly kinds: readonly KindChoice[]
  /** By field: what is wrong. */
  readonly faults: ReadonlyMap<string, string>
  /** Why each value was proposed; null where nothing was. */
  readonly proposal: ItemProposal | null
  /** Whether the item is there already: its id stays. */
  readonly isEdit: boolean
}

/** The fields that say what is watched for. */
export function ItemFields({ form, kinds, faults, proposal, isEdit }: FieldsShown) {
  const why = (name: 'subject' | 'context' | 'about' | 'official') =>
    (proposal?.[name] ?? []).map(({ value, reason }) => `${clip(value, 60)}: ${clip(reason, 160)}`)
  const fields: readonly Asked<Exclude<keyof ItemForm, 'feeds'>>[] = [
    {
      name: 'subject',
      label: 'Subject',
      hint: 'Names of what is asked about. One of them must occur in an entry. Part several by commas.',
      reasons: why('subject'),
      isList: true,
    },
    {
      name: 'context',
      label: 'Context',
      hint: 'One of these must occur too; the outlet counts. Empty: nothing more is asked for.',
      reasons: why('context'),
      isOptional: true,
      isList: true,
    },
    {
      name: 'about',
      label: 'About',
      hint: 'And one of these, where the question is about one side of the subject.',
      reasons: why('about'),
      isOptional: true,
      isList: true,
    },
    {
      name: 'official',
      label: 'Official outlets',
      hint: 'Domains whose own word settles the question.',
      reasons: why('official'),
      isOptional: true,
      isList: true,
    },
  ]
  return (
    <>
      {fields.map((field) => (
        <TextField field={field} value={form[field.name]} fault={faults.get(field.name)} />
      ))}
      <KindField
        form={form}
        kinds={kinds}
        fault={faults.get('kind')}
        reason={proposal?.kind.reason ?? null}
      />
      <Beginning value={form.since} fault={faults.get('since')} isEdit={isEdit} />
      <details open={['topic', 'id', 'status', 'expected'].some((name) => faults.has(name))}>
        <summary>Topic, name, where it stands now</summary>
        <div class="stack">
          <More form={form} faults={faults} topicReason={proposal?.topic.reason ?? null} isEdit={isEdit} />
        </div>
      </details>
    </>
  )
}

function KindField({
  form,
  kinds,
  fault,
  reason,
}: {
  readonly form: ItemForm
  readonly kinds: readonly KindChoice[]
  readonly fault: string | undefined
  readonly reason: string | null
}) {
  const hint =
    reason === null ? 'Chooses the words that tell how the question moves.' : `Proposed because ${reason}.`
  return (
    <div class="field">
      <label for="kind">Kind</label>
      <FieldNotes name="kind" hint={hint} fault={fault} />
      <select
        id="kind"
        name="kind"
        aria-describedby={describedBy({ name: 'kind', hint }, fault)}
        aria-invalid={fault === undefined ? undefined : 'true'}
      >
        {kinds.map(({ id, description }) => (
          <option value={id} selected={id === form.kind}>
            {description === '' ? id : `${id}: ${clip(description, 90)}`}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Since when entries count. */
function Beginning({
  value,
  fault,
  isEdit,
}: {
  readonly value: string
  readonly fault: string | undefined
  readonly isEdit: boolean
}) {
  if (isEdit)
    return (
      <TextField
        field={{
          name: 'since',
          label: 'Watched since',
          hint: 'Entries from before are not judged. A day or a time in UTC, such as 2025-03-01 or 2025-03-01 08:30.',
        }}
        value={value}
        fault={fault}
      />
    )
  const isOwn = value !== '' && value !== 'stored' && value !== 'now'
  return (
    <fieldset>
      <legend>Which entries count?</legend>
      <label>
        <input type="radio" name="since" value="stored" checked={value !== 'now' && !isOwn} />
        <span>Those that are stored, too: it begins where the news has got to</span>
      </label>
      <label>
        <input type="radio" name="since" value="now" checked={value === 'now'} />
        <span>Only news from now on</span>
      </label>
      {isOwn ? (
        <label>
          <input type="radio" name="since" value={value} checked />
          <span>From {clip(value, 30)} on</span>
        </label>
      ) : null}
      {fault === undefined ? null : <p class="fault">{fault}</p>}
    </fieldset>
  )
}

function More({
  form,
  faults,
  topicReason,
  isEdit,
}: {
  readonly form: ItemForm
  readonly faults: ReadonlyMap<string, string>
  readonly topicReason: string | null
  readonly isEdit: boolean
}) {
  return (
    <>
      <TextField
        field={{
          name: 'topic',
          label: 'Topic',
          hint:
            topicReason === null
              ? 'The group that it belongs to: small letters, digits and dashes.'
              : `The group that it belongs to; ${topicReason}.`,
        }}
        value={form.topic}
        fault={faults.get('topic')}
      />
      {isEdit ? null : (
        <TextField
          field={{
            name: 'id',
            label: 'Name',
            hint: 'Short, for addresses and the command line.',
            isOptional: true,
          }}
          value={form.id}
          fault={faults.get('id')}
        />
      )}
      <div class="field">
        <label for="status">Where it stood when the watch began</label>
        <select id="status" name="status">
          {statuses.map((status) => (
            <option value={status} selected={status === (form.status || 'open')}>
              {status}
            </option>
          ))}
        </select>
        {faults.has('status') ? <p class="fault">{faults.get('status')}</p> : null}
      </div>
      <TextField
        field={{
          name: 'expected',
          label: 'Date that was promised then',
          hint: 'In words, such as: summer 2026.',
          isOptional: true,
        }}
        value={form.expected}
        fault={faults.get('expected')}
      />
    </>
  )
}
