import type { InboundUpdate } from './inbound-update.ts'
import { createUpdateWindow } from './update-window.ts'

type PrivateUpdate = Exclude<InboundUpdate, { kind: 'ignored' }>

/** What became of the updates since the last look. */
export interface Progress {
  settled: number
  /** One of the errors, if a chat had to stop. */
  failure: { error: unknown } | null
}

/**
 * Updates that Telegram has given us and that are not confirmed to it yet. Chats go side by side, the updates of one
 * chat one after another; a chat whose update fails stops there until it is resumed.
 */
export function createHeldUpdates(handle: (update: InboundUpdate) => Promise<void>) {
  const window = createUpdateWindow()
  const chats = new Map<string, PrivateUpdate[]>()
  const running = new Map<string, Promise<void>>()
  let progress: Progress = { settled: 0, failure: null }
  let stopped = false

  async function run(chat: string, updates: PrivateUpdate[]): Promise<void> {
    try {
      for (let update = updates[0]; update && !stopped; update = updates[0]) {
        await handle(update)
        updates.shift()
        window.settle(update.updateId)
        progress.settled += 1
      }
    } catch (error) {
      progress.failure ??= { error }
    }
    running.delete(chat)
    if (updates.length === 0) chats.delete(chat)
  }

  return {
    /** Adds one; what was added before is not handled twice. */
    add(update: PrivateUpdate): void {
      if (!window.open(update.updateId)) return
      const lane = laneOf(update)
      const waiting = chats.get(lane)
      if (waiting) waiting.push(update)
      else chats.set(lane, [update])
    },
    /** Starts every chat that stands still, unless all have been stopped. */
    resume(): void {
      if (stopped) return
      for (const [chat, updates] of chats) if (!running.has(chat)) running.set(chat, run(chat, updates))
    },
    isEmpty: window.isEmpty,
    offset: window.offset,
    /** Resolves when no chat goes on by itself. */
    async standstill(): Promise<void> {
      while (running.size > 0) await Promise.all(running.values())
    },
    progress(): Progress {
      const since = progress
      progress = { settled: 0, failure: null }
      return since
    },
    /** Chats end with the update they are at. */
    stop(): void {
      stopped = true
    },
  }
}

/** Who is about to pay waits behind nothing: Telegram gives up after ten seconds. */
function laneOf({ kind, updateId, person }: PrivateUpdate): string {
  return kind === 'checkout' ? `checkout ${updateId}` : person.id
}
