import type { ChatMessage, Draft } from '../telegram/chat.ts'
import { type BubbleDeeds, bubble, draftBubble } from './bubble.ts'
import { h } from './element.ts'

/** Nearer to the end than this the reader is kept there, whatever grows. */
const AT_END_PIXELS = 80

/** The messages and the growing draft; redraws only what changed and stays at the end if the reader is there. */
export function createMessageList(personId: number, deeds: BubbleDeeds) {
  const list = h('ol', { class: 'messages', 'aria-live': 'polite', 'aria-relevant': 'additions' })
  const growing = h('ol', { class: 'messages growing-list' })
  const hint = h('p', { class: 'empty', hidden: true })
  const element = h('div', { class: 'scroller', tabindex: -1, onscroll: () => noticePlace() }, hint, list, growing)
  const shown = new Map<number, { element: HTMLElement; version: string }>()
  let atEnd = true
  let lastTop = 0

  /** Only going up leaves the end: a picture that comes later pushes it down without the reader. */
  function noticePlace() {
    const { scrollTop, scrollHeight, clientHeight } = element
    if (scrollHeight - scrollTop - clientHeight < AT_END_PIXELS) atEnd = true
    else if (scrollTop < lastTop) atEnd = false
    lastTop = scrollTop
  }

  function toEnd() {
    atEnd = true
    element.scrollTop = element.scrollHeight
  }

  function show(messages: ChatMessage[], drafts: Draft[], emptyHint: string) {
    for (const message of messages) draw(message)
    growing.replaceChildren(...drafts.map((draft) => draftBubble(personId, draft)))
    hint.hidden = messages.some((message) => !message.deleted)
    hint.textContent = emptyHint
  }

  function draw(message: ChatMessage) {
    const version = `${message.edits} ${message.deleted}`
    const old = shown.get(message.order)
    if (old?.version === version) return
    const drawn = message.deleted ? h('li', { hidden: true }) : bubble(personId, message, deeds)
    if (old) old.element.replaceWith(drawn)
    else list.append(drawn)
    shown.set(message.order, { element: drawn, version })
  }

  const sizes = new ResizeObserver(() => {
    if (atEnd) toEnd()
  })
  for (const part of [element, list, growing]) sizes.observe(part)
  return { element, show, toEnd, end: () => sizes.disconnect() }
}
