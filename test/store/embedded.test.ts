import { readFile, readdir, readlink, stat, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ask, openHere, runningServer, serverPid, startHolder, temporaryFolder } from '../support/embedded.ts'

describe('the embedded server', () => {
  test('starts in an empty data directory, on a socket only, sure of the disk, and is gone when released', async () => {
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir, { settings: {} })
    expect(server.started).toBe(true)
    const [settings] = await ask(
      server.connection,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
              current_setting('listen_addresses') as addresses, current_setting('timezone') as timezone,
              current_database() as database, upper('grün') as upper,
              current_setting('server_encoding') as encoding`,
    )
    expect(settings).toEqual({
      fsync: 'on',
      commit: 'on',
      addresses: '',
      timezone: 'UTC',
      database: 'openwatch',
      upper: 'GRÜN',
      encoding: 'UTF8',
    })
    expect(await ask(server.url, 'select current_database() as name')).toEqual([{ name: 'openwatch' }])
    await server.release()
    expect(await serverPid(dataDir)).toBeNull()
  })

  test.runIf(process.platform === 'linux')('has no port open on the network', async () => {
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir)
    const elsewhere = createServer().listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
    const listening = await listeningInodes()
    expect((await socketInodes(process.pid)).some((inode) => listening.has(inode))).toBe(true)
    const open = await socketInodes(await runningServer(dataDir))
    expect(open.length).toBeGreaterThan(0)
    expect(open.filter((inode) => listening.has(inode))).toEqual([])
    elsewhere.close()
    await server.release()
  })

  test('keeps its random password in a file only its owner reads, and lets nobody in without it', async () => {
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir)
    const file = join(dataDir, 'postgres/password')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim()).toBe(server.connection.password)
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('password.initdb')
    await expect(ask({ ...server.connection, password: 'guess' }, 'select 1')).rejects.toThrow(
      /password authentication failed/,
    )
    await server.release()
  })

  test('that refuses a wrong password says so together with the way out', async () => {
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir)
    await writeFile(join(dataDir, 'postgres/password'), 'guess\n')
    await expect(openHere(dataDir)).rejects.toThrow(
      /runs, but refuses openwatch: password authentication failed.*DATABASE_URL/,
    )
    await server.release()
  })

  test.runIf(process.platform === 'linux')('is out of reach of a Ctrl-C at the terminal', async () => {
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir)
    const pid = await runningServer(dataDir)
    // proc(5): after the name in brackets come state, parent, process group and session.
    const [, , group, session] = (await readFile(`/proc/${pid}/stat`, 'utf8'))
      .replace(/^.*\) /, '')
      .split(' ')
    expect([group, session]).toEqual([String(pid), String(pid)])
    await server.release()
  })
})

describe('several processes', () => {
  test('share one server, and the last one out stops it in less than five seconds', async () => {
    const dataDir = await temporaryFolder()
    const daemon = await startHolder(dataDir)
    const pid = await runningServer(dataDir)
    const cli = await startHolder(dataDir)
    expect([daemon.started, cli.started]).toEqual([true, false])
    expect(cli.connection).toEqual(daemon.connection)
    await cli.release()
    expect(await serverPid(dataDir)).toBe(pid)
    expect(await daemon.release()).toBeLessThan(5000)
    expect(await serverPid(dataDir)).toBeNull()
  })

  test('that start at the same time in an empty data directory end with one server', async () => {
    const dataDir = await temporaryFolder()
    const holders = await Promise.all([1, 2, 3, 4].map(() => startHolder(dataDir)))
    expect(holders.filter((holder) => holder.started)).toHaveLength(1)
    for (const { connection } of holders) {
      expect(
        await ask(
          connection,
          `select 1 from pg_stat_activity where application_name = 'openwatch lease holder'`,
        ),
      ).toHaveLength(4)
    }
    expect(await readdir(dataDir)).toEqual(['postgres'])
    await Promise.all(holders.map((holder) => holder.release()))
    expect(await serverPid(dataDir)).toBeNull()
  })

  test('that come and go at the same time never find a server that goes away under them', async () => {
    const dataDir = await temporaryFolder()
    const comeAndGo = async (): Promise<void> => {
      for (let round = 0; round < 5; round += 1) {
        const server = await openHere(dataDir)
        expect(await ask(server.connection, 'select pg_sleep(0.01)')).toHaveLength(1)
        await server.release()
      }
    }
    await Promise.all([comeAndGo(), comeAndGo(), comeAndGo()])
    expect(await serverPid(dataDir)).toBeNull()
  })
})

describe('a violent end', () => {
  test('of the daemon leaves a running server, which the next start takes over and stops at its own end', async () => {
    const dataDir = await temporaryFolder()
    const killed = await startHolder(dataDir)
    const pid = await runningServer(dataDir)
    await ask(killed.connection, 'create table kept as select 1 as one')
    await killed.kill()
    expect(await serverPid(dataDir)).toBe(pid)
    const next = await startHolder(dataDir)
    expect(next.started).toBe(false)
    expect(await serverPid(dataDir)).toBe(pid)
    expect(await ask(next.connection, 'select * from kept')).toEqual([{ one: 1 }])
    await next.release()
    expect(await serverPid(dataDir)).toBeNull()
  })

  test('of daemon and server leaves a stale pid file, over which the next start recovers', async () => {
    const dataDir = await temporaryFolder()
    const killed = await startHolder(dataDir)
    await ask(killed.connection, 'create table kept as select 1 as one')
    const pid = await runningServer(dataDir)
    await killed.kill()
    process.kill(pid, 'SIGKILL')
    expect(await readdir(join(dataDir, 'postgres/data'))).toContain('postmaster.pid')
    const next = await openHere(dataDir)
    expect(next.started).toBe(true)
    expect(await ask(next.connection, 'select * from kept')).toEqual([{ one: 1 }])
    await next.release()
  })

  test('of the server alone brings a new one up for the process that uses it, at the same place', async () => {
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir)
    const pid = await runningServer(dataDir)
    process.kill(pid, 'SIGKILL')
    await expect
      .poll(() => ask(server.connection, 'select 1 as one').catch(() => null), { timeout: 20_000 })
      .toEqual([{ one: 1 }])
    expect(await serverPid(dataDir)).not.toBe(pid)
    await server.release()
    expect(await serverPid(dataDir)).toBeNull()
  })

  test('of the server does not hold up a release', async () => {
    const dataDir = await temporaryFolder()
    const server = await openHere(dataDir)
    process.kill(await runningServer(dataDir), 'SIGKILL')
    const begin = performance.now()
    await server.release()
    expect(performance.now() - begin).toBeLessThan(5000)
    await sleep(500)
    expect(await serverPid(dataDir)).toBeNull()
  })
})

/** Inodes of all TCP sockets that listen, after proc(5): state 0A, inode in the tenth column. */
async function listeningInodes(): Promise<Set<string>> {
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'utf8').catch(() => '')).trim().split('\n').slice(1)
    for (const columns of lines.map((line) => line.trim().split(/\s+/))) {
      if (columns[3] === '0A' && columns[9] !== undefined) inodes.add(columns[9])
    }
  }
  return inodes
}

/** Inodes of the sockets a process has open. */
async function socketInodes(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`
  const links = await Promise.all(
    (await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')),
  )
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
}
