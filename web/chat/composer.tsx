import { type FormEvent, type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { MESSAGE_TEXT_MAX_LENGTH } from '#contract/limits'
import { SendIcon, StopIcon } from '../shell/icons.tsx'
import { tell } from '../shell/notices.tsx'
import { useStore } from '../shell/store.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat, useTimeline } from './chat-provider.tsx'
import { waitingTurns } from './timeline.ts'
import { useTypingSign } from './use-typing-sign.ts'

const LINES_MAX = 6
const SHOW_LEFT_BELOW = 300

/** Grows to six lines. Enter sends where there is a real keyboard, Shift+Enter breaks the line. */
export function Composer() {
  const { t } = useTexts()
  const chat = useChat()
  const text = useStore(chat.draft, (draft) => draft)
  const field = useRef<HTMLTextAreaElement>(null)
  const sayTyping = useTypingSign()
  useGrowth(field, text)

  const send = () => {
    const ready = text.trim()
    if (!ready) return
    chat.refusal.set(null)
    chat.draft.set('')
    chat.outbox.add(ready)
    field.current?.focus()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || !hasKeyboard()) return
    event.preventDefault()
    send()
  }
  const left = MESSAGE_TEXT_MAX_LENGTH - text.length

  return (
    <form onSubmit={onSubmit} className="flex items-end gap-2">
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
            chat.draft.set(event.target.value)
            sayTyping()
          }}
          onKeyDown={onKeyDown}
        />
        {left < SHOW_LEFT_BELOW && (
          <span className="absolute right-4 bottom-full pb-0.5 text-[0.75rem] text-muted tabular-nums">{left}</span>
        )}
      </div>
      <StopButton />
      <button
        type="submit"
        className="button button-main button-round"
        aria-label={t('composer-send')}
        title={t('composer-send')}
        disabled={!text.trim()}
      >
        <SendIcon />
      </button>
    </form>
  )
}

function StopButton() {
  const { t } = useTexts()
  const chat = useChat()
  const turnId = useTimeline((timeline) => waitingTurns(timeline)[0])
  if (!turnId) return null
  return (
    <button
      type="button"
      className="button button-quiet button-round appears bg-raised"
      aria-label={t('composer-stop')}
      title={t('composer-stop')}
      onClick={() => void chat.cancel(turnId).catch(() => tell(t('error-unreachable')))}
    >
      <StopIcon />
    </button>
  )
}

function useGrowth(field: React.RefObject<HTMLTextAreaElement | null>, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    const style = getComputedStyle(element)
    const frame = element.offsetHeight - element.clientHeight
    const padding = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom)
    const most = Number.parseFloat(style.lineHeight) * LINES_MAX + padding
    element.style.height = `${Math.min(element.scrollHeight, most) + frame}px`
    element.style.overflowY = element.scrollHeight > most ? 'auto' : 'hidden'
  }, [field, text])
}

function hasKeyboard(): boolean {
  return matchMedia('(hover: hover) and (pointer: fine)').matches
}
