import { firstId } from './first-id.ts'
import type { Update, UpdateBody } from './shapes.ts'
import { createUpdateFaults } from './update-faults.ts'

/** Telegram forgets an update that nobody fetched for a day (Bot API "Getting updates"). */
const UPDATE_LIFE_MS = 24 * 60 * 60 * 1000
/** What a bot gets only when it asks for it by name (Bot API setWebhook, allowed_updates). */
const ASKED_FOR_ONLY = ['chat_member', 'message_reaction', 'message_reaction_count']

export type UpdateKind = keyof UpdateBody

/** An update on its way to the bot. `copy` is 0 for the original, more for the twins a fault makes. */
export type PendingUpdate = { update: Update; kind: string; chatId: number; bornMs: number; copy: number }

export type Updates = ReturnType<typeof createUpdates>

/** The queue between this world and the bot; both ways of delivery take from it and remove what is confirmed. */
export function createUpdates(now: () => number) {
  let pending: PendingUpdate[] = []
  let allowed: string[] = []
  let nextId = firstId(now())
  const faults = createUpdateFaults()
  const listeners = new Set<() => void>()

  function isAllowed(kind: string): boolean {
    return allowed.length > 0 ? allowed.includes(kind) : !ASKED_FOR_ONLY.includes(kind)
  }

  /** Gives the update the next id and queues it; null when the bot has not asked for its kind. */
  function push(body: UpdateBody, chatId: number): Update | null {
    const kind = Object.keys(body)[0] ?? ''
    if (!isAllowed(kind)) return null
    const update = { update_id: nextId++, ...body }
    release(faults.pass({ update, kind, chatId, bornMs: now(), copy: 0 }))
    return update
  }

  function release(entries: PendingUpdate[]) {
    if (entries.length === 0) return
    pending.push(...entries)
    for (const listener of listeners) listener()
  }

  function live(): PendingUpdate[] {
    const bornAfterMs = now() - UPDATE_LIFE_MS
    if (pending[0] && pending[0].bornMs <= bornAfterMs) pending = pending.filter((each) => each.bornMs > bornAfterMs)
    return pending
  }

  return {
    push,
    pending: live,
    remove: (entry: PendingUpdate) => {
      pending = pending.filter((each) => each !== entry)
    },
    confirmBelow: (offset: number) => {
      if (pending.length > 0) pending = pending.filter((each) => each.update.update_id >= offset)
    },
    keepNewest: (count: number) => {
      pending = pending.slice(-count)
    },
    clear: () => {
      pending = []
    },
    allowed: () => allowed,
    allow: (kinds: string[]) => {
      allowed = kinds
    },
    duplicateNext: faults.duplicateNext,
    reorderNext: faults.reorderNext,
    loseNext: faults.loseNext,
    onArrival: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
