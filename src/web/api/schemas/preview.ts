import { z } from 'zod'
import type { Miss, PreviewedChange, Sighting } from '../../../pipeline/fold-preview.ts'
import type { Preview, PreviewStep } from '../../../pipeline/preview.ts'
import { windowJson } from '../../../report/render-json.ts'
import { certaintySchema, many, moment, statusSchema, windowSchema } from './common.ts'

const sightingSchema = z
  .object({ title: z.string(), url: z.string().nullable(), outlet: z.string(), at: moment() })
  .meta({ id: 'Sighting', description: 'A stored entry that matches' })

const changeSchema = z
  .object({
    kind: z.enum(['status-changed', 'date-changed']),
    from: statusSchema,
    to: statusSchema,
    ...{ at: moment(), expected: windowSchema.nullable(), certainty: certaintySchema, reason: z.string() },
    ...{ title: z.string(), outlet: z.string(), url: z.string(), quote: z.string() },
  })
  .meta({ id: 'PreviewedChange', description: 'A change that the question would have told of' })

const missSchema = z
  .object({
    ...sightingSchema.shape,
    reason: z.string().meta({ description: 'Why it was not enough' }),
    claimed: z.boolean().meta({ description: 'It claimed something; else it only matched' }),
  })
  .meta({ id: 'Miss', description: 'An entry that came near and changed nothing' })

/** What a question would have told. */
export const previewSchema = z
  .object({
    entries: z.int().meta({ description: 'Stored entries that were looked at' }),
    matches: z.int(),
    keywordAlerts: z.int().meta({ description: 'How many messages a keyword alert would have sent' }),
    status: statusSchema.meta({ description: 'Where it would stand now' }),
    expected: windowSchema.nullable(),
    changes: many(changeSchema),
    misses: many(missSchema),
  })
  .meta({ id: 'Preview', description: 'What a question would have told over the stored entries' })

/** A line of a preview that is streamed. */
export const previewStepSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('looking'),
      ...{ done: z.int(), total: z.int(), matches: z.int(), keywordAlerts: z.int() },
      backTo: moment().nullable().meta({ description: 'The time back to which the entries were looked at' }),
      found: many(sightingSchema),
    }),
    z.object({ kind: z.literal('judging'), done: z.int(), total: z.int(), changes: many(changeSchema) }),
    z.object({ kind: z.literal('done'), preview: previewSchema }),
    z.object({ kind: z.literal('failed'), detail: z.string() }),
  ])
  .meta({
    id: 'PreviewStep',
    description: 'A line of a preview: looking, then judging, then done (or failed)',
  })

/** A preview as plain data. */
export function previewJson(preview: Preview): z.input<typeof previewSchema> {
  const { entries, matches, keywordAlerts, changes, misses, standing } = preview
  return {
    ...{ entries, matches, keywordAlerts, status: standing.status, expected: windowJson(standing.expected) },
    changes: changes.map(changeJson),
    misses: misses.map(missJson),
  }
}

/** A step of a preview as plain data. */
export function stepJson(step: PreviewStep): z.input<typeof previewStepSchema> {
  switch (step.kind) {
    case 'looking':
      return { ...step, backTo: step.backTo?.toISOString() ?? null, found: step.found.map(sightingJson) }
    case 'judging':
      return { ...step, changes: step.changes.map(changeJson) }
    case 'done':
      return { kind: 'done', preview: previewJson(step.preview) }
  }
}

function changeJson({ title, claim, decision }: PreviewedChange): z.input<typeof changeSchema> {
  const [from, to] =
    decision.kind === 'status-changed' ? [decision.from, decision.to] : [decision.status, decision.status]
  return {
    ...{ kind: decision.kind, from, to, at: decision.at.toISOString(), certainty: decision.certainty },
    ...{ expected: windowJson(decision.expected), reason: decision.reason },
    ...{ title, outlet: claim.outlet, url: claim.url, quote: claim.quote },
  }
}

function sightingJson({ title, url, outlet, at }: Sighting): z.input<typeof sightingSchema> {
  return { title, url, outlet, at: at.toISOString() }
}

function missJson(miss: Miss): z.input<typeof missSchema> {
  return { ...sightingJson(miss), reason: miss.reason, claimed: miss.claimed }
}
