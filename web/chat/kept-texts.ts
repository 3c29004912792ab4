import type { KeptTexts } from '../shell/guarded-storage.ts'
import { createStore, type Store } from '../shell/store.ts'
import type { Outgoing, Timeline } from './timeline.ts'

const RESEND_UNASKED_MINUTES = 60

/** The text in the composer, kept for this user over reloads. */
export function keepDraft(storage: KeptTexts, userId: string): Store<string> {
  const key = `vitte.draft.${userId}`
  const draft = createStore(storage.get(key) ?? '')
  draft.subscribe(() => (draft.get() ? storage.set(key, draft.get()) : storage.remove(key)))
  return draft
}

/**
 * Keeps the lines that the server has not confirmed over a reload, with their keys. A line of the last hour goes again
 * by itself; an older one waits for its writer, who may no longer mean it.
 */
export function keepOutbox(storage: KeptTexts, userId: string, timeline: Store<Timeline>): void {
  const key = `vitte.outbox.${userId}`
  const outbox = readOutbox(storage.get(key)).map((line): Outgoing => {
    const minutes = (Date.now() - Date.parse(line.writtenAt)) / 60_000
    return { ...line, state: line.state === 'failed' || minutes > RESEND_UNASKED_MINUTES ? 'failed' : 'unsent' }
  })
  timeline.set((now) => ({ ...now, outbox }))
  let kept = outbox as readonly Outgoing[]
  timeline.subscribe(() => {
    const next = timeline.get().outbox
    if (next === kept) return
    kept = next
    if (next.length > 0) storage.set(key, JSON.stringify(next))
    else storage.remove(key)
  })
}

/** What one user had not sent yet goes with them when they are joined to another; what that one has stays. */
export function moveKeptTexts(storage: KeptTexts, from: string, to: string): void {
  if (from === to) return
  for (const kind of ['draft', 'outbox']) {
    const text = storage.get(`vitte.${kind}.${from}`)
    if (text && !storage.get(`vitte.${kind}.${to}`)) storage.set(`vitte.${kind}.${to}`, text)
  }
  forgetKeptTexts(storage, from)
}

/** Signing out leaves nothing that was written here. */
export function forgetKeptTexts(storage: KeptTexts, userId: string): void {
  storage.remove(`vitte.draft.${userId}`)
  storage.remove(`vitte.outbox.${userId}`)
}

function readOutbox(json: string | null): Outgoing[] {
  try {
    const lines: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(lines)
      ? lines.filter((line) => typeof line?.key === 'string' && typeof line.text === 'string')
      : []
  } catch {
    return []
  }
}
