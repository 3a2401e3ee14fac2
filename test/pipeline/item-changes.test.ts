import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Entry } from '../../src/matching/entry.ts'
import { addItem } from '../../src/pipeline/add-item.ts'
import { changeItemState } from '../../src/pipeline/change-item-state.ts'
import { editItem } from '../../src/pipeline/edit-item.ts'
import { preview } from '../../src/pipeline/preview.ts'
import { editsOf } from '../../src/store/item-edits.ts'
import { changesOf } from '../../src/store/judgements.ts'
import { listItems } from '../../src/store/watch-items.ts'
import { falconSystem, type FalconSystem } from '../support/falcon-system.ts'
import { countRows } from '../support/system.ts'

const begun = new Date('2025-09-01T08:00:00Z')
const via = { via: 'page' } as const

let falcons: FalconSystem

beforeEach(async () => {
  falcons = await falconSystem(begun)
})
afterEach(() => falcons.system.end())

function news(id: string, title: string, day: string, outlet = 'press.test'): Entry {
  const at = new Date(`${day}T12:00:00Z`)
  return {
    ...{ id, title, text: '', outlet, author: null, discussionUrl: null },
    ...{ url: `https://${outlet}/${id}`, publishedAt: at },
  }
}

const standing = async (id: string) => {
  const [stored] = await listItems(falcons.system.db.pool, [id])
  return stored?.standing.status
}

const heron = { question: 'When will Acme release Heron 2?', subject: ['Heron 2'] }

test('a question that is added knows what is stored where that is to count, and nobody is told of it', async () => {
  await falcons.came(news('1', 'Acme releases Heron 2', '2025-08-01'))
  const alerts = await countRows(falcons.system.db, 'alert')
  const late = await addItem({ ...heron, id: 'heron', since: 'stored' }, via, falcons.system)
  expect(late).toMatchObject({ kind: 'added', stored: { origin: 'user', standing: { status: 'happened' } } })
  const fresh = await addItem(heron, via, falcons.system)
  expect(fresh).toMatchObject({ kind: 'added', stored: { standing: { status: 'open' } } })
  expect(await countRows(falcons.system.db, 'alert')).toBe(alerts)
})

test('an id that was asked for and is taken is refused with one that is free; else it is made free', async () => {
  expect(await addItem({ ...heron, id: 'falcon' }, via, falcons.system)).toEqual({
    kind: 'id-taken',
    id: 'falcon',
    free: 'falcon-2',
  })
  const ids = []
  for (const question of [heron.question, `${heron.question}?`]) {
    const added = await addItem({ ...heron, question }, via, falcons.system)
    if (added.kind === 'added') ids.push(added.stored.item.id)
  }
  expect(ids).toEqual(['when-will-acme-release-heron-2', 'when-will-acme-release-heron-2-2'])
})

test('the same question again is refused, however it is spaced: it was sent twice', async () => {
  const { question } = heron
  expect(await addItem(heron, via, falcons.system)).toMatchObject({ kind: 'added' })
  expect(
    await addItem({ ...heron, question: ` ${question.replace(' ', '  ')}` }, via, falcons.system),
  ).toEqual({
    kind: 'id-taken',
    id: 'when-will-acme-release-heron-2',
    free: 'when-will-acme-release-heron-2-2',
  })
})

test('every field that cannot be taken is named once, with what to write', async () => {
  const added = await addItem(
    { question: ' ', subject: ['the', ''], kind: 'relase', official: ['no domain'], since: 'soon' },
    via,
    falcons.system,
  )
  if (added.kind !== 'invalid') throw new Error(added.kind)
  expect(added.problems.map(({ field }) => field).toSorted()).toEqual([
    'official',
    'question',
    'since',
    'subject',
  ])
  for (const { fix } of added.problems) expect(fix).not.toBe('')
  const unknown = await addItem({ ...heron, kind: 'relase' }, via, falcons.system)
  expect(unknown).toMatchObject({ problems: [{ field: 'kind', fix: 'did you mean "release"?' }] })
})

test('an edit writes down what changed, judges what is stored anew, and tells nobody', async () => {
  await falcons.came(news('1', 'Acme releases Heron Two', '2025-08-01'))
  await addItem({ ...heron, id: 'heron', since: '2025-01-01' }, via, falcons.system)
  expect(await standing('heron')).toBe('open')
  const edited = await editItem('heron', { subject: ['Heron 2', 'Heron Two'] }, via, falcons.system)
  expect(edited).toMatchObject({
    kind: 'edited',
    judgedAnew: true,
    changes: [{ field: 'subject', before: ['Heron 2'], after: ['Heron 2', 'Heron Two'] }],
    stored: { standing: { status: 'happened' } },
  })
  // it had no history: it gets the one that it would have had, with its evidence
  const { pool } = falcons.system.db
  expect((await changesOf(pool, ['heron'])).get('heron')).toMatchObject([{ kind: 'status', to: 'happened' }])
  expect(await countRows(falcons.system.db, 'evidence')).toBe(1)
  expect(await countRows(falcons.system.db, 'alert')).toBe(0)
  expect((await editsOf(pool, 'heron')).map(({ what, via: by }) => [what, by])).toEqual([
    ['edited', 'page'],
    ['added', 'page'],
  ])
})

