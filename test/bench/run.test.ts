import { spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { benchmarks } from '../../bench/registry.ts'
import { runBenchmarks } from '../../bench/run.ts'

const samples = [
  {
    name: 'failing',
    about: 'the sample failing',
    module: new URL('./samples/failing.ts', import.meta.url),
  },
  { name: 'tiny', about: 'the sample tiny', module: new URL('./samples/tiny.ts', import.meta.url) },
]

const runSamples = async (...args: readonly string[]) => {
  const written = { out: '', err: '' }
  const code = await runBenchmarks(args, samples, {
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    width: Number.POSITIVE_INFINITY,
  })
  return { code, ...written }
}

describe('npm run bench', () => {
  it('prints the machine, a table with each figure beside its yardstick, and what was skipped', async () => {
    const { code, out } = await runSamples('tiny')
    const [machine, , headings, counted, share, , skipped, ...rest] = out.split('\n')
    expect(code).toBe(0)
    expect(machine).toMatch(/ cores?, .* node v\d+.*, load average \d+\.\d before and \d+\.\d after/)
    expect(headings).toMatch(/^benchmark +figure +value +unit +beside$/)
    expect(counted).toMatch(/^tiny +words counted +1,234,568 +words\/s +2\.5 × fingers$/)
    expect(share).toMatch(/^tiny +share of nothing +0\.0123 +parts$/)
    expect(skipped).toBe('tiny: beside an abacus: skipped: there is no abacus here')
    expect(rest).toEqual([''])
  })

  it('prints nothing but JSON with --json, values unrounded', async () => {
    const { code, out, err } = await runSamples('--json', 'tiny')
    expect(code).toBe(0)
    expect(err).toContain('not a result')
    expect(JSON.parse(out)).toEqual({
      machine: expect.objectContaining({ node: process.version }) as unknown,
      rows: [
        expect.objectContaining({ figure: 'words counted', value: 1_234_567.8, ratio: 2.5 }),
        { bench: 'tiny', figure: 'share of nothing', value: 0.012345, unit: 'parts' },
      ],
      skipped: [{ bench: 'tiny', figure: 'beside an abacus', skipped: 'there is no abacus here' }],
      failed: [],
    })
  })

  it('runs the others when one fails, and ends with 1', async () => {
    const { code, out, err } = await runSamples()
    expect(code).toBe(1)
    expect(err).toContain('Error: the sample fails on purpose')
    expect(err).toContain('bench: failing failed')
    expect(out).toMatch(/^tiny +words counted/m)
    expect(out).toMatch(/^failing: FAILED: its process ended with 1/m)
  })

  it('answers an unknown name or option with the list of names and 2', async () => {
    for (const mistake of ['no-such', '--no-such']) {
      const { code, out, err } = await runSamples(mistake)
      expect(code).toBe(2)
      expect(out).toBe('')
      expect(err).toContain(mistake)
      expect(err).toMatch(/^ {2}failing {2}the sample failing\n {2}tiny {5}the sample tiny$/m)
    }
  })

  it('hands the exit code and the arguments through npm’s script', () => {
    const script = fileURLToPath(new URL('../../scripts/bench.mjs', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [script, 'no-such'], { encoding: 'utf8' })
    expect(stderr).toContain('there is no benchmark "no-such"')
    for (const { name } of benchmarks) expect(stderr).toContain(`  ${name}`)
    expect(status).toBe(2)
  })

  it('knows every benchmark in bench/', async () => {
    const folder = new URL('../../bench/', import.meta.url)
    const exporting: string[] = []
    for (const file of await readdir(folder)) {
      if (!file.endsWith('.ts')) continue
      const text = await readFile(new URL(file, folder), 'utf8')
      if (/^export (?:const|(?:async )?function) run\b/m.test(text)) exporting.push(file)
    }
    const registered = benchmarks.map(({ module }) => basename(module.pathname))
    expect(exporting.length).toBeGreaterThan(1)
    expect(registered.toSorted()).toEqual(exporting.toSorted())
    for (const { name, module } of benchmarks) expect(basename(module.pathname)).toBe(`${name}.ts`)
  })
})
