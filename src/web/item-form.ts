import type { FieldProblem, WrittenItem } from '../pipeline/written-item.ts'
import { fieldOf, fieldsOf } from './fields.ts'

/** A watch item as it stands in a form: texts, lists with commas. */
export interface ItemForm {
  readonly question: string
  readonly subject: string
  readonly context: string
  readonly about: string
  readonly kind: string
  readonly topic: string
  readonly official: string
  readonly since: string
  readonly id: string
  readonly status: string
  readonly expected: string
  /** What was chosen of the suggested feeds, as a person would paste it. */
  readonly feeds: readonly string[]
}

const names = [
  'question',
  'subject',
  'context',
  'about',
  'kind',
  'topic',
  'official',
  'since',
  'id',
  'status',
  'expected',
] as const

/** Reads a form as it was sent. */
export function readItemForm(from: unknown): ItemForm {
  const texts = Object.fromEntries(names.map((name) => [name, fieldOf(from, name)])) as Record<
    (typeof names)[number],
    string
  >
  return { ...texts, feeds: fieldsOf(from, 'feed') }
}

/** The values of a list as a person types it: parted by a comma and a space, a semicolon or a new line ("1,000" stays). */
export function listOfText(text: string): string[] {
  return text
    .split(/,\s+|,$|[;\n]/u)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** A list as it is typed. */
export function textOfList(values: readonly string[]): string {
  return values.join(', ')
}

/** What a form says of a watch item; what is empty is left out. */
export function writtenOfForm(form: ItemForm): WrittenItem {
  const given = (text: string) => (text === '' ? undefined : text)
  return {
    question: form.question,
    subject: listOfText(form.subject),
    context: listOfText(form.context),
    about: listOfText(form.about),
    official: listOfText(form.official),
    kind: given(form.kind),
    topic: given(form.topic),
    id: given(form.id),
    status: given(form.status),
    expected: given(form.expected) ?? null,
    since: given(form.since),
  }
}

/** By field, what is wrong and what to write instead. */
export function faultsOf(problems: readonly FieldProblem[]): ReadonlyMap<string, string> {
  return new Map(problems.map(({ field, message, fix }) => [field, `${message}: ${fix}`]))
}
