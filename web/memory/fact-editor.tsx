import { useEffect, useId, useRef, useState } from 'react'
import type { Fact } from '#contract/api'
import { FACT_TEXT_MAX_LENGTH } from '#contract/limits'
import { ApiError, sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { memoryQuery } from './queries.ts'

/** Letters left from which on they are counted before the eyes. */
const COUNTED_FROM = 60

/** Corrects one thing remembered, in its place. What was typed is never thrown away by a refusal. */
export function FactEditor({ fact, onEnd }: { fact: Fact; onEnd(): void }) {
  const { t } = useTexts()
  const cache = useCache()
  const api = useApi()
  const [text, setText] = useState(fact.text)
  const left = FACT_TEXT_MAX_LENGTH - text.trim().length
  const save = useAction(
    () => api.call<{ fact: Fact }>('PATCH', `/api/memory/${fact.id}`, { body: { text: text.trim() } }),
    {
      onDone({ fact: saved }) {
        cache.change<Fact[]>('memory', (facts) => facts.map((known) => (known.id === saved.id ? saved : known)))
        onEnd()
      },
    },
  )
  const wrong = text.trim() === '' ? t('memory-empty') : left < 0 ? t('memory-too-long', { count: -left }) : null
  const refused = save.error === null ? null : wordsOf(save.error, t)
  const send = () => (text.trim() === fact.text ? onEnd() : wrong === null && save.run())
  const cancel = () => {
    // It may be gone by now: then the list shows so.
    if (save.error !== null) void cache.renew(memoryQuery(api))
    onEnd()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Field text={text} wrong={wrong ?? refused} left={left} onText={setText} onSend={send} onCancel={cancel} />
      <div className="mt-2 mb-2 flex flex-wrap gap-2">
        <button type="submit" className="button button-main min-h-11 py-1.5" disabled={save.busy || wrong !== null}>
          {t('memory-save')}
        </button>
        <button type="button" className="button button-quiet min-h-11 py-1.5" onClick={cancel}>
          {t('action-cancel')}
        </button>
      </div>
    </form>
  )
}

interface FieldProps {
  text: string
  wrong: string | null
  left: number
  onText(text: string): void
  onSend(): void
  onCancel(): void
}

function Field({ text, wrong, left, onText, onSend, onCancel }: FieldProps) {
  const { t } = useTexts()
  const wrongId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const { current } = field
    current?.focus()
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])
  return (
    <>
      <textarea
        ref={field}
        className="field field-sizing-content block max-h-[40dvh] min-h-20 resize-none"
        value={text}
        aria-label={t('memory-field')}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : wrongId}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel()
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSend()
        }}
      />
      <div className="mt-1 flex min-h-6 justify-between gap-4 text-[0.875rem]">
        <p id={wrongId} role="alert" className="text-danger text-pretty">
          {wrong}
        </p>
        {left >= 0 && left <= COUNTED_FROM && (
          <span aria-hidden="true" className="text-muted tabular-nums">
            {left}
          </span>
        )}
      </div>
    </>
  )
}

function wordsOf(error: unknown, t: ReturnType<typeof useTexts>['t']): string {
  if (error instanceof ApiError && error.status === 404) return t('memory-gone')
  return sentenceOf(error, t('error-unreachable'))
}
