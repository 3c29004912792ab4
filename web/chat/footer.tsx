import { lazy, type ReactNode, Suspense } from 'react'
import type { Conversation, Me, Message } from '#contract/api'
import { useTimeline } from './chat-provider.tsx'
import { Composer } from './composer.tsx'
import { RefusalNote } from './refusal-note.tsx'
import { UnderLine } from './under-line.tsx'

const FirstWordAsk = lazy(() => import('./first-word-ask.tsx').then((module) => ({ default: module.FirstWordAsk })))
const MissingStep = lazy(() => import('./missing-step.tsx').then((module) => ({ default: module.MissingStep })))

/** Below the talk: the composer, or the one step that is missing before it. */
export function Footer({ me }: { me: Me }) {
  if (!me.conversation || !me.user.adultConfirmedAt || me.help) {
    return (
      <FooterBar>
        <Suspense fallback={<div className="h-22" />}>
          <MissingStep me={me} />
        </Suspense>
      </FooterBar>
    )
  }
  return (
    <FooterBar>
      <RefusalNote me={me} />
      <AskFirst me={me} />
      <Composer />
      <UnderLine me={me} />
    </FooterBar>
  )
}

/** Asked where it can come true, once there was an answer in this talk and none is being written. */
function AskFirst({ me }: { me: Me }) {
  const reachable = me.identities.some((identity) => identity.channel === 'telegram' && identity.reachable)
  const talked = useTimeline(
    ({ messages, replies }) => replies.length === 0 && messages.some((message) => isAnswerIn(message, me.conversation)),
  )
  if (me.user.proactive.chosen || !reachable || !talked) return null
  return (
    <Suspense>
      <FirstWordAsk />
    </Suspense>
  )
}

function isAnswerIn({ role, turn, conversationId }: Message, conversation: Conversation | null): boolean {
  return role === 'assistant' && turn !== undefined && conversationId === conversation?.id
}

function FooterBar({ children }: { children: ReactNode }) {
  return (
    <div className="talk-foot shrink-0 px-3 pt-1 pb-[calc(var(--safe-bottom)+0.375rem)] wide:px-8 wide:pb-[calc(var(--safe-bottom)+0.75rem)]">
      <div className="mx-auto w-full max-w-[42rem]">{children}</div>
    </div>
  )
}
