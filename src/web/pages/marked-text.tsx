/** A place in a text: [start, end). */
export interface Place {
  readonly start: number
  readonly end: number
}

/** A text with some places of it marked; places may overlap. */
export function MarkedText({ text, places }: { readonly text: string; readonly places: readonly Place[] }) {
  const parts = []
  let at = 0
  for (const { start, end } of joined(places, text.length)) {
    if (start > at) parts.push(text.slice(at, start))
    parts.push(<mark>{text.slice(start, end)}</mark>)
    at = end
  }
  parts.push(text.slice(at))
  return <>{parts}</>
}

function joined(places: readonly Place[], length: number): Place[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, Math.min(end, length))
    else if (start < length) joined.push({ start, end: Math.min(end, length) })
  }
  return joined
}

/** The part of a text around its first marked place, whole words where possible, with the places that are in it. */
export function excerptOf(
  text: string,
  places: readonly Place[],
  most: number,
): { readonly text: string; readonly places: readonly Place[] } {
  const first = places[0]?.start ?? 0
  const wanted = Math.max(0, first - Math.floor(most / 3))
  const from = wanted === 0 ? 0 : text.indexOf(' ', wanted) + 1 || wanted
  const end =
    from + most >= text.length ? text.length : Math.max(text.lastIndexOf(' ', from + most), from + most / 2)
  const lead = from > 0 ? '… ' : ''
  const shift = lead.length - from
  return {
    // every white space is one character here and there
    text: lead + text.slice(from, end).replaceAll(/\s/g, ' ') + (end < text.length ? ' …' : ''),
    places: places
      .filter(({ start, end: to }) => start >= from && to <= end)
      .map(({ start, end: to }) => ({ start: start + shift, end: to + shift })),
  }
}
