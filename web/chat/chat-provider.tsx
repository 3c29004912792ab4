import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import type { Me } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
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
  const client = useQueryClient()
  const chat = useMemo(() => {
    const spoken = createStore('')
    const changeMe = (change: Partial<Me>) =>
      client.setQueryData<Me | null>(['me'], (me) => (me ? { ...me, ...change } : me))
    const live = createLiveChat({
      api,
      userId,
      storage: lastingStorage,
      onCredits: (credits) => changeMe({ credits }),
      onConversation: (conversation) => {
        if (conversation.status === 'active') changeMe({ conversation })
        void client.invalidateQueries({ queryKey: ['conversations'] })
      },
      onReset: () => void client.invalidateQueries(),
      onReply: (message) => spoken.set(message.text),
    })
    return { ...live, spoken }
  }, [api, client, userId])

  useEffect(() => {
    void chat.begin()
    return () => chat.close()
  }, [chat])

  return <ChatContext value={chat}>{children}</ChatContext>
}

export function useChat(): ChatOfPage {
  const chat = useContext(ChatContext)
  if (!chat) throw new Error('useChat outside of ChatProvider')
  return chat
}

export function useTimeline<Part>(part: (timeline: Timeline) => Part): Part {
  return useStore(useChat().timeline, part)
}