test('a question that has a history keeps it: one correction says where it stands by its new words', async () => {
  await addItem({ ...heron, id: 'heron', since: '2025-01-01' }, via, falcons.system)
  await falcons.came(news('1', 'Acme releases Heron 2', '2025-08-01'))
  expect(await standing('heron')).toBe('happened')
  const alerts = await countRows(falcons.system.db, 'alert')
  await editItem('heron', { subject: ['Heron 3'], topic: 'birds' }, via, falcons.system)
  expect(await standing('heron')).toBe('open')
  const { pool } = falcons.system.db
  expect((await changesOf(pool, ['heron'])).get('heron')).toMatchObject([
    { kind: 'status', to: 'happened' },
    { kind: 'correction', from: 'happened', to: 'open', reason: expect.stringContaining('edited') as string },
  ])
  expect(await countRows(falcons.system.db, 'alert')).toBe(alerts)
  // what proved the old change is still there
  expect(await countRows(falcons.system.db, 'evidence')).toBe(1)
})

test('after an edit it stands as a preview of the same words says', async () => {
  await addItem({ ...heron, id: 'heron', since: '2025-01-01' }, via, falcons.system)
  await falcons.came(
    news('1', 'Acme will release Heron Two in June', '2025-03-01'),
    news('2', 'Acme delays Heron Two to autumn', '2025-05-01'),
    news('3', 'Heron Two looks nice', '2025-06-01'),
  )
  const edited = await editItem('heron', { subject: ['Heron Two'] }, via, falcons.system)
  if (edited.kind !== 'edited') throw new Error(edited.kind)
  const { item, standing: stands } = edited.stored
  const seen = await preview(falcons.system.db, item, falcons.system.config())
  expect(stands.status).toBe('delayed')
  expect(seen.standing).toEqual({ ...stands, rejected: [] })
})

test('an edit that changes nothing, or only the topic, judges nothing', async () => {
  await addItem({ ...heron, id: 'heron' }, via, falcons.system)
  expect(await editItem('heron', { subject: ['Heron 2'] }, via, falcons.system)).toMatchObject({
    kind: 'unchanged',
  })
  expect(await editItem('heron', { topic: 'birds' }, via, falcons.system)).toMatchObject({
    kind: 'edited',
    judgedAnew: false,
  })
})

test('what the configuration manages is changed in its file, which is named', async () => {
  const { system } = falcons
  expect(await editItem('falcon', { topic: 'x' }, via, system)).toMatchObject({
    kind: 'managed',
    file: 'test',
  })
  expect(await changeItemState('falcon', 'remove', via, system)).toMatchObject({
    kind: 'managed',
    file: 'test',
  })
  expect(await changeItemState('falcon', 'pause', via, system)).toMatchObject({ kind: 'changed' })
  expect(await changeItemState('heron', 'pause', via, system)).toMatchObject({ kind: 'no-item' })
})

test('what came while a question was paused is judged when it is resumed, silently', async () => {
  const { system } = falcons
  await changeItemState('falcon', 'pause', via, system)
  await falcons.came(news('1', 'Acme releases Falcon 3', '2025-08-01'))
  expect(await standing('falcon')).toBe('open')
  await changeItemState('falcon', 'resume', via, system)
  expect(await standing('falcon')).toBe('happened')
  expect(await countRows(system.db, 'alert')).toBe(0)
  await changeItemState('falcon', 'resume', via, system)
  expect((await editsOf(system.db.pool, 'falcon')).map(({ what }) => what)).toEqual(['resumed', 'paused'])
})

test('what was removed can be neither paused nor edited, and the question can be asked again', async () => {
  const { system } = falcons
  await addItem({ ...heron, id: 'heron' }, via, system)
  expect(await changeItemState('heron', 'remove', via, system)).toMatchObject({
    kind: 'changed',
    state: 'retired',
  })
  expect(await changeItemState('heron', 'pause', via, system)).toMatchObject({ kind: 'removed' })
  expect(await editItem('heron', { topic: 'birds' }, via, system)).toMatchObject({ kind: 'removed' })
  expect(await addItem({ ...heron, id: 'heron' }, via, system)).toMatchObject({
    kind: 'id-taken',
    free: 'heron-2',
  })
})
