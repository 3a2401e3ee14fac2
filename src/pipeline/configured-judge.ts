import type { Settings } from '../config/schema.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import type { Kind } from '../status/kind.ts'
import type { Grade } from '../status/status.ts'
import { createJudge, type Judge } from './judge.ts'

/** What judging depends on besides the items. */
export interface JudgeConfig {
  readonly kinds: ReadonlyMap<string, Kind>
  readonly outlets: ReadonlyMap<string, Grade>
  readonly policies: Pick<Settings['policies'], 'evidence'>
}

/** A judge over items whose kinds exist, as the configuration wants it. */
export function configuredJudge(items: readonly WatchItem[], config: JudgeConfig): Judge {
  const { independentOrigins, corroborationWindow: corroborationMs } = config.policies.evidence
  return createJudge({
    items,
    kinds: config.kinds,
    gradeOf: (outlet) => config.outlets.get(outlet) ?? 'other',
    policy: { independentOrigins, corroborationMs },
  })
}
