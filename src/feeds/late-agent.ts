import type { Dispatcher } from 'undici'
import type { GuardedAgentOptions } from './guarded-agent.ts'

/** Connections that are made ready for the first request. */
export interface LateAgent {
  /** A promise the first time; later there is nothing to wait for. */
  open(): Dispatcher | Promise<Dispatcher>
  /** Ends them; who opens them later finds them ended. */
  destroy(): Promise<void>
}

/** Guarded connections whose library is loaded with the first request: most commands make none, and need not wait for it. */
export function createLateAgent(options: GuardedAgentOptions): LateAgent {
  let opened: Dispatcher | Promise<Dispatcher> | null = null
  let isEnded = false

  async function begin(): Promise<Dispatcher> {
    const { createGuardedAgent } = await import('./guarded-agent.ts')
    const agent = createGuardedAgent(options)
    if (isEnded) await agent.destroy()
    opened = agent
    return agent
  }

  return {
    open: () => (opened ??= begin()),
    async destroy() {
      isEnded = true
      const agent = await opened
      await agent?.destroy()
    },
  }
}
