import { chown, cp, mkdir, readFile, readdir, readlink, realpath, stat, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { accountForNewCluster } from '../../src/store/embedded/account.ts'
import { installedBinaries } from '../../src/store/embedded/binaries.ts'
import {
  ask,
  isReadableByAll,
  isRoot,
  openHere,
  runningServer,
  serverPid,
  startHolder,
  temporaryFolder,
} from '../support/embedded.ts'

const nobody = 65534

/** Two accounts of this machine besides root and nobody: initdb wants its user to have a name. */
const [someone = nobody, another = nobody] = readFileSync('/etc/passwd', 'utf8')
  .split('\n')
  .map((line) => Number(line.split(':')[2]))
  .filter((uid) => uid > 0 && uid < nobody)

/** As whom a process runs, after proc(5). */
async function userOf(pid: number): Promise<number> {
  return Number(/^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1])
}

describe.skipIf(!isRoot)('as root (skipped for other users)', () => {
  test('the server runs as nobody, and the data directory keeps its mode', async () => {
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir)
    expect(await userOf(await runningServer(dataDir))).toBe(nobody)
    expect((await stat(dataDir)).mode & 0o777).toBe(0o711)
    expect((await stat(join(dataDir, 'postgres/data'))).uid).toBe(nobody)
    await server.release()
  })

  test('the account can be named, and is the cluster’s own from then on', async () => {
    const dataDir = await temporaryFolder()
    const first = await openHere(dataDir, { env: { OPENWATCH_POSTGRES_UID: `${someone}:${another}` } })
    const { uid, gid } = await stat(join(dataDir, 'postgres/data'))
    expect([uid, gid]).toEqual([someone, another])
    await first.release()
    const second = await openHere(dataDir, { env: {} })
    expect(await userOf(await runningServer(dataDir))).toBe(someone)
    await second.release()
  })

  test('an account without a name is an error that says so', async () => {
    const dataDir = await temporaryFolder()
    await expect(openHere(dataDir, { env: { OPENWATCH_POSTGRES_UID: '987654321' } })).rejects.toThrow(
      /user 987654321 has no name[^]*OPENWATCH_POSTGRES_UID[^]*DATABASE_URL/,
    )
    expect(await readdir(dataDir)).toEqual([])
  })

  test('a data directory only root may enter keeps its mode and points to a cluster elsewhere', async () => {
    const dataDir = await temporaryFolder(0o700)
    const system = join(await temporaryFolder(), 'system')
    const server = await openHere(dataDir, { systemDirectories: [system] })
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
    expect(dirname(await readlink(join(dataDir, 'postgres')))).toBe(join(await realpath(system), 'clusters'))
    await ask(server.connection, 'create table kept as select 1 as one')
    await server.release()
    const again = await openHere(dataDir, { systemDirectories: [system] })
    expect(await ask(again.connection, 'select * from kept')).toEqual([{ one: 1 }])
    await again.release()
  })

  test('a fresh data directory of that kind is a fresh database', async () => {
    const systemDirectories = [join(await temporaryFolder(), 'system')]
    const one = await openHere(await temporaryFolder(0o700), { systemDirectories })
    const other = await openHere(await temporaryFolder(0o700), { systemDirectories })
    await ask(one.connection, 'create table mine ()')
    await expect(ask(other.connection, 'select * from mine')).rejects.toThrow('does not exist')
    await one.release()
    await other.release()
  })

  test('binaries under a directory only root may enter are copied once, for everybody to read', async () => {
    const closed = await temporaryFolder(0o700)
    await cp(dirname(installedBinaries()), join(closed, 'package'), {
      recursive: true,
      verbatimSymlinks: true,
    })
    const system = join(await temporaryFolder(), 'system')
    const more = { native: join(closed, 'package/native'), systemDirectories: [system] }
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir, more)
    const copies = await readdir(join(system, 'postgres-binaries'))
    expect(copies).toEqual([expect.stringMatching(/^18\.[\w.-]+-[0-9a-f]{12}$/)])
    const copied = await stat(join(system, 'postgres-binaries', ...copies))
    expect(await userOf(await runningServer(dataDir))).toBe(nobody)
    await server.release()
    const other = await openHere(await temporaryFolder(), more)
    expect(await readdir(join(system, 'postgres-binaries'))).toEqual(copies)
    expect((await stat(join(system, 'postgres-binaries', ...copies))).ctimeMs).toBe(copied.ctimeMs)
    await other.release()
    expect((await stat(closed)).mode & 0o777).toBe(0o700)
  })

  test('without any place the account can reach, the error names both ways out', async () => {
    const dataDir = await temporaryFolder(0o700)
    await writeFile(join(dataDir, 'file'), '')
    const systemDirectories = [join(dataDir, 'file/system'), join(dataDir, 'system')]
    await expect(openHere(dataDir, { systemDirectories })).rejects.toThrow(/OPENWATCH_DATA[^]*DATABASE_URL/)
  })

  test('the cluster of an ordinary user is served as that user, who can go on with it', async (context) => {
    if (!(await isReadableByAll())) return context.skip('the checkout is closed to other users')
    const dataDir = await folderOf(someone)
    const own = await startHolder(dataDir, { uid: someone })
    expect(await userOf(await runningServer(dataDir))).toBe(someone)
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700)
    await own.release()
    const server = await openHere(dataDir)
    expect(server.started).toBe(true)
    expect(await userOf(await runningServer(dataDir))).toBe(someone)
    await server.release()
    const next = await startHolder(dataDir, { uid: someone })
    expect(next.started).toBe(true)
    await next.release()
    expect(await serverPid(dataDir)).toBeNull()
  })

  test('the cluster of another user is refused to an ordinary user', async (context) => {
    if (!(await isReadableByAll())) return context.skip('the checkout is closed to other users')
    const dataDir = await folderOf(someone)
    await (await startHolder(dataDir, { uid: someone })).release()
    await expect(startHolder(dataDir, { uid: another })).rejects.toThrow(
      /belongs to another user.*OPENWATCH_DATA/,
    )
  })
})

describe.skipIf(isRoot)('as an ordinary user (skipped for root)', () => {
  test('everything is in the data directory and belongs to that user', async () => {
    const dataDir = await temporaryFolder(0o700)
    const server = await openHere(dataDir)
    expect(await userOf(await runningServer(dataDir))).toBe(process.getuid?.())
    expect(await realpath(join(dataDir, 'postgres'))).toBe(join(await realpath(dataDir), 'postgres'))
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700)
    await server.release()
  })
})

test('only root needs an account, and never root itself', () => {
  expect(accountForNewCluster(1000, '70')).toBeNull()
  expect(accountForNewCluster(null, undefined)).toBeNull()
  expect(accountForNewCluster(0, undefined)).toEqual({ uid: nobody, gid: nobody })
  expect(accountForNewCluster(0, '70')).toEqual({ uid: 70, gid: 70 })
  for (const wrong of ['0', '0:0', 'postgres', '-1', '70:']) {
    expect(() => accountForNewCluster(0, wrong)).toThrow(/OPENWATCH_POSTGRES_UID is/)
  }
})

/** A data directory that belongs to a user. */
async function folderOf(uid: number): Promise<string> {
  const dataDir = join(await temporaryFolder(), 'data')
  await mkdir(dataDir, { mode: 0o700 })
  await chown(dataDir, uid, uid)
  return dataDir
}
