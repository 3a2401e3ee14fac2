import { describe, expect, it } from 'vitest'
import { terminalPaint } from '../../src/cli/paint.ts'
import { buildReport } from '../../src/report/build.ts'
import { unpainted } from '../../src/report/paint.ts'
import { renderText } from '../../src/report/render-text.ts'
import { everyStanding, sampleNow } from '../report/sample.ts'

// eslint-disable-next-line no-control-regex -- the codes that colours are made of
const codes = /\u001b\[[0-9;]*m/g

describe('colours in the terminal', () => {
  const report = buildReport(everyStanding, sampleNow)

  it('change no word and break no line of the report', () => {
    for (const width of [50, 80, 120]) {
      const painted = renderText(report, width, terminalPaint(true))
      expect(painted).toMatch(codes)
      expect(painted.replace(codes, '')).toBe(renderText(report, width, unpainted))
    }
  })

  it('are not there where they are not wanted', () => {
    expect(renderText(report, 80, terminalPaint(false))).toBe(renderText(report, 80, unpainted))
  })
})
