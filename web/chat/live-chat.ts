import type { SentMessage } from '#contract/api'
import type { ApiError } from '../api/api-error.ts'
import type { Api } from '../api/create-api.ts'
import type { StreamStatus } from '../events/follow-events.ts'
import type { KeptTexts } from '../shell/guarded-storage.ts'
import { createStore, type Store } from '../shell/store.ts'
import { requeue } from './apply-event.ts'
import { createElsewhere, type Elsewhere } from './elsewhere.ts'
import { followTalk, type TalkListeners } from './follow-talk.ts'
import { createHistory } from './history.ts'
import { keepDraft, keepOutbox } from './kept-texts.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { emptyTimeline, type Outgoing, type Timeline } from './timeline.ts'

/** Why the server did not take a line: the composer shows it until the next try. */
export interface Refusal {
  code: string
  detail: string
}

export interface LiveChatOptions extends TalkListeners {
  api: Api
  userId: string
  storage: KeptTexts
}

/** The talk as this page lives it: what is shown, what is written, and what can be done with it. */
export interface LiveChat {
  timeline: Store<Timeline>
  draft: Store<string>
  status: Store<StreamStatus>
  refusal: Store<Refusal | null>
  elsewhere: Elsewhere
  outbox: Outbox
  begin(): Promise<void>
  loadOlder(): Promise<void>
  has(id: string): Promise<boolean>
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
  const elsewhere = createElsewhere(api.page)
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
  let closed = false

  return {
    timeline,
    draft,
    status,
    refusal,
    elsewhere,
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
      if (!closed) stopFollowing = followTalk({ ...options, timeline, history, outbox, elsewhere, status })
    },
    loadOlder: history.older,
    has: history.has,
    ...turnDeeds(api, timeline),
    close() {
      closed = true
      stopFollowing()
      outbox.close()
      elsewhere.close()
    },
  }
}

function turnDeeds(api: Api, timeline: Store<Timeline>): Pick<LiveChat, 'cancel' | 'retry' | 'report'> {
  const deed = (turnId: string, name: string) => api.call<void>('POST', `/api/turns/${turnId}/${name}`)
  return {
    cancel: (turnId) => deed(turnId, 'cancel'),
    report: (turnId) => deed(turnId, 'report'),
    async retry(turnId) {
      await deed(turnId, 'retry')
      timeline.set((now) => requeue(now, turnId))
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
