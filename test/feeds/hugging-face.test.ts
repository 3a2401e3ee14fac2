import { expect, test } from 'vitest'
import { FeedFormatError, parseFeed, type ParsedFeed } from '../../src/feeds/parse.ts'
import { now } from './read.ts'

const url = 'https://huggingface.co/api/models?author=acme&sort=createdAt&direction=-1&limit=50'

function readList(models: unknown, at = url): Promise<ParsedFeed> {
  return parseFeed(Buffer.from(JSON.stringify(models)), { url: at, contentType: 'application/json', now })
}

const model = {
  _id: '68913522f16f3c8aaffccf1f',
  id: 'acme/gizmo-20b',
  likes: 1,
  private: false,
  downloads: 5,
  tags: ['safetensors', 'license:apache-2.0', 'region:us'],
  pipeline_tag: 'text-generation',
  createdAt: '2025-08-04T22:33:06.000Z',
  modelId: 'acme/gizmo-20b',
}

test('each model of the list is an entry that says that it was released, by whom and under which licence', async () => {
  const feed = await readList([model, { id: 'acme/plain' }])
  expect(feed).toMatchObject({
    title: 'Models of acme on Hugging Face',
    homeUrl: 'https://huggingface.co/acme',
    skipped: [],
  })
  expect(feed.entries).toMatchObject([
    {
      id: 'acme/gizmo-20b',
      url: 'https://huggingface.co/acme/gizmo-20b',
      outlet: 'huggingface.co',
      author: 'acme',
      title: 'acme/gizmo-20b',
      text: 'acme has released the model gizmo-20b on Hugging Face (text-generation, licence: apache-2.0).',
      publishedAt: new Date('2025-08-04T22:33:06Z'),
    },
    { text: 'acme has released the model plain on Hugging Face.', publishedAt: null },
  ])
})

test('what changes by the hour is no part of an entry', async () => {
  const one = await readList([model])
  const other = await readList([{ ...model, likes: 2000, downloads: 90_000, trendingScore: 7 }])
  expect(other.entries).toEqual(one.entries)
})

test('what is no model is skipped and counted, and an organisation without models is an empty feed', async () => {
  expect((await readList([model, { id: 7 }, null])).skipped).toHaveLength(2)
  expect((await readList([])).entries).toEqual([])
})

test.each<[string, unknown, string]>([
  ['a list of other things', [{ name: 'x' }], url],
  ['an error in words', { error: 'Not found' }, url],
  ['a list at another address', [model], 'https://huggingface.co/api/other'],
])('%s is no feed', async (_what, body, at) => {
  await expect(readList(body, at)).rejects.toThrow(FeedFormatError)
})
