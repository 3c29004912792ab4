import type { Update, UpdateBody } from './shapes.ts'

/** Telegram forgets an update that nobody fetched for a day (Bot API "Getting updates"). */
const UPDATE_LIFE_MS = 24 * 60 * 60 * 1000
const FIRST_UPDATE_ID = 100_000_001
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
  let nextId = FIRST_UPDATE_ID
  let twins = { updates: 0, copies: 0 }
  let reordering = { updates: 0, held: [] as PendingUpdate[] }
  const listeners = new Set<() => void>()

  function isAllowed(kind: string): boolean {
    return allowed.length > 0 ? allowed.includes(kind) : !ASKED_FOR_ONLY.includes(kind)
  }

  /** Gives the update the next id and queues it; null when the bot has not asked for its kind. */
  function push(body: UpdateBody, chatId: number): Update | null {
    const kind = Object.keys(body)[0] ?? ''
    if (!isAllowed(kind)) return null
    const update = { update_id: nextId++, ...body }
    const original: PendingUpdate = { update, kind, chatId, bornMs: now(), copy: 0 }
    const family = [original]
    if (twins.updates > 0) {
      twins.updates -= 1
      for (let copy = 1; copy <= twins.copies; copy += 1) family.push({ ...original, copy })
    }
    if (reordering.updates > 0) hold(family)
    else release(family)
    return update
  }

  function hold(family: PendingUpdate[]) {
    reordering.held.unshift(...family)
    reordering.updates -= 1
    if (reordering.updates > 0) return
    const { held } = reordering
    reordering = { updates: 0, held: [] }
    release(held)
  }

  function release(entries: PendingUpdate[]) {
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
    /** The next `updates` ones arrive `copies` times more, with the same update_id. */
    duplicateNext: (updates: number, copies = 1) => {
      twins = { updates, copies }
    },
    /** The next `count` ones are held back and then arrive newest first. */
    reorderNext: (count: number) => {
      reordering.updates = count
    },
    onArrival: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
