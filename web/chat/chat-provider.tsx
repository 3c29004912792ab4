import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import type { Credits, Me } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import type { Cache } from '../api/cache.ts'
import { useCache } from '../api/cache-provider.tsx'
import { changeMe } from '../api/change-me.ts'
import { mayMeanMore } from '../credits/available.ts'
import { lastingStorage } from '../shell/guarded-storage.ts'
import { createStore, type Store, useStore } from '../shell/store.ts'
import { createLiveChat, type LiveChat } from './live-chat.ts'
import type { Timeline } from './timeline.ts'

interface ChatOfPage extends LiveChat {
  /** The last finished reply, for the screen reader. */
  spoken: Store<string>
}

const ChatContext = createContext<ChatOfPage | null>(null)

/** Opens the talk of one user for all pages: the stream also carries the balance and the active conversation. */
export function ChatProvider({ userId, children }: { userId: string; children: ReactNode }) {
  const api = useApi()
  const cache = useCache()
  const chat = useMemo(() => {
    const spoken = createStore('')
    const live = createLiveChat({
      api,
      userId,
      storage: lastingStorage,
      onCredits: (credits) => takeCredits(cache, credits),
      onConversation: (conversation) => {
        if (conversation.status === 'active') changeMe(cache, { conversation })
        void cache.renewAll('conversations')
      },
      onMemory: () => void cache.renewAll('memory'),
      onReminders: () => void cache.renewAll('reminders'),
      onSettings: () => void cache.renewAll('me'),
      onReset: () => void cache.renewAll(),
      onReply: (message) => spoken.set(message.text),
    })
    return { ...live, spoken }
  }, [api, cache, userId])

  useEffect(() => {
    void chat.begin()
    return () => chat.close()
  }, [chat])

  return <ChatContext value={chat}>{children}</ChatContext>
}

function takeCredits(cache: Cache, credits: Credits): void {
  const me = cache.of<Me | null>('me').get().data
  changeMe(cache, { credits })
  if (me && mayMeanMore(me, credits)) void cache.renewAll('me')
}

export function useChat(): ChatOfPage {
  const chat = useContext(ChatContext)
  if (!chat) throw new Error('useChat outside of ChatProvider')
  return chat
}

export function useTimeline<Part>(part: (timeline: Timeline) => Part): Part {
  return useStore(useChat().timeline, part)
}
