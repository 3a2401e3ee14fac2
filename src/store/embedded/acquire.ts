import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Binaries } from './binaries.ts'
import { requireReachable, requireSameMajor, type Cluster } from './cluster.ts'
import { connectionTo } from './connection.ts'
import { takeLease, type Lease } from './lease.ts'
import {
  isAlive,
  readServer,
  removeForeignPid,
  startServer,
  type RunningServer,
  type StartedServer,
} from './server.ts'
import type { Settings } from './settings.ts'

/** What attaching to a server, or starting it, needs. */
export interface Acquisition {
  readonly cluster: Cluster
  readonly binaries: () => Promise<Binaries>
  readonly application: string
  readonly settings: Settings
  /** How long starting may take, in milliseconds; recovery after a crash is part of it. */
  readonly patience: number
  readonly logger: Pick<Logger, 'info' | 'warn'> | undefined
}

/** A server in use. */
export interface Acquired {
  readonly lease: Lease
  readonly server: RunningServer
  /** True when this process started it. */
  readonly started: boolean
}

/** Pause between two looks at a server that is neither there nor gone, in milliseconds. */
const pause = 50

/** How often a server that ends at once is started again before its own words are passed on. */
const attempts = 3

/** Refusals that end by themselves: another process was first, or the last server's children are not all gone yet. */
const passing = /lock file ".*" already exists|pre-existing shared memory block/

/**
 * A lease on the cluster's running server, which is started when it does not run. Any number of processes may try at
 * once: Postgres itself lets only one server live in a cluster, and the others attach to it. Throws with the end of the
 * server's log when it does not come up.
 */
export async function acquire(wanted: Acquisition, signal?: AbortSignal): Promise<Acquired> {
  const deadline = Date.now() + wanted.patience
  let started: StartedServer | null = null
  let failures = 0
  while (Date.now() < deadline) {
    // A server that was started is waited for even so: somebody has to stop it.
    if (started === null) signal?.throwIfAborted()
    const found = await attach(wanted, started)
    if (typeof found === 'object') return found
    if (started !== null && hasEnded(started)) {
      const logged = await started.logged()
      if (!passing.test(logged) && (failures += 1) >= attempts) throw failure(wanted.cluster, logged)
      started = null
      await sleep(4 * pause)
    } else if (found === 'absent' && started === null && !(await isComingUp(wanted.cluster))) {
      started = await start(wanted)
    }
    await sleep(pause)
  }
  throw failure(wanted.cluster, (await started?.logged()) ?? 'It neither answers nor ends.')
}

async function attach(
  { cluster, application }: Acquisition,
  started: StartedServer | null,
): Promise<Acquired | 'absent' | 'busy'> {
  const server = await readServer(cluster)
  if (server === null) return 'absent'
  const connection = connectionTo(cluster, server, 'postgres')
  const attempt = await takeLease(connection, application).catch((cause: unknown) => {
    throw new Error(
      `The database server in ${cluster.home} (pid ${server.pid}) runs, but refuses openwatch: ` +
        `${cause instanceof Error ? cause.message : String(cause)}. Stop it and try again, or name another server by DATABASE_URL.`,
      { cause },
    )
  })
  if (attempt.kind !== 'leased') return attempt.kind
  return { lease: attempt.lease, server, started: started?.child.pid === server.pid }
}

async function start(wanted: Acquisition): Promise<StartedServer> {
  const { cluster, settings } = wanted
  const binaries = await wanted.binaries()
  requireSameMajor(cluster, binaries)
  await requireReachable(cluster)
  await removeForeignPid(cluster)
  return startServer(cluster, binaries, settings)
}

/** True between the moment a server writes its pid and the moment it answers, and while it stops. */
async function isComingUp(cluster: Cluster): Promise<boolean> {
  await removeForeignPid(cluster)
  const server = await readServer(cluster)
  return server !== null && isAlive(server.pid)
}

function hasEnded({ child }: StartedServer): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined
}

function failure(cluster: Cluster, words: string): Error {
  return new Error(
    `The database server in ${cluster.home} does not start. Name another data directory by OPENWATCH_DATA or a ` +
      `Postgres server by DATABASE_URL, or mend what it says (server.log there has more):\n${words}`,
  )
}
