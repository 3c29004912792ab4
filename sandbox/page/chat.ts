import type { Person } from '../telegram/person.ts'
import { api } from './api.ts'
import { createChatHeader } from './chat-header.ts'
import { createComposer } from './composer.ts'
import { complain } from './dialog.ts'
import { h } from './element.ts'
import { createMessageList } from './message-list.ts'
import { words } from './words.ts'

/** Drafts and "typing" end without an event; while one shows, the chat is looked at again this often. */
const LOOK_AGAIN_MS = 1_000

export type Chat = ReturnType<typeof createChat>

/** One person's chat with the bot, on screen until `end`. */
export function createChat(person: Person, botName: string) {
  const header = createChatHeader(person.id, botName)
  const composer = createComposer(person, say)
  const list = createMessageList(person.id, { command: (text) => say({ text }), edit: composer.edit })
  const element = h('main', { class: 'chat' }, header.element, list.element, composer.element)
  let again: ReturnType<typeof setTimeout> | undefined
  let fetching = false
  let stale = false

  function say(content: object) {
    list.toEnd()
    void api.say(person.id, content).catch(complain)
  }

  /** Fetches and draws; calls that come meanwhile end in one more round. */
  async function refresh() {
    stale = true
    if (fetching) return
    fetching = true
    try {
      while (stale) {
        stale = false
        await draw()
      }
    } catch {
      stale = false
    } finally {
      fetching = false
    }
  }

  async function draw() {
    const view = await api.chat(person.id)
    header.show(view)
    list.show(view.messages, view.drafts, view.description || words.empty)
    composer.show(view)
    clearTimeout(again)
    if (view.drafts[0] || view.action) again = setTimeout(refresh, LOOK_AGAIN_MS)
  }

  function end() {
    clearTimeout(again)
    list.end()
  }

  void refresh().then(composer.focus)
  return { element, refresh, personId: person.id, end }
}
