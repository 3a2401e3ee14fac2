// npm run licences [-- --list]: under which licences the packages are that openwatch is made of and with, by the lock
// file, and whether all are named exactly. Part of `npm run check`.
import { readFileSync } from 'node:fs'

const read = (file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))

/** Licences that ask for no more than to be named. */
const free = new Set(
  '0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause ISC MIT MIT-0 Python-2.0 Unlicense'.split(' '),
)

/** Licences that ask for more, of tools that are run unchanged while openwatch is made, and are no part of it. */
const forTools = new Set(['MPL-2.0'])

/** Packages that need a look of their own: what they say in the lock file, and why they may be here. */
const looked = {
  '@visx/vendor': ['MIT and ISC', 'both are free; comes with the prisma tool'],
  '@zone-eu/mailsplit': ['(MIT OR EUPL-1.1+)', 'taken as MIT; for tests'],
  elkjs: ['EPL-2.0', 'draws diagrams in the prisma tool, which openwatch runs unchanged and does not ship'],
  'seq-queue': [undefined, 'MIT by its LICENSE file; a dependency of drivers in the prisma tool'],
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

const packages = Object.entries(read('package-lock.json').packages).filter(([path]) => path !== '')
const faults = []
for (const [path, { version, license, dev, resolved, integrity, link }] of packages) {
  const name = nameOf(path)
  const known = Object.hasOwn(looked, name) && looked[name][0] === license
  if (!free.has(license) && !known && !(dev === true && forTools.has(license)))
    faults.push(`${name}@${version} is under ${license ?? 'no licence that it names'}`)
  if (link !== true && integrity === undefined && resolved === undefined)
    faults.push(`${name}@${version} has no checksum in package-lock.json`)
}

const { dependencies, devDependencies, optionalDependencies } = read('package.json')
for (const [name, version] of Object.entries({
  ...dependencies,
  ...devDependencies,
  ...optionalDependencies,
}))
  if (!/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version))
    faults.push(`${name} is asked for as "${version}": name one version, as npm i --save-exact does`)

if (process.argv.includes('--list')) {
  const lines = packages.map(([path, { version, license, dev }]) =>
    [nameOf(path), version, license ?? 'MIT (by its file)', dev === true ? 'only to make it' : ''].join('\t'),
  )
  process.stdout.write(`${[...new Set(lines)].toSorted().join('\n')}\n`)
} else {
  for (const [license, count] of countsOf(packages))
    process.stdout.write(`${String(count).padStart(5)}  ${license}\n`)
}
for (const fault of faults) process.stderr.write(`licences: ${fault}\n`)
process.exit(faults.length === 0 ? 0 : 1)

function countsOf(all) {
  const counts = new Map()
  for (const [, { license = 'named in a file' }] of all) counts.set(license, (counts.get(license) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])
}
