import type { Conversation, Credits, Message } from '#contract/api'
import type { StreamEvent } from '#contract/events'
import type { Api } from '../api/create-api.ts'
import { followEvents, type StreamStatus } from '../events/follow-events.ts'
import { onPageWake } from '../events/page-wakes.ts'
import type { Store } from '../shell/store.ts'
import { applyEvent } from './apply-event.ts'
import type { Elsewhere } from './elsewhere.ts'
import { gatherDeltas } from './gather-deltas.ts'
import type { History } from './history.ts'
import type { Outbox } from './outbox.ts'
import { lastSeq, type Timeline, waitingTurns } from './timeline.ts'

/** Who else on the page wants to know what the stream tells. */
export interface TalkListeners {
  onCredits(credits: Credits): void
  onConversation(conversation: Conversation): void
  onMemory(): void
  onReminders(): void
  onSettings(): void
  onReset(): void
  onReply(message: Message): void
}

interface Talk extends TalkListeners {
  api: Api
  timeline: Store<Timeline>
  history: History
  outbox: Outbox
  elsewhere: Elsewhere
  status: Store<StreamStatus>
}

/** Lets the talk follow the event stream from the newest message held. Returns the stop. */
export function followTalk(talk: Talk): () => void {
  const { api, timeline } = talk
  const deltas = gatherDeltas((event) => timeline.set((now) => applyEvent(now, event)))
  const stop = followEvents({
    open: (after, signal) => api.openStream(`/api/events?lastEventId=${after}`, signal),
    lastEventId: () => lastSeq(timeline.get()),
    onOpen: () => catchUp(talk),
    onEvent(event) {
      deltas.take(event)
      tellListeners(talk, event)
    },
    onStatus: talk.status.set,
    onWake: onPageWake,
  })
  return () => {
    stop()
    deltas.close()
  }
}

/** Every new stream tells anew what is being written; a failure while away is told by nobody, only by the history. */
function catchUp({ timeline, history, outbox }: Talk): void {
  const waiting = waitingTurns(timeline.get()).length > 0
  timeline.set((now) => (now.replies.length > 0 ? { ...now, replies: [] } : now))
  if (waiting) void history.refresh()
  outbox.flush()
}

function tellListeners(talk: Talk, event: StreamEvent): void {
  if (event.name === 'presence') talk.elsewhere.hear(event.data)
  if (event.name === 'credits') talk.onCredits(event.data)
  if (event.name === 'conversation') talk.onConversation(event.data)
  if (event.name === 'memory') talk.onMemory()
  if (event.name === 'reminders') talk.onReminders()
  if (event.name === 'settings') talk.onSettings()
  if (event.name === 'message' && event.data.role === 'assistant') talk.onReply(event.data)
  if (event.name === 'reset') {
    talk.onReset()
    void talk.history.begin().catch(() => undefined)
  }
}
