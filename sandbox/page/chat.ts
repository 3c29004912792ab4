import type { Person } from '../telegram/person.ts'
import { api, type ChatView } from './api.ts'
import { bubble, draftBubble } from './bubble.ts'
import { createComposer } from './composer.ts'
import { complain } from './dialog.ts'
import { h, icon } from './element.ts'
import { words } from './words.ts'

/** Drafts and "typing" end without an event; while one shows, the chat is looked at again this often. */
const LOOK_AGAIN_MS = 1_000
/** Nearer to the end than this the reader is kept there. */
const AT_END_PIXELS = 80
const STATUS: Record<string, string> = { typing: words.typing, upload_photo: words.uploading }

export type Chat = ReturnType<typeof createChat>

/** One person's chat with the bot, on screen until `end`. */
export function createChat(person: Person, botName: string) {
  const status = h('span', { class: 'status', role: 'status' }, words.bot)
  const blockButton = h('button', { type: 'button', class: 'round', onclick: () => void toggleBlock() }, icon('block'))
  const list = h('ol', { class: 'messages', 'aria-live': 'polite', 'aria-relevant': 'additions' })
  const growing = h('ol', { class: 'messages growing-list' })
  const hint = h('p', { class: 'empty', hidden: true })
  const scroller = h('div', { class: 'scroller', tabindex: -1 }, hint, list, growing)
  const composer = createComposer(person, say)
  const element = h(
    'main',
    { class: 'chat' },
    h(
      'header',
      { class: 'chat-header' },
      h('a', { class: 'round back', href: '#', 'aria-label': words.back, title: words.back }, icon('back')),
      h('div', { class: 'bot' }, h('h1', {}, botName), status),
      blockButton,
    ),
    scroller,
    composer.element,
  )
  const shown = new Map<number, { element: HTMLElement; version: string }>()
  let view: ChatView | null = null
  let again: ReturnType<typeof setTimeout> | undefined
  let fetching = false
  let stale = false

  const deeds = { command: (text: string) => say({ text }), edit: composer.edit }

  function say(content: object) {
    scroller.scrollTop = scroller.scrollHeight
    void api.say(person.id, content).catch(complain)
  }

  async function toggleBlock() {
    await api.deed(person.id, view?.reach.blocked ? 'unblock' : 'block').catch(complain)
  }

  /** Fetches and draws; calls that come meanwhile end in one more round. */
  async function refresh() {
    stale = true
    if (fetching) return
    fetching = true
    try {
      while (stale) {
        stale = false
        view = await api.chat(person.id)
        draw(view)
      }
    } catch {
      stale = false
    } finally {
      fetching = false
    }
  }

  function draw(next: ChatView) {
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END_PIXELS
    drawMessages(next)
    growing.replaceChildren(...next.drafts.map((draft) => draftBubble(person.id, draft)))
    status.textContent = (next.drafts[0] ? words.typing : STATUS[next.action ?? '']) ?? words.bot
    const blockWord = next.reach.blocked ? words.unblock : words.block
    blockButton.title = blockWord
    blockButton.setAttribute('aria-label', blockWord)
    blockButton.classList.toggle('on', next.reach.blocked)
    hint.hidden = next.messages.some((message) => !message.deleted)
    hint.textContent = next.description || words.empty
    composer.show(next)
    if (atEnd) scroller.scrollTop = scroller.scrollHeight
    clearTimeout(again)
    if (next.drafts[0] || next.action) again = setTimeout(refresh, LOOK_AGAIN_MS)
  }

  function drawMessages(next: ChatView) {
    for (const message of next.messages) {
      const version = `${message.edits} ${message.deleted}`
      const old = shown.get(message.order)
      if (old?.version === version) continue
      if (message.deleted) old?.element.remove()
      const drawn = message.deleted ? h('li', { hidden: true }) : bubble(person.id, message, deeds)
      if (old && !message.deleted) old.element.replaceWith(drawn)
      else if (!message.deleted) list.append(drawn)
      shown.set(message.order, { element: drawn, version })
    }
  }

  function keepAtEnd() {
    scroller.scrollTop = scroller.scrollHeight
  }

  list.addEventListener('load', keepAtEnd, { capture: true, once: true })
  void refresh().then(composer.focus)
  return { element, refresh, personId: person.id, end: () => clearTimeout(again) }
}
