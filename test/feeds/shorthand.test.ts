import { expect, test } from 'vitest'
import { publicServices } from '../../src/config/schema/services.ts'
import { addressFor, feedUrlFor, pageAddress } from '../../src/feeds/shorthand.ts'
import { howToWrite } from '../../src/feeds/shorthand-forms.ts'

const models = 'https://huggingface.co/api/models?author=openai&sort=createdAt&direction=-1&limit=50'

test.each([
  ['https://github.com/openai/gpt-oss', 'https://github.com/openai/gpt-oss/releases.atom'],
  ['https://github.com/openai/gpt-oss/issues/1', 'https://github.com/openai/gpt-oss/releases.atom'],
  ['https://github.com/openai/gpt-oss/commits/main', 'https://github.com/openai/gpt-oss/commits/main.atom'],
  ['github:openai/gpt-oss', 'https://github.com/openai/gpt-oss/releases.atom'],
  ['github.com/openai/gpt-oss', 'https://github.com/openai/gpt-oss/releases.atom'],
  ['hf:openai', models],
  ['https://huggingface.co/openai', models],
  ['https://huggingface.co/openai/gpt-oss-120b', models],
  ['https://huggingface.co/models?author=openai&sort=trending', models],
  ['https://huggingface.co/organizations/openai/activity/models', models],
  ['news:open weights', 'https://news.google.com/rss/search?q=open%20weights'],
  [
    'https://news.google.com/search?q=gpt&hl=en-US&gl=US',
    'https://news.google.com/rss/search?q=gpt&hl=en-US&gl=US',
  ],
  ['hn: open weights', 'https://hnrss.org/newest?q=open%20weights'],
  ['https://hn.algolia.com/?q=mistral', 'https://hnrss.org/newest?q=mistral'],
  [
    'https://hn.algolia.com/?dateRange=all&query=open+weights&type=story',
    'https://hnrss.org/newest?q=open%20weights',
  ],
  ['https://news.ycombinator.com', 'https://news.ycombinator.com/rss'],
  ['https://arxiv.org/list/cs.CL/recent', 'https://rss.arxiv.org/rss/cs.CL'],
  ['https://www.youtube.com/channel/UCXZ', 'https://www.youtube.com/feeds/videos.xml?channel_id=UCXZ'],
  ['https://www.youtube.com/playlist?list=PL1', 'https://www.youtube.com/feeds/videos.xml?playlist_id=PL1'],
  ['yt:@OpenAI', 'https://www.youtube.com/@OpenAI'],
  ['youtube:OpenAI', 'https://www.youtube.com/@OpenAI'],
  ['reddit:LocalLLaMA', 'https://www.reddit.com/r/LocalLLaMA/new/.rss'],
  ['reddit.com/r/LocalLLaMA', 'https://www.reddit.com/r/LocalLLaMA/new/.rss'],
  ['r/LocalLLaMA', 'https://www.reddit.com/r/LocalLLaMA/new/.rss'],
  ['https://old.reddit.com/r/LocalLLaMA/top', 'https://www.reddit.com/r/LocalLLaMA/new/.rss'],
  ['@jane@social.example', 'https://social.example/@jane.rss'],
  ['https://social.example/@jane', 'https://social.example/@jane.rss'],
  ['https://bsky.app/profile/jane.example', 'https://bsky.app/profile/jane.example/rss'],
  ['https://medium.com/@jane', 'https://medium.com/feed/@jane'],
])('%s is read at %s', (pasted, url) => {
  expect(feedUrlFor(pasted)).toBe(url)
})

test('an arXiv search asks for the newest papers', () => {
  expect(feedUrlFor('arxiv:mixture of experts')).toMatch(
    /^https:\/\/export\.arxiv\.org\/api\/query\?search_query=all.*sortBy=submittedDate/,
  )
})

test('an arXiv search may say where to look', () => {
  expect(feedUrlFor('arxiv:cat:cs.CL AND ti:reasoning')).toContain(
    '?search_query=cat%3Acs.CL%20AND%20ti%3Areasoning&',
  )
})

test.each([
  'https://example.org/',
  'https://github.com/openai',
  'https://github.com/orgs/openai/repositories',
  'https://github.com/topics/llm',
  'https://huggingface.co/blog/gpt-oss',
  'https://huggingface.co/models',
  'https://www.youtube.com/@OpenAI',
  'github:openai',
  'https://github.com/a/b/releases.atom',
  'hello',
  '',
  'http://[',
])('%s is to be looked at', (pasted) => {
  expect(feedUrlFor(pasted)).toBeNull()
})

test("a site of one's own in place of a public one is known by its address, and shorthands lead to it", () => {
  const services = { ...publicServices, github: 'http://git.lan:3000', youtube: 'https://tube.example' }
  const releases = 'http://git.lan:3000/a/b/releases.atom'
  expect(feedUrlFor('github:a/b', services)).toBe(releases)
  expect(feedUrlFor('http://git.lan:3000/a/b', services)).toBe(releases)
  expect(feedUrlFor('https://github.com/a/b', services)).toBe(releases)
  expect(feedUrlFor('https://tube.example/@jane', services)).toBeNull()
})

test.each([
  ['example.org/blog', 'https://example.org/blog'],
  ['192.0.2.1:8080/feed', 'https://192.0.2.1:8080/feed'],
  ['feed://example.org/rss', 'http://example.org/rss'],
  ['feed:https://example.org/rss', 'https://example.org/rss'],
  ['feed:https://github.com/a/b', 'https://github.com/a/b/releases.atom'],
  [' https://example.org/a?b ', 'https://example.org/a?b'],
  ['nourl', 'nourl'],
])('%s is asked for at %s', (pasted, url) => {
  expect(addressFor(pasted, publicServices)).toBe(url)
})

test('the address of a page is itself, also where a feed is known for it', () => {
  expect(pageAddress('github.com/a/b')).toBe('https://github.com/a/b')
})

test.each([
  ['github:openai', 'write it as github:owner/name'],
  ['youtube:', 'write it as youtube:@channel'],
  ['open weights', 'write an address in full, with https:// (or http://) in front, or a shorthand: github:'],
])('of "%s", which is neither address nor shorthand, it is told how to write it', (pasted, told) => {
  expect(howToWrite(pasted)).toContain(told)
})
