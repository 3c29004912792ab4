import { lazy, Suspense, useState } from 'react'
import type { Me, Message } from '#contract/api'
import { FlagIcon } from '../shell/icons.tsx'
import { Portrait } from '../shell/portrait.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { FormattedText } from './formatted-text.tsx'
import { MetaLine } from './meta-line.tsx'
import { usePersonaOf } from './use-persona-of.ts'

const ReportSheet = lazy(() => import('./report-sheet.tsx').then((module) => ({ default: module.ReportSheet })))

interface TheirMessageProps {
  text: string
  /** Absent while the reply is still being written. */
  message?: Message
  first: boolean
  last: boolean
  conversationId: string | null
  me: Me
}

/** A companion's line: in a bubble on a phone, without a box beside the portrait on wide screens. */
export function TheirMessage({ text, message, first, last, conversationId, me }: TheirMessageProps) {
  const { t } = useTexts()
  const companion = usePersonaOf(conversationId, me.conversation)
  const ours = isOurs(message)
  const persona = ours ? null : companion
  return (
    <article
      data-accent={accentOf(persona?.id)}
      className={`flex wide:gap-4 ${first ? 'pt-3 wide:pt-4' : 'pt-0.5 wide:pt-1.5'}`}
      aria-label={ours ? t('chat-vitte') : (persona?.name ?? t('chat-companion'))}
      aria-busy={!message}
    >
      <div className="hidden w-9 shrink-0 pt-0.5 wide:block">
        {first && persona && <Portrait persona={persona} className="size-9" />}
      </div>
      <div className="flex min-w-0 flex-1 flex-col items-start">
        {ours && <p className="px-1 pb-1 text-[0.8125rem] text-muted">{t('chat-vitte')}</p>}
        <div className="bubble bubble-theirs" data-first={first} data-last={last}>
          <FormattedText text={text} />
        </div>
        {last && message && (
          <MetaLine message={message}>
            <ReportButton turnId={message.turn?.id} />
          </MetaLine>
        )}
      </div>
    </article>
  )
}

const OURS: readonly (string | undefined)[] = ['crisis', 'minor_locked', 'refused']

/** What the product said itself in a companion's place. */
function isOurs(message: Message | undefined): boolean {
  return message?.role === 'assistant' && OURS.includes(message.turn?.code)
}

function ReportButton({ turnId }: { turnId: string | undefined }) {
  const { t } = useTexts()
  const [open, setOpen] = useState(false)
  if (!turnId) return null
  return (
    <>
      <button
        type="button"
        className="icon-button -my-1.5 size-8 text-muted"
        aria-label={t('report-open')}
        title={t('report-open')}
        onClick={() => setOpen(true)}
      >
        <FlagIcon className="size-3.5" />
      </button>
      {open && (
        <Suspense>
          <ReportSheet turnId={turnId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
