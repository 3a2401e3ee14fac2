/** The spans that there are. */
export type SpanName = 'poll round' | 'ingest' | 'judge' | 'deliver'

/** A piece of work by name, with what it is about. */
export interface SpanOf {
  readonly name: SpanName
  readonly attributes: Readonly<Record<string, string | number>>
}

/** Follows what is done, and for how long. */
export interface Tracer {
  /** Runs `work` as a span; the spans that it begins are below this one. */
  span<T>(span: SpanOf, work: () => Promise<T>): Promise<T>
}

/** Runs `work` as a span where there is a tracer, else as it is. */
export function traced<T>(tracer: Tracer | undefined, span: SpanOf, work: () => Promise<T>): Promise<T> {
  return tracer === undefined ? work() : tracer.span(span, work)
}
