import type { Person } from '../telegram/person.ts'
import type { WireMessage } from '../telegram/shapes.ts'
import { api, type ChatView } from './api.ts'
import { createAttachMenu } from './attach-menu.ts'
import { createCommandList } from './command-list.ts'
import { complain } from './dialog.ts'
import { h, icon } from './element.ts'
import { openMiniApp } from './mini-app.ts'
import { createTextField } from './text-field.ts'
import { words } from './words.ts'

/** What the person writes with: menu button, attachments, the text; or the one button that stands there instead. */
export function createComposer(person: Person, say: (content: object) => void) {
  const menu = h('button', { type: 'button', class: 'menu-button', onclick: () => onMenu() })
  const attach = createAttachMenu(say)
  const commands = createCommandList((command) => field.send(`/${command}`))
  const field = createTextField({
    say: (text) => {
      commands.hide()
      say({ text })
    },
    edit: (message, text) => void api.edit(person.id, message.message_id, text).catch(complain),
    typed: commands.filter,
  })
  const send = h(
    'button',
    { type: 'submit', class: 'round send', 'aria-label': words.send, title: words.send },
    icon('send'),
  )
  const form = h('form', { class: 'composer', onsubmit: field.submit }, menu, attach.button, field.element, send)
  const single = h('button', { type: 'button', class: 'single main', hidden: true, onclick: () => onSingle() })
  const element = h('footer', {}, commands.element, attach.element, field.editing, form, single)
  let view: ChatView | null = null

  function onMenu() {
    const button = view?.menuButton
    if (button?.type === 'web_app') void openMiniApp(person.id, button.web_app.url, button.text).catch(complain)
    else commands.toggle()
  }

  function onSingle() {
    if (view?.reach.blocked) void api.deed(person.id, 'unblock').catch(complain)
    else say({ text: '/start' })
  }

  function show(next: ChatView) {
    view = next
    commands.set(next.commands)
    const { menuButton, reach } = next
    menu.replaceChildren(menuButton.type === 'web_app' ? menuButton.text : icon('menu'))
    menu.setAttribute('aria-label', menuButton.type === 'web_app' ? menuButton.text : words.commands)
    const cannotWrite = reach.blocked || !reach.started
    form.hidden = cannotWrite
    single.hidden = !cannotWrite
    single.textContent = reach.blocked ? words.unblock : words.start
  }

  const focus = () => (form.hidden ? single : field.element).focus({ preventScroll: true })
  return { element, show, focus, edit: (message: WireMessage) => field.edit(message) }
}
