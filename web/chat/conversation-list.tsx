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

/** All conversations, newest first; an archived one can be taken up again. */
export function ConversationList() {
  const { t } = useTexts()
  const { data, error } = useConversations()
  const restore = useRestore()
  if (error && !data) return <p className="px-3 py-2 text-[0.875rem] text-muted">{t('conversations-failed')}</p>
  if (!data) return <Skeletons />
  if (data.length === 0) return <p className="px-3 py-2 text-[0.875rem] text-muted">{t('conversations-empty')}</p>
  return (
    <ul className="flex flex-col gap-0.5">
      {data.map((conversation) => (
        <li key={conversation.id}>
          <Item conversation={conversation} busy={restore.busy} onRestore={() => restore.run(conversation.id)} />
        </li>
      ))}
    </ul>
  )
}

interface ItemProps {
  conversation: Conversation
  busy: boolean
  onRestore(): void
}

function Item({ conversation, busy, onRestore }: ItemProps) {
  const { t, locale } = useTexts()
  const { persona, story, status, startedAt } = conversation
  const active = status === 'active'
  const words = (
    <>
      <Portrait persona={persona} className="size-10" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{persona.name}</span>
        <span className="block truncate text-[0.8125rem] text-muted">
          {dayInWords(new Date(startedAt), locale, 'short')} · {story?.title ?? t('conversation-open')}
        </span>
      </span>
    </>
  )
  const look = 'flex w-full items-center gap-3 rounded-2xl px-3 py-2 text-left'
  if (active) {
    return (
      <Link
        href="/"
        data-accent={accentOf(persona.id)}
        className={`${look} bg-accent-soft/70`}
        aria-current="true"
        title={t('conversation-active')}
      >
        {words}
      </Link>
    )
  }
  return (
    <div className={`${look} hover:bg-ink/5`} data-accent={accentOf(persona.id)}>
      {words}
      <button
        type="button"
        className="button-text min-h-9 shrink-0 px-1 text-[0.875rem]"
        disabled={busy}
        onClick={onRestore}
      >
        {t('conversation-restore')}
      </button>
    </div>
  )
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
        changeMe(cache, { conversation })
        void cache.renewAll('conversations')
        navigate('/')
      },
      onError: (error) => tell(sentenceOf(error, t('error-unreachable'))),
    },
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
