import { api, type ChatView } from './api.ts'
import { complain } from './dialog.ts'
import { h, icon } from './element.ts'
import { words } from './words.ts'

const STATUS: Record<string, string> = { typing: words.typing, upload_photo: words.uploading }

/** The bot's name, what it is doing, and the switch that blocks it. */
export function createChatHeader(personId: number, botName: string) {
  const status = h('span', { class: 'status', role: 'status' }, words.bot)
  const block = h('button', { type: 'button', class: 'round', onclick: () => void toggleBlock() }, icon('block'))
  const back = h('a', { class: 'round back', href: '#', 'aria-label': words.back, title: words.back }, icon('back'))
  const name = h('div', { class: 'bot' }, h('h1', {}, botName), status)
  let isBlocked = false

  async function toggleBlock() {
    await api.deed(personId, isBlocked ? 'unblock' : 'block').catch(complain)
  }

  function show({ drafts, action, reach }: ChatView) {
    isBlocked = reach.blocked
    const label = isBlocked ? words.unblock : words.block
    block.title = label
    block.setAttribute('aria-label', label)
    block.classList.toggle('on', isBlocked)
    status.textContent = (drafts[0] ? words.typing : STATUS[action ?? '']) ?? words.bot
  }

  return { element: h('header', { class: 'chat-header' }, back, name, block), show }
}
