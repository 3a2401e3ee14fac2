// the first that fits: each of these calls itself by the names below it, too
const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** A browser by its `User-Agent`, as people know it: "Firefox on Linux". */
export function browserName(agent: string): string {
  const named = (known: readonly (readonly [string, string])[]) =>
    known.find(([token]) => agent.includes(token))?.[1]
  const [browser, system] = [named(browsers), named(systems)]
  if (browser === undefined) return agent === '' ? 'A browser without a name' : agent.slice(0, 40)
  return system === undefined ? browser : `${browser} on ${system}`
}
