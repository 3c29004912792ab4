import type { Conversation, Credits, Message, SentMessage } from '#contract/api'
import type { StreamEvent } from '#contract/events'
import type { ApiError } from '../api/api-error.ts'
import type { Api } from '../api/create-api.ts'
import { followEvents, type StreamStatus } from '../events/follow-events.ts'
import type { KeptTexts } from '../shell/guarded-storage.ts'
import { createStore, type Store } from '../shell/store.ts'
import { applyEvent, withTurn } from './apply-event.ts'
import { gatherDeltas } from './gather-deltas.ts'
import { createHistory } from './history.ts'
import { keepDraft, keepOutbox } from './kept-texts.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { emptyTimeline, lastSeq, type Outgoing, type Timeline, waitingTurns } from './timeline.ts'

/** Why the server did not take a line: the composer shows it until the next try. */
export interface Refusal {
  code: string
  detail: string
}

export interface LiveChatOptions {
  api: Api
  userId: string
  storage: KeptTexts
  onCredits(credits: Credits): void
  onConversation(conversation: Conversation): void
  onReset(): void
  onReply(message: Message): void
}

/** The talk as this page lives it: what is shown, what is written, and what can be done with it. */
export interface LiveChat {
  timeline: Store<Timeline>
  draft: Store<string>
  status: Store<StreamStatus>
  refusal: Store<Refusal | null>
  outbox: Outbox
  begin(): Promise<void>
  loadOlder(): Promise<void>
  cancel(turnId: string): Promise<void>
  retry(turnId: string): Promise<void>
  report(turnId: string): Promise<void>
  close(): void
}

export function createLiveChat(options: LiveChatOptions): LiveChat {
  const { api, storage, userId } = options
  const timeline = createStore<Timeline>(emptyTimeline)
  const status = createStore<StreamStatus>('connecting')
  const refusal = createStore<Refusal | null>(null)
  const draft = keepDraft(storage, userId)
  keepOutbox(storage, userId, timeline)
  const history = createHistory(api, timeline)
  const outbox = createOutbox({
    timeline,
    post: ({ key, text }) =>
      api.call<SentMessage>('POST', '/api/messages', { body: { text }, headers: { 'idempotency-key': key } }),
    onRefused: (line, error) => refuse(line, error, draft, refusal),
  })
  let stopFollowing = () => {}
  const deltas = gatherDeltas((event) => timeline.set((now) => applyEvent(now, event)))

  const onEvent = (event: StreamEvent) => {
    deltas.take(event)
    if (event.name === 'credits') options.onCredits(event.data)
    if (event.name === 'conversation') options.onConversation(event.data)
    if (event.name === 'message' && event.data.role === 'assistant') options.onReply(event.data)
    if (event.name === 'reset') {
      options.onReset()
      void history.begin().catch(() => undefined)
    }
  }
  // Every new stream tells anew what is being written; a failure while away is told by nobody, only by the history.
  const onOpen = () => {
    const waiting = waitingTurns(timeline.get()).length > 0
    timeline.set((now) => (now.replies.length > 0 ? { ...now, replies: [] } : now))
    if (waiting) void history.refresh()
    outbox.flush()
  }

  return {
    timeline,
    draft,
    status,
    refusal,
    outbox,
    async begin() {
      timeline.set((now) => ({ ...now, state: 'loading' }))
      try {
        await history.begin()
      } catch {
        timeline.set((now) => ({ ...now, state: 'failed' }))
        return
      }
      stopFollowing()
      stopFollowing = followEvents({
        open: (after, signal) => api.openStream(`/api/events?lastEventId=${after}`, signal),
        lastEventId: () => lastSeq(timeline.get()),
        onOpen,
        onEvent,
        onStatus: status.set,
      })
    },
    loadOlder: history.older,
    async cancel(turnId) {
      await api.call('POST', `/api/turns/${turnId}/cancel`)
    },
    async retry(turnId) {
      await api.call('POST', `/api/turns/${turnId}/retry`)
      timeline.set((now) => withTurn(now, turnId, 'queued'))
    },
    async report(turnId) {
      await api.call('POST', `/api/turns/${turnId}/report`)
    },
    close() {
      stopFollowing()
      outbox.close()
      deltas.close()
    },
  }
}

/** No credits, no conversation: the text goes back to the composer. Not yet 18+, not signed in: it waits. */
function refuse(line: Outgoing, error: ApiError, draft: Store<string>, refusal: Store<Refusal | null>) {
  refusal.set({ code: error.code, detail: error.detail })
  if (error.status === 402 || error.code === 'no_active_conversation') {
    draft.set((text) => (text ? `${line.text}\n${text}` : line.text))
    return 'discard'
  }
  return error.status === 401 || error.code === 'adult_confirmation_required' ? 'unsent' : 'failed'
}
