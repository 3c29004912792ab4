import type { Person } from '../telegram/person.ts'
import type { WireMessage } from '../telegram/shapes.ts'
import { api, type ChatView } from './api.ts'
import { createAttachMenu } from './attach-menu.ts'
import { createCommandList } from './command-list.ts'
import { complain } from './dialog.ts'
import { h, icon } from './element.ts'
import { openMiniApp } from './mini-app.ts'
import { words } from './words.ts'

/** What the person writes with: menu button, attachments, the text; or what stands there when nothing can be written. */
export function createComposer(person: Person, say: (content: object) => void) {
  const field = h('textarea', {
    rows: 1,
    placeholder: words.write,
    'aria-label': words.write,
    onkeydown: (event) => onKey(event as KeyboardEvent),
    oninput: () => onInput(),
  })
  const send = h(
    'button',
    { type: 'submit', class: 'round send', 'aria-label': words.send, title: words.send },
    icon('send'),
  )
  const menu = h('button', { type: 'button', class: 'menu-button', onclick: () => onMenu() })
  const attach = createAttachMenu(say)
  const commands = createCommandList((command) => sendNow(`/${command}`))
  const editing = h('p', { class: 'editing', hidden: true }, words.editing)
  const form = h('form', { class: 'composer', onsubmit: (event) => onSubmit(event) }, menu, attach.button, field, send)
  const single = h('button', { type: 'button', class: 'single main', hidden: true, onclick: () => onSingle() })
  const element = h('footer', {}, commands.element, attach.element, editing, form, single)
  let view: ChatView | null = null
  let edited: WireMessage | null = null

  function sendNow(text: string) {
    commands.hide()
    field.value = ''
    onInput()
    say({ text })
  }

  function onSubmit(event: Event) {
    event.preventDefault()
    const text = field.value.trim()
    if (text === '') return
    if (!edited) return sendNow(text)
    void api.edit(person.id, edited.message_id, text).catch(complain)
    edit(null)
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      form.requestSubmit()
    }
    if (event.key === 'Escape') {
      edit(null)
      commands.hide()
    }
  }

  function onInput() {
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
    commands.filter(field.value)
  }

  function onMenu() {
    const button = view?.menuButton
    if (button?.type === 'web_app') void openMiniApp(person.id, button.web_app.url, button.text).catch(complain)
    else commands.toggle()
  }

  function onSingle() {
    if (view?.reach.blocked) void api.deed(person.id, 'unblock').catch(complain)
    else say({ text: '/start' })
  }

  function edit(message: WireMessage | null) {
    edited = message
    editing.hidden = message === null
    field.value = message?.text ?? ''
    onInput()
    field.focus()
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

  const focus = () => (form.hidden ? single : field).focus({ preventScroll: true })
  return { element, show, focus, edit: (message: WireMessage) => edit(message) }
}
