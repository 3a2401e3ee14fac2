/**
 * The candidate that a person most likely meant, or null when none is near.
 * Near: at most a third of the letters differ (Damerau-Levenshtein, letter case and `-_ ` aside).
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = plain(word)
  let best: string | null = null
  let least = Infinity
  for (const candidate of candidates) {
    const other = plain(candidate)
    const distance = editDistance(wanted, other)
    if (distance < least && distance <= Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3))) {
      best = candidate
      least = distance
    }
  }
  return best
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_\s]/g, '')
}

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
