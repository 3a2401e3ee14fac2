const units = [
  ['GB', 1_000_000_000],
  ['MB', 1_000_000],
  ['kB', 1000],
] as const

/** An amount of data as `polling.maxBody` writes it: "10 MB", "1.5 kB", "300 bytes". */
export function sizeText(bytes: number): string {
  for (const [name, factor] of units) {
    if (bytes >= factor) return `${Number((bytes / factor).toFixed(1))} ${name}`
  }
  return `${bytes} bytes`
}
