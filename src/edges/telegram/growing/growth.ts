import type { Chat, Chats } from './chats.ts'
import { createDraft } from './draft.ts'
import type { Preview } from './preview.ts'
import { createPulse } from './pulse.ts'
import { createTyping } from './typing.ts'
import type { Way, WayDeps } from './way.ts'

/** A text that grows, and the ways to show it. */
export interface Growth {
  show(text: string): void
  /** Shows no more; resolves when nothing is under way. */
  stop(): Promise<void>
}

export interface GrowthDeps extends WayDeps {
  chats: Chats
  chat: Chat
  preview: Preview
}

/** Shows a text as it grows, one call at a time, each with the newest text and by the way that this chat takes. */
export function createGrowth({ chats, chat, preview, ...deps }: GrowthDeps): Growth {
  const { line, tail } = deps
  const typing = createTyping(deps)
  const draft = createDraft(deps)
  let source = ''
  let isSeen = true

  const pulse = createPulse({
    nowMs: line.nowMs,
    dueMs: () => (isSeen ? way().dueMs(source) : Number.POSITIVE_INFINITY),
    beat: () => beat(way()).catch(giveUp),
  })
  pulse.look()
  return {
    show(text) {
      source = text
      pulse.look()
    },
    stop: pulse.stop,
  }

  function way(): Way {
    if (source.trim() === '') return typing
    return chats.takesDrafts(chat) && !preview.isThere() ? draft : preview
  }

  async function beat(used: Way): Promise<void> {
    const ending = await used.show(source)
    if (ending === 'markup') tail.bePlain()
    if (ending === 'nobody') giveUp()
    if (used === draft && ending === 'refused') chats.refuseDrafts(chat)
    if (used === draft && ending === 'unknown_method') chats.forgetDrafts()
  }

  /** The answer comes whole all the same. */
  function giveUp(): void {
    isSeen = false
  }
}
