import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { maskedConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import { mask } from '../../src/config/mask.ts'
import { configFolder } from './folder.ts'

describe('the configuration as it is shown', () => {
  it('masks what came from the environment, secrets, header values and passwords in addresses', async () => {
    const directory = await configFolder({
      'openwatch.yaml': [
        'server: { port: "${PORT}" }',
        'polling: { userAgent: "watch of ${WHO}" }',
        'feeds: ["https://me:pass-word@feeds.example/x", "https://feeds.example/${KEY}/rss"]',
        'channels:',
        '  a:',
        '    type: webhook',
        '    url: https://hooks.example/open',
        '    secret: written-in-the-file',
        '    headers: { Authorization: "Bearer ${TOKEN}", X-Short: ab }',
        '  b: { type: webhook, url: "${HOOK_FILE}" }',
        '',
      ].join('\n'),
    })
    await writeFile(join(directory, 'hook'), 'https://hooks.example/deadbeef\n')
    const env = {
      PORT: '9123',
      WHO: 'me',
      KEY: 'k3y',
      TOKEN: 't0ken-t0ken',
      HOOK_FILE: join(directory, 'hook'),
    }
    const loaded = await loadConfig({ directory, env, now: new Date(0) })
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))

    expect(loaded.config.channels).toMatchObject([{ headers: { Authorization: 'Bearer t0ken-t0ken' } }, {}])
    const shown = maskedConfig(loaded.config)
    expect(shown).toMatchObject({
      server: { host: '127.0.0.1', port: '•••' },
      polling: { userAgent: '•••' },
      feeds: [{ url: 'https://•••@feeds.example/x' }, { url: '•••' }],
      channels: [
        {
          id: 'a',
          type: 'webhook',
          url: 'https://hooks.example/open',
          secret: '•••',
          headers: { Authorization: '•••', 'X-Short': '•••' },
        },
        { id: 'b', url: '•••' },
      ],
      outlets: {},
    })
    expect(JSON.stringify(shown)).not.toMatch(/9123|pass-word|k3y|written-in|t0ken|deadbeef/)
  })
})

describe('a text without secrets', () => {
  it('hides a long secret wherever it stands, and the longer of two that overlap whole', () => {
    expect(mask('post to abcdef-long or abcdef', new Set(['abcdef', 'abcdef-long']))).toBe(
      'post to ••• or •••',
    )
  })

  it('hides a short one only where it is all there is, so that words stay words', () => {
    expect(mask('me', new Set(['me']))).toBe('•••')
    expect(mask('some "me" times', new Set(['me']))).toBe('some "•••" times')
  })

  it('leaves an address without a password alone', () => {
    expect(mask('https://example.org/@someone', new Set())).toBe('https://example.org/@someone')
  })
})
