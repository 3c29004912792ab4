import { Link } from 'wouter'
import type { Conversation, Persona } from '#contract/api'
import { sentenceOf } from '../api/api-error.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { MainButton } from './main-button.tsx'

interface StartBarProps {
  persona: Persona
  /** The conversation that a start would put away. */
  present: Conversation | null
  busy: boolean
  error: unknown
  onStart(): void
}

/** At the foot of a companion's page: the start, what went wrong with it, and what it does to the present conversation. */
export function StartBar({ persona, present, busy, error, onStart }: StartBarProps) {
  const { t } = useTexts()
  const active = present?.persona.id === persona.id
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-6 bg-linear-to-t from-75% from-ground to-transparent px-4 pt-8 pb-[calc(var(--safe-bottom)+0.5rem)] empty:hidden">
      {error !== null && (
        <p role="alert" className="mb-2 text-center text-[0.875rem] text-danger text-pretty">
          {sentenceOf(error, t('error-unreachable'))}
        </p>
      )}
      <MainButton text={active ? t('story-renew') : t('story-start')} busy={busy} onPress={onStart} />
      {present && (
        <p className="mt-2.5 text-center text-[0.8125rem] text-muted text-pretty">
          {active ? t('story-archives-this') : t('story-archives', { name: present.persona.name })}
        </p>
      )}
      {active && (
        <Link href="/" className="button-text mx-auto mt-1 flex min-h-9 w-fit items-center text-[0.9375rem]">
          {t('story-continue')}
        </Link>
      )}
    </div>
  )
}
