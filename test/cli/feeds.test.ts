import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configFolder } from '../config/folder.ts'
import { createPool } from '../../src/store/pool.ts'
import { confirmSubscription, noteHubs } from '../../src/store/subscriptions.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { command, linesWiderThan } from './command.ts'
import { inProcess, type Said } from './in-process.ts'

const names = [
  'site',
  'github',
  'huggingFace',
  'googleNews',
  'hackerNews',
  'arxiv',
  'youtube',
  'reddit',
] as const
type Name = (typeof names)[number]

const cleaning: (() => Promise<void>)[] = []
const servers = new Map<Name, FeedServer>()
let database: TestDatabase
let folder: string
let env: Record<string, string>

/** The look-alike of a site. */
function at(name: Name): FeedServer {
  const server = servers.get(name)
  if (server === undefined) throw new Error(`no look-alike of ${name}`)
  return server
}

const url = (name: Name, path = '') => at(name).url + path
const run = (...args: string[]): Promise<Said> => inProcess(['feeds', ...args], { env })
const poll = (id: string): Promise<Said> => inProcess(['poll', id], { env })

/** Runs a command that must come to a good end, and gives what it printed. */
async function done(...args: string[]): Promise<string> {
  const { code, out, err } = await run(...args)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

/** Adds a feed and gives its number. */
async function added(...args: string[]): Promise<string> {
  return /feed #(\d+) added/.exec(await done('add', ...args))?.[1] ?? ''
}

function page(name: Name, path: string, body: string): void {
  at(name).set(path, { body, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

function feed(name: Name, path: string, title: string, newest = new Date('2025-08-05T10:00:00Z')): void {
  const entries = [
    { id: `${path}#2`, title: `${title} 2`, at: newest },
    { id: `${path}#1`, title: `${title} 1`, at: new Date('2025-07-01T10:00:00Z') },
  ]
  at(name).set(path, { body: rss(entries, title) })
}

const announce = (path: string, title = 'News') =>
  `<link rel="alternate" type="application/rss+xml" title="${title}" href="${path}">`

const modelsPath = '/api/models?author=acme&sort=createdAt&direction=-1&limit=50'
const arxivPath =
  '/api/query?search_query=all%3A%22open%20weights%22&sortBy=submittedDate&sortOrder=descending&max_results=50'

beforeAll(async () => {
  database = await createTestDatabase()
  for (const name of names) servers.set(name, await startFeedServer())
  const services = names.filter((name) => name !== 'site').map((name) => `  ${name}: ${url(name)}\n`)
  folder = await configFolder(
    {
      'openwatch.yaml': `polling: { allowPrivateHosts: [127.0.0.1] }\nservices:\n${services.join('')}`,
    },
    (clean) => cleaning.push(clean),
  )
  env = { DATABASE_URL: database.url, OPENWATCH_CONFIG: folder }
})

afterAll(async () => {
  for (const server of servers.values()) await server.close()
  await database.drop()
  for (const clean of cleaning) await clean()
})

describe('feeds add finds the feed behind what people paste', () => {
  beforeAll(() => {
    feed('site', '/direct.xml', 'Direct')
    page('site', '/blog/', `<head>${announce('/blog/atom', 'Blog')}${announce('/blog/c', 'Comments')}</head>`)
    feed('site', '/blog/atom', 'Blog')
    page('site', '/quiet/', '<p>Not a word about feeds</p>')
    feed('site', '/quiet/feed.xml', 'Quiet')
    feed('github', '/acme/gizmo/releases.atom', 'Releases')
    const models = [{ id: 'acme/gizmo-20b', createdAt: '2025-08-05T00:00:00Z', tags: [] }]
    at('huggingFace').set(modelsPath, { body: JSON.stringify(models) })
    feed('googleNews', '/rss/search?q=open%20weights', 'Google News')
    feed('hackerNews', '/newest?q=open%20weights', 'Hacker News')
    feed('arxiv', arxivPath, 'arXiv')
    page('youtube', '/@acme', announce('/feeds/videos.xml?channel_id=UC1', 'RSS'))
    feed('youtube', '/feeds/videos.xml?channel_id=UC1', 'Acme videos')
    feed('reddit', '/r/acme/new/.rss', 'Subreddit')
  })

  const of2025 = '2 entries, the newest of 5 Aug 2025'
  it.each<[string, () => string, () => string, string]>([
    [
      'the address of a feed',
      () => url('site', '/direct.xml'),
      () => url('site', '/direct.xml'),
      `Direct: ${of2025}`,
    ],
    [
      'a page that announces its feed',
      () => url('site', '/blog/'),
      () => url('site', '/blog/atom'),
      `Blog: ${of2025}`,
    ],
    [
      'a page with a feed in a usual place',
      () => url('site', '/quiet/'),
      () => url('site', '/quiet/feed.xml'),
      `Quiet: ${of2025}`,
    ],
    [
      'a repository of GitHub',
      () => url('github', '/acme/gizmo/issues/7'),
      () => url('github', '/acme/gizmo/releases.atom'),
      `Releases: ${of2025}`,
    ],
    [
      'the models of an organisation',
      () => 'hf:acme',
      () => url('huggingFace', modelsPath),
      'Models of acme on Hugging Face: 1 entry, the newest of 5 Aug 2025',
    ],
    [
      'a search of Google News',
      () => url('googleNews', '/search?q=open+weights'),
      () => url('googleNews', '/rss/search?q=open%20weights'),
      `Google News: ${of2025}`,
    ],
    [
      'a search of Hacker News',
      () => 'hn: open weights',
      () => url('hackerNews', '/newest?q=open%20weights'),
      `Hacker News: ${of2025}`,
    ],
    ['an arXiv query', () => 'arxiv:open weights', () => url('arxiv', arxivPath), `arXiv: ${of2025}`],
    [
      'a handle of YouTube',
      () => 'youtube:@acme',
      () => url('youtube', '/feeds/videos.xml?channel_id=UC1'),
      `Acme videos: ${of2025}`,
    ],
    ['a subreddit', () => 'r/acme', () => url('reddit', '/r/acme/new/.rss'), `Subreddit: ${of2025}`],
  ])('%s', async (_what, pasted, found, seen) => {
    const told = await done('add', pasted())
    expect(told.replace(/^feed #\d+ /, '')).toContain(`added: ${found()}\n  ${seen}\n`)
  })

  it('and knows what is polled already, however it is written', async () => {
    for (const pasted of [url('youtube', '/@acme'), 'github:acme/gizmo', url('site', '/direct.xml')]) {
      const { code, err } = await run('add', pasted)
      expect(err).toMatch(/is polled already \(#\d+, from user\)\n$/)
      expect(code).toBe(2)
    }
  })

  it('and says of a feed that is paused or retired that it is, and how it is polled again', async () => {
    for (const path of ['/rests', '/ends']) feed('site', path, `Feed ${path}`)
    const [rests, ends] = [await added(url('site', '/rests')), await added(url('site', '/ends'))]
    await done('pause', rests)
    at('site').set('/ends', { status: 410 })
    await poll(ends)
    const again = async (path: string) => (await run('add', url('site', path))).err
    expect(await again('/rests')).toMatch(
      new RegExp(
        `but paused \\(#${rests}, from user\\); openwatch feeds resume ${rests} has it polled again`,
      ),
    )
    expect(await again('/ends')).toMatch(/but retired: the publisher says that this feed is over \(410\) \(#/)
    expect((await run('pause', ends)).err).toContain(`openwatch feeds resume ${ends}`)
    for (const id of [rests, ends]) await run('remove', id, '--yes')
  })

  it('and tells the password in an address to nobody', async () => {
    feed('site', '/locked', 'Locked')
    const id = await added(url('site', '/locked').replace('//', '//jane:hush@'))
    const link = `https://example.org/${encodeURIComponent('/locked#2')}`
    const said = [
      await poll(id),
      await run('list'),
      await run('test', id),
      await inProcess(['explain', link], { env }),
      await run('remove', id, '--yes'),
    ]
    expect(said.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
    expect(said[3]?.out).toContain('http://***@127.0.0.1')
    expect(JSON.stringify(said)).not.toContain('hush')
  })

  it('and tells how to write what is neither an address nor a shorthand', async () => {
    expect((await run('add', 'github:acme')).err).toContain('write it as github:owner/name')
    expect((await run('add', 'open weights')).err).toContain('or a shorthand: github:owner/name, hf:')
  })
})

describe('feeds add, where it is not plain which feed is meant', () => {
  it('lists the feeds of a page, takes the first or all of them when told so, and what is broken is said', async () => {
    const paths = ['/many/a', '/many/b', '/many/broken']
    page('site', '/many/', paths.map((path) => announce(path, `Feed ${path}`)).join(''))
    for (const path of paths.slice(0, 2)) feed('site', path, path)
    const choose = await run('add', url('site', '/many/'))
    expect(choose).toMatchObject({ code: 1, out: '' })
    expect(choose.err).toContain(`has 3 feeds:\n  ${url('site', '/many/a')}  Feed /many/a\n`)
    expect(choose.err).toContain('with --first or --all')
    expect(await done('add', url('site', '/many/'), '--first')).toContain(
      `added: ${url('site', '/many/a')}\n`,
    )
    const all = await command(['feeds', 'add', url('site', '/many/'), '--all'], env)
    expect(all.code).toBe(0)
    expect(all.out).toContain(`added: ${url('site', '/many/b')}\n`)
    expect(all.err).toMatch(/\/many\/a is polled already.*\nnot added: .*\/many\/broken answered 404/)
  })

  it('says that a page has none and how to watch the page itself; a selector makes it a feed', async () => {
    page(
      'site',
      '/plain/',
      '<title>Plain</title><p class="post"><a href="/p/1">Gizmo 1</a></p><a href="/">Home</a>',
    )
    const none = await run('add', url('site', '/plain/'))
    expect(none.code).toBe(1)
    expect(none.err).toMatch(
      /is no feed, points to none.*\n.*\n +openwatch feeds add \S+\/plain\/ --selector "\.post a"/,
    )
    const wrong = await run('add', url('site', '/plain/'), '--selector', '.gone a')
    expect(wrong.err).toContain('nothing on the page matches the selector .gone a')
    expect(wrong.code).toBe(1)
    const id = await added(url('site', '/plain/'), '--selector', '.post a')
    expect(await done('test', id)).toMatch(/\nPlain: 1 entry, none with a date\n {2}Gizmo 1\n$/)
    expect((await poll(id)).out).toMatch(/new +1 /)
  })

  it('takes a page with a selector as it is, also where a feed is known for it', async () => {
    page('github', '/acme/pages', '<title>Pages</title><p class="post"><a href="/p/9">Gizmo 9</a></p>')
    const told = await done('add', url('github', '/acme/pages'), '--selector', '.post a')
    expect(told).toContain(`added: ${url('github', '/acme/pages')}\n  Pages: 1 entry`)
  })

  it('gives an address as a shell takes it, and none that is masked', async () => {
    expect((await run('add', url('site', '/later?a=1&b=2'))).err).toContain(
      `openwatch feeds add '${url('site', '/later?a=1&b=2')}' --no-check`,
    )
    const secret = (await run('add', url('site', '/later?token=hush'))).err
    expect(secret).toContain('unseen: the same again with --no-check')
    expect(secret).not.toContain('hush')
  })

  it('says of an address that speaks no https what to write', async () => {
    const { err } = await run('add', url('site', '/direct.xml').replace('http://', ''))
    expect(err).toMatch(/^openwatch: https:\S+: the server does not speak https there; write http:\/\//)
  })

  it('refuses a selector that is none', async () => {
    const { code, err } = await run('add', url('site', '/plain/'), '--selector', 'a[')
    expect(err).toMatch(/^openwatch: --selector: "a\[" is no CSS selector/)
    expect(code).toBe(2)
  })

  it('does not add what does not answer, unless told to add it unseen', async () => {
    const { code, err } = await run('add', url('site', '/later'))
    expect(err).toMatch(/answered 404[^]*unseen: openwatch feeds add \S+\/later --no-check\n$/)
    expect(code).toBe(1)
    const told = await done('add', url('site', '/later'), '--no-check')
    expect(told).toMatch(
      /^feed #\d+ added unseen: [^]*nobody has looked whether it is a feed; openwatch feeds test \d+/,
    )
    expect(await done('add', 'github:acme/other', '--no-check')).toContain('/acme/other/releases.atom\n')
  })
})

describe('lists of feeds in OPML', () => {
  const opml = (...lines: string[]) => `<opml version="2.0">\n<body>\n${lines.join('\n')}\n</body>\n</opml>\n`
  const outline = (xmlUrl: string) => `<outline type="rss" text="A feed" xmlUrl="${xmlUrl}"/>`

  it('are imported with their topics, each feed once, and what is broken is told by its line', async () => {
    const file = join(folder, 'in.opml')
    const folders = `<outline text="AI Labs">${outline('https://a.example/feed')}</outline>`
    await writeFile(
      file,
      opml(
        folders,
        outline('ftp://x/'),
        outline('https://a.example/feed'),
        outline('https://b.example/?token=hush'),
      ),
    )
    const first = await run('import', file)
    expect(first).toEqual({
      code: 0,
      out: '2 feeds imported, 1 problem told above\n',
      err: expect.stringMatching(/in\.opml:4: A feed has "ftp:\/\/x\/" for an address.*\n$/) as string,
    })
    expect((await run('import', file)).out).toContain('0 feeds imported, 2 polled already')
  })

  it('are exported, secrets masked unless asked for, and read back the same', async () => {
    const file = join(folder, 'out.opml')
    const { out, err } = await run('export', '--out', file)
    expect(out).toMatch(/^\d+ feeds written to .*out\.opml\n$/)
    expect(err).toBe('a password or key is masked; --with-secrets writes them\n')
    const text = await readFile(file, 'utf8')
    expect(text).toContain('category="ai-labs"')
    expect(text).toContain('openwatch:selector=".post a"')
    expect(text).not.toContain('hush')
    const whole = await done('export', '--with-secrets')
    expect(whole).toContain('token=hush')
    await writeFile(file, whole)
    expect(await done('import', file)).toMatch(/^0 feeds imported, \d+ polled already\n$/)
  })

  it('are not written to a folder that is not there', async () => {
    const { code, err } = await run('export', '--out', join(folder, 'nowhere', 'out.opml'))
    expect(err).toMatch(/out\.opml cannot be written: there is no such folder\n$/)
    expect(code).toBe(1)
  })

  it.each([
    ['that is none', 'hello', /no <opml> element[^]*nothing could be imported/],
    [
      'without a usable line',
      opml(outline('nowhere')),
      /:3: A feed has "nowhere"[^]*nothing could be imported/,
    ],
  ])('a file %s ends with 1', async (_what, text, says) => {
    const file = join(folder, 'bad.opml')
    await writeFile(file, text)
    const { code, out, err } = await run('import', file)
    expect(err).toMatch(says)
    expect({ code, out }).toEqual({ code: 1, out: '' })
  })
})

describe('feeds list', () => {
  it('shows at a glance which feeds are healthy, failing, stale, paused and retired, and why', async () => {
    feed('site', '/good', 'Good', new Date())
    for (const name of ['silent', 'rest', 'over']) feed('site', `/${name}`, `Feed ${name}`)
    const ids = new Map<string, string>()
    for (const name of ['good', 'silent', 'rest', 'over']) ids.set(name, await added(url('site', `/${name}`)))
    const id = (name: string) => ids.get(name) ?? ''
    ids.set('later', /#(\d+)/.exec((await run('add', url('site', '/later'), '--no-check')).err)?.[1] ?? '')
    at('site').set('/over', { status: 410 })
    for (const name of ['good', 'silent', 'over', 'later']) await poll(id(name))
    expect(await done('pause', id('rest'))).toContain(`openwatch feeds resume ${id('rest')}`)

    const list = await done('list')
    expect(list).toMatch(
      /^\d+ feeds: \d+ healthy, 1 failing, 1 stale, \d+ not polled yet, 1 paused, 1 retired\n\n/,
    )
    const healths = { good: 'healthy', later: 'failing', silent: 'stale', rest: 'paused', over: 'retired' }
    for (const [name, health] of Object.entries(healths))
      expect(list).toMatch(new RegExp(`^ *${id(name)} +${health} .*/${name}$`, 'm'))
    expect(list).toMatch(
      new RegExp(`! #${id('later')} [^]*failing for .* \\(1 poll\\): .*answered 404[^]*for a new one`),
    )
    expect(list).toMatch(
      new RegExp(`! #${id('silent')} Feed silent\\n +stale: .*nothing new since 5 Aug 2025`),
    )
    expect(list).toMatch(
      new RegExp(`! #${id('over')} Feed over\\n +retired: the publisher says that this feed is over`),
    )
    expect(list).not.toContain('hush')
    expect(linesWiderThan(80, list)).toEqual([])
  })

  it('shows a feed that was paused or retired as due when it is resumed', async () => {
    const list = await done('list')
    for (const health of ['paused', 'retired']) {
      const id = new RegExp(`^ *(\\d+) +${health} `, 'm').exec(list)?.[1] ?? ''
      expect(await done('resume', id)).toContain('is polled again, at once')
      expect(await done('list')).toMatch(new RegExp(`^ *${id} +\\w+ +.* now +http`, 'm'))
    }
  })

  it('shows the feeds of a host that asked to be left alone as held', async () => {
    const server = await startFeedServer()
    try {
      server.set('/busy', { status: 429, headers: { 'retry-after': '1800' } })
      const feeds = [`${server.url}/busy`, `${server.url}/quiet`]
      for (const one of feeds) await done('add', one, '--no-check')
      await inProcess(['poll', feeds[0] ?? ''], { env })
      const list = await done('list')
      expect(list).toMatch(/^ *\d+ +failing .* in (29|30) min +\S+\/busy$/m)
      expect(list).toMatch(/^ *\d+ +waiting .* held, in (29|30) min +\S+\/quiet$/m)
      for (const one of feeds) await run('remove', one, '--yes')
    } finally {
      await server.close()
    }
  })

  it('marks the feeds that a hub delivers', async () => {
    const id = Number(/^ *(\d+) +healthy .*\/good$/m.exec(await done('list'))?.[1])
    const pool = createPool(database.connection)
    try {
      const now = new Date()
      const topic = url('site', '/good')
      await noteHubs(pool, id, { hubs: ['https://hub.example/'], topic }, now)
      const { rows } = await pool.query<{ id: string }>(
        `update subscription set state = 'asked' returning id`,
      )
      const lease = { now, expiresAt: new Date(now.getTime() + 86_400_000), renewAt: now }
      expect(await confirmSubscription(pool, { id: rows[0]?.id ?? '', topic }, lease)).toBe(true)
    } finally {
      await pool.end()
    }
    const { out: list } = await command(['feeds', 'list'], env)
    expect(list).toMatch(/^\d+ feeds: .*; 1 pushed by hubs\n/)
    expect(list).toMatch(new RegExp(`^ *${id} +healthy .* pushed, in .*/good$`, 'm'))
    expect(linesWiderThan(80, list)).toEqual([])
  })

  it('of what cannot be paused, tested or resumed says why', async () => {
    expect((await run('pause', '999')).err).toMatch(/no feed "999"; openwatch feeds list/)
    const failing = await run('test', url('site', '/later'))
    expect(failing.err).toContain('answered 404')
    expect(failing.code).toBe(1)
  })
})
