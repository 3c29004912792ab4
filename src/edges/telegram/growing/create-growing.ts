import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { GrowingReply, ReplyToGrow } from '#domain/delivery'
import { type Clock, systemClock } from '#platform/clock'
import { openLine } from './chat-line.ts'
import { createChats } from './chats.ts'
import { createGrowth, type Growth } from './growth.ts'
import { createPreview, type Preview } from './preview.ts'
import { createTail, type Desk } from './tail.ts'
import { takeAway } from './take-away.ts'

/** The reply waits no longer for what is under way. */
const END_WAIT_MAX_MS = 1_000

export interface GrowingDeps {
  api: Api
  /** What is pressed under a growing answer where there are no drafts. */
  stopButton(address: string, turnId: string): Promise<InlineKeyboardMarkup>
  clock?: Clock
}

/**
 * Shows chats their answers as they are written: "печатает…", then a draft that grows, or where drafts are refused a
 * message that is changed. The newest text goes next, whatever was not shown before; no failure and no wait of Telegram
 * reaches the model.
 */
export function createGrowing({ api, stopButton, clock = systemClock }: GrowingDeps) {
  const chats = createChats(clock)
  const desk: Desk = { freeMs: 0 }
  return (reply: ReplyToGrow): GrowingReply => {
    const chat = chats.at(reply.address)
    const hangUp = new AbortController()
    const line = openLine({ clock, chat, hungUp: hangUp.signal })
    const shared = { api, line, reply, tail: createTail(line.nowMs, desk) }
    const preview = createPreview({ ...shared, stopButton: () => stopButton(reply.address, reply.turnId) })
    const growth = createGrowth({ ...shared, chats, chat, preview })
    let ended: Promise<string | null> | undefined
    return {
      show: growth.show,
      end(kept) {
        ended ??= end({ api, reply, kept, preview, growth, hangUp })
        return ended
      },
    }
  }
}

interface Ending {
  api: Api
  reply: ReplyToGrow
  kept: boolean
  preview: Preview
  growth: Growth
  hangUp: AbortController
}

async function end({ api, reply, kept, preview, growth, hangUp }: Ending): Promise<string | null> {
  const inTime = new AbortController()
  const late = sleep(END_WAIT_MAX_MS, undefined, { signal: inTime.signal }).catch(() => {})
  await Promise.race([growth.stop(), late])
  hangUp.abort()
  const left = preview.leave()
  if (left !== null && !kept) await Promise.race([takeAway(api, reply.address, left), late])
  inTime.abort()
  return kept ? left : null
}
