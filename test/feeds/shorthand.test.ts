import { expect, test } from 'vitest'
import { feedUrlFor } from '../../src/feeds/shorthand.ts'

test.each([
  ['https://github.com/openai/gpt-oss', 'https://github.com/openai/gpt-oss/releases.atom'],
  ['https://github.com/openai/gpt-oss/issues/1', 'https://github.com/openai/gpt-oss/releases.atom'],
  ['https://github.com/openai/gpt-oss/commits/main', 'https://github.com/openai/gpt-oss/commits/main.atom'],
  ['github:openai/gpt-oss', 'https://github.com/openai/gpt-oss/releases.atom'],
  ['news:open weights', 'https://news.google.com/rss/search?q=open%20weights'],
  [
    'https://news.google.com/search?q=gpt&hl=en-US&gl=US',
    'https://news.google.com/rss/search?q=gpt&hl=en-US&gl=US',
  ],
  ['hn: open weights', 'https://hnrss.org/newest?q=open%20weights'],
  ['https://hn.algolia.com/?q=mistral', 'https://hnrss.org/newest?q=mistral'],
  ['https://news.ycombinator.com', 'https://news.ycombinator.com/rss'],
  ['https://arxiv.org/list/cs.CL/recent', 'https://rss.arxiv.org/rss/cs.CL'],
  ['https://www.youtube.com/channel/UCXZ', 'https://www.youtube.com/feeds/videos.xml?channel_id=UCXZ'],
  ['https://www.youtube.com/playlist?list=PL1', 'https://www.youtube.com/feeds/videos.xml?playlist_id=PL1'],
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

test.each([
  'https://example.org/',
  'https://github.com/openai',
  'https://github.com/a/b/releases.atom',
  'hello',
  '',
  'http://[',
])('%s is to be looked at', (pasted) => {
  expect(feedUrlFor(pasted)).toBeNull()
})
