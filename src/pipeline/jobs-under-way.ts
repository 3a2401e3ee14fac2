import type { JobHelpers, Task, TaskList } from 'graphile-worker'

/** The jobs that a process is working on. */
export interface JobsUnderWay {
  /** The same tasks; what they are doing is noted. */
  readonly tasks: TaskList
  /** Ids of the jobs, and of the queues that they are in. */
  readonly jobs: () => ReadonlySet<string>
  readonly queues: () => ReadonlySet<string>
  /** Resolves as soon as nothing is under way. */
  idle(): Promise<void>
}

/** Notes which jobs are under way: what the database says of it is not always so. */
export function noteJobs(tasks: TaskList): JobsUnderWay {
  const underWay = new Set<JobHelpers['job']>()
  const waiting: (() => void)[] = []

  function noting(task: Task): Task {
    return async (payload, helpers) => {
      const { job } = helpers
      underWay.add(job)
      try {
        return await task(payload, helpers)
      } finally {
        underWay.delete(job)
        if (underWay.size === 0) for (const tell of waiting.splice(0)) tell()
      }
    }
  }

  return {
    tasks: Object.fromEntries(
      Object.entries(tasks).flatMap(([name, task]) => (task === undefined ? [] : [[name, noting(task)]])),
    ),
    jobs: () => new Set([...underWay].map(({ id }) => id)),
    queues: () => new Set([...underWay].map(({ job_queue_id: queue }) => String(queue))),
    idle: () =>
      underWay.size === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve)),
  }
}
