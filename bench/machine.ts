import { cpus } from 'node:os'

/** The machine that a run was measured on: figures of two machines do not compare, ratios nearly do. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly node: string
  readonly platform: string
  /** Processes that wanted a core in the last minute, before and after the run; zero on Windows, which does not tell. */
  readonly loadBefore: number
  readonly loadAfter: number
}

/** This machine, with what `os.loadavg` said before and after a run. */
export const describeMachine = (before: readonly number[], after: readonly number[]): Machine => {
  const cores = cpus()
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown processor',
    cores: cores.length,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    loadBefore: before[0] ?? 0,
    loadAfter: after[0] ?? 0,
  }
}

/** The same in one line. */
export const machineLine = ({ cpu, cores, node, platform, loadBefore, loadAfter }: Machine): string =>
  `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${platform}, node ${node}, ` +
  `load average ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after` +
  (loadBefore > cores / 2 ? ' (busy with other work: quote the ratios)' : '')
