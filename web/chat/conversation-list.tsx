import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Conversation } from '#contract/api'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { changeMe } from '../api/change-me.ts'
import { useConversations } from '../api/queries.ts'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { Portrait } from '../shell/portrait.tsx'
import { dayInWords } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'

const LOOK = 'flex w-full items-center gap-3 rounded-2xl px-3 py-2 text-left'

/** All conversations, newest first; an archived one can be taken up again for a while. `detailed` says for how long. */
export function ConversationList({ detailed = false }: { detailed?: boolean }) {
  const { t } = useTexts()
  const { data, error, again } = useConversations()
  const restore = useRestore()
  if (error && !data) return <Failed onAgain={again} />
  if (!data) return <Skeletons />
  if (data.length === 0) return <p className="px-3 py-2 text-[0.875rem] text-muted">{t('conversations-empty')}</p>
  return (
    <ul className={`flex flex-col ${detailed ? 'gap-2' : 'gap-0.5'}`}>
      {data.map((conversation) => (
        <li key={conversation.id}>
          {conversation.status === 'active' ? (
            <Active conversation={conversation} detailed={detailed} />
          ) : (
            <Archived
              conversation={conversation}
              detailed={detailed}
              busy={restore.busy}
              onRestore={() => restore.run(conversation.id)}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

interface ItemProps {
  conversation: Conversation
  detailed: boolean
}

function Active({ conversation, detailed }: ItemProps) {
  const { t } = useTexts()
  return (
    <Link
      href="/"
      data-accent={accentOf(conversation.persona.id)}
      className={`${LOOK} bg-accent-soft/70`}
      aria-current="true"
      title={t('conversation-active')}
    >
      <Words conversation={conversation}>{detailed && t('conversation-active')}</Words>
    </Link>
  )
}

function Archived({ conversation, detailed, busy, onRestore }: ItemProps & { busy: boolean; onRestore(): void }) {
  const { t, locale } = useTexts()
  const { persona, restorableUntil } = conversation
  const until = restorableUntil && dayInWords(new Date(restorableUntil), locale)
  const end = until ? t('conversation-until', { day: until }) : t('conversation-past')
  return (
    <div className={`${LOOK} hover:bg-ink/5`} data-accent={accentOf(persona.id)} title={detailed ? undefined : end}>
      <Words conversation={conversation}>{detailed && end}</Words>
      {until && (
        <button
          type="button"
          className="button-text min-h-11 shrink-0 px-1 text-[0.875rem]"
          aria-label={t('conversation-restore-named', { name: persona.name, day: startOf(conversation, locale) })}
          disabled={busy}
          onClick={onRestore}
        >
          {t('conversation-restore')}
        </button>
      )}
    </div>
  )
}

/** With whom, since when, in which story; below it what can be done with it, where there is room for that. */
function Words({ conversation, children }: { conversation: Conversation; children: ReactNode }) {
  const { t, locale } = useTexts()
  const { persona, story } = conversation
  return (
    <>
      <Portrait persona={persona} className={children ? 'size-12' : 'size-10'} />
      <span className="min-w-0 flex-1 leading-snug">
        <span className="block truncate">{persona.name}</span>
        <span className="block truncate text-[0.8125rem] text-muted">
          {startOf(conversation, locale)} · {story?.title ?? t('conversation-open')}
        </span>
        {children && <span className="block text-[0.8125rem] text-muted text-pretty">{children}</span>}
      </span>
    </>
  )
}

function startOf({ startedAt }: Conversation, locale: 'ru' | 'en'): string {
  return dayInWords(new Date(startedAt), locale, 'short')
}

function useRestore() {
  const api = useApi()
  const cache = useCache()
  const { t } = useTexts()
  const [, navigate] = useLocation()
  return useAction(
    (id: string) => api.call<{ conversation: Conversation }>('POST', `/api/conversations/${id}/restore`),
    {
      onDone({ conversation }) {
        const archives = cache
          .of<Conversation[]>('conversations')
          .get()
          .data?.some(({ status }) => status === 'active')
        changeMe(cache, { conversation })
        void cache.renewAll('conversations')
        navigate('/')
        tell(t(archives ? 'conversation-restored-other' : 'conversation-restored'))
      },
      onError(error) {
        // It may have become too old since the list came.
        void cache.renewAll('conversations')
        tell(sentenceOf(error, t('error-unreachable')))
      },
    },
  )
}

function Failed({ onAgain }: { onAgain(): void }) {
  const { t } = useTexts()
  return (
    <p role="alert" className="flex items-center justify-between gap-3 px-3 py-2 text-[0.875rem] text-muted">
      {t('conversations-failed')}
      <button type="button" className="button-text min-h-11 px-1" onClick={onAgain}>
        {t('action-again')}
      </button>
    </p>
  )
}

function Skeletons() {
  return ['one', 'two', 'three'].map((key) => (
    <div key={key} className="appears-late flex items-center gap-3 px-3 py-2" aria-hidden="true">
      <span className="skeleton size-10 rounded-full" />
      <span className="skeleton h-4 w-32" />
    </div>
  ))
}
