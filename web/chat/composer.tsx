import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { MESSAGE_TEXT_MAX_LENGTH } from '#contract/limits'
import { hasKeyboard } from '../shell/has-keyboard.ts'
import { SendIcon } from '../shell/icons.tsx'
import { useStore } from '../shell/store.ts'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat } from './chat-provider.tsx'
import { StopButton } from './stop-button.tsx'
import { useGrowth } from './use-growth.ts'
import { useTypingSign } from './use-typing-sign.ts'

const SHOW_LEFT_BELOW = 300

/** Enter sends where there is a real keyboard, Shift+Enter breaks the line. What is written is kept over reloads. */
export function Composer() {
  const { t } = useTexts()
  const chat = useChat()
  const telegram = useTelegram()
  const empty = useStore(chat.draft, (draft) => draft.trim() === '')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (hasKeyboard()) field.current?.focus({ preventScroll: true })
  }, [])

  const send = () => {
    const text = chat.draft.get().trim()
    if (!text) return
    chat.refusal.set(null)
    chat.draft.set('')
    chat.outbox.add(text)
    telegram?.feel('sent')
    field.current?.focus()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <form onSubmit={onSubmit} className="flex items-end gap-2">
      <Field field={field} onSend={send} />
      <StopButton />
      <button
        type="submit"
        className="button button-main button-round"
        aria-label={t('composer-send')}
        title={t('composer-send')}
        disabled={empty}
      >
        <SendIcon />
      </button>
    </form>
  )
}

interface FieldProps {
  field: React.RefObject<HTMLTextAreaElement | null>
  onSend(): void
}

function Field({ field, onSend }: FieldProps) {
  const { t } = useTexts()
  const { draft } = useChat()
  const text = useStore(draft, (now) => now)
  const sayTyping = useTypingSign()
  useGrowth(field, text)
  const left = MESSAGE_TEXT_MAX_LENGTH - text.length
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || !hasKeyboard()) return
    event.preventDefault()
    onSend()
  }
  return (
    <div className="relative min-w-0 flex-1">
      <textarea
        ref={field}
        rows={1}
        value={text}
        maxLength={MESSAGE_TEXT_MAX_LENGTH}
        aria-label={t('composer-label')}
        placeholder={t('composer-placeholder')}
        enterKeyHint={hasKeyboard() ? 'send' : 'enter'}
        className="field block resize-none rounded-[1.5rem] leading-6"
        onChange={(event) => {
          draft.set(event.target.value)
          sayTyping()
        }}
        onKeyDown={onKeyDown}
      />
      {left < SHOW_LEFT_BELOW && (
        <span className="absolute right-4 bottom-full pb-0.5 text-[0.75rem] text-muted tabular-nums">{left}</span>
      )}
    </div>
  )
}
