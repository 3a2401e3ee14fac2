import { expect, test } from 'vitest'
import { testSystem } from '../support/system.ts'
import { targets } from './registry.ts'
import { fuzz } from './session.ts'
import type { Start } from './target.ts'

// The short form of `npm run fuzz`: it shows that every target works, and that nothing lies near the surface.
test.each(targets)('$name: $about', { timeout: 120_000 }, async ({ module }) => {
  const { start } = (await import(/* @vite-ignore */ module.href)) as { readonly start: Start }
  const target = await start({ system: testSystem })
  const batch = target.shortRuns ?? 25
  try {
    const { runs, findings } = await fuzz(target, { seed: 1, batch, isOver: (done) => done > 0 })
    expect(findings).toEqual([])
    expect(runs).toBe(batch)
  } finally {
    await target.close?.()
  }
})
