import { count } from '../../report/people-time.ts'

/** Width of a bar with its gap, and the height of the highest, in units of the picture. */
const pitch = 8
const height = 24
/** So few entries in a week are no full bar: a single one must not look like a rush. */
const leastFull = 5

/** How many entries met a question in each of the last weeks, as bars; in words for who does not see them. */
export function Spark({ counts }: { readonly counts: readonly number[] }) {
  const full = Math.max(leastFull, ...counts)
  const bars = counts.map((entries, week) => {
    const length = entries === 0 ? 1 : Math.max(2, Math.round((entries / full) * height))
    return `M${week * pitch + pitch / 2} ${height}v-${length}`
  })
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${counts.length * pitch} ${height}`}
      role="img"
      aria-label={sparkText(counts)}
    >
      <path d={bars.join('')} />
    </svg>
  )
}

/** "31 matching entries in 13 weeks, 9 in the busiest". */
export function sparkText(counts: readonly number[]): string {
  const sum = counts.reduce((all, one) => all + one, 0)
  const entries = sum === 1 ? '1 matching entry' : `${sum.toLocaleString('en-GB')} matching entries`
  const busiest = sum > 1 ? `, ${Math.max(...counts).toLocaleString('en-GB')} in the busiest` : ''
  return `${entries} in ${count(counts.length, 'week')}${busiest}`
}
