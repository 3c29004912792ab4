import { type RefObject, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Fact } from '#contract/api'
import { dayInWords } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'

interface FactCardProps {
  fact: Fact
  /** It was just edited: the keyboard goes on where it was. */
  takesFocus: boolean
  onEdit(): void
  onForget(): void
}

/** One thing remembered, since when, and the line of the talk it was drawn from. */
export function FactCard({ fact, takesFocus, onEdit, onForget }: FactCardProps) {
  const { t, locale } = useTexts()
  const edit = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (takesFocus) edit.current?.focus()
  }, [takesFocus])
  return (
    <>
      <p className="whitespace-pre-line text-pretty [overflow-wrap:anywhere]">{fact.text}</p>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 text-[0.875rem]">
        <span className="mr-auto text-muted">
          {dayInWords(new Date(fact.createdAt), locale, 'short')} ·{' '}
          <Link
            href={`/?at=${fact.messageId}`}
            className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:text-ink"
            aria-label={t('memory-source-named', { text: fact.text })}
          >
            {t('memory-source')}
          </Link>
        </span>
        <span className="flex gap-3">
          <Deed
            button={edit}
            text={t('memory-edit')}
            label={t('memory-edit-named', { text: fact.text })}
            onClick={onEdit}
          />
          <Deed text={t('memory-forget')} label={t('memory-forget-named', { text: fact.text })} onClick={onForget} />
        </span>
      </div>
    </>
  )
}

interface DeedProps {
  button?: RefObject<HTMLButtonElement | null>
  text: string
  label: string
  onClick(): void
}

function Deed({ button, text, label, onClick }: DeedProps) {
  return (
    <button ref={button} type="button" className="button-text min-h-11" aria-label={label} onClick={onClick}>
      {text}
    </button>
  )
}
