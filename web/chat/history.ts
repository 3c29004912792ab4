import type { HistoryPage, Message } from '#contract/api'
import { HISTORY_PAGE_DEFAULT } from '#contract/limits'
import type { Api } from '../api/create-api.ts'
import type { Store } from '../shell/store.ts'
import { mergeMessages } from './merge-messages.ts'
import type { Timeline } from './timeline.ts'

/** The pages of the history: the newest first, older ones as the reader goes up. */
export interface History {
  /** Reads the newest page anew and forgets what was held before. Throws what the call throws. */
  begin(): Promise<void>
  /** Reads the newest page again and takes what it knows better. Silent on failure. */
  refresh(): Promise<void>
  /** Reads one page above; does nothing while one is on its way or when there is nothing above. */
  older(): Promise<void>
  /** Whether the reader's history has a line with this id. */
  has(id: string): Promise<boolean>
}

export function createHistory(api: Api, timeline: Store<Timeline>): History {
  let reading = false
  const read = (query: string) => api.call<HistoryPage>('GET', `/api/messages?limit=${HISTORY_PAGE_DEFAULT}${query}`)

  return {
    async begin() {
      const { messages, hasMore } = await read('')
      timeline.set((now) => ({ ...now, messages: mergeMessages([], messages), hasMore, state: 'ready', edge: 'newer' }))
    },
    async refresh() {
      const page = await read('').catch(() => null)
      if (page) timeline.set((now) => withNewerKnowledge(now, page.messages))
    },
    async older() {
      const { hasMore, messages, state } = timeline.get()
      const first = messages[0]
      if (reading || !hasMore || !first || state !== 'ready') return
      reading = true
      try {
        const page = await read(`&before=${first.seq}`)
        timeline.set((now) => withOlder(now, page))
      } finally {
        reading = false
      }
    },
    async has(id) {
      const { messages } = await api.call<HistoryPage>('GET', `/api/messages?limit=1&at=${encodeURIComponent(id)}`)
      return messages.some((message) => message.id === id)
    },
  }
}

function withOlder(timeline: Timeline, page: HistoryPage): Timeline {
  return {
    ...timeline,
    messages: mergeMessages(timeline.messages, page.messages),
    hasMore: page.hasMore && page.messages.length > 0,
    edge: 'older',
  }
}

/** A page may have been read before an event that is already known: a turn that has ended does not run again by it. */
export function withNewerKnowledge(timeline: Timeline, page: readonly Message[]): Timeline {
  const known = new Map(timeline.messages.map((message) => [message.id, message]))
  const taken = page.map((message) => {
    const turn = known.get(message.id)?.turn
    return turn && isOver(turn) && message.turn && !isOver(message.turn) ? { ...message, turn } : message
  })
  return { ...timeline, messages: mergeMessages(timeline.messages, taken), edge: 'newer' }
}

function isOver({ state }: NonNullable<Message['turn']>): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}
