import type { WireMessage } from '../telegram/shapes.ts'
import { h } from './element.ts'
import { words } from './words.ts'

export type TextFieldDeeds = {
  say(text: string): void
  edit(message: WireMessage, text: string): void
  typed(text: string): void
}

/** The text being written: grows with its lines, Enter sends, Escape leaves an edit. */
export function createTextField(deeds: TextFieldDeeds) {
  const element = h('textarea', {
    rows: 1,
    placeholder: words.write,
    'aria-label': words.write,
    onkeydown: (event) => onKey(event as KeyboardEvent),
    oninput: () => fit(),
  })
  const editing = h('p', { class: 'editing', hidden: true }, words.editing)
  let edited: WireMessage | null = null

  function fit() {
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
    deeds.typed(element.value)
  }

  function put(text: string, message: WireMessage | null) {
    edited = message
    editing.hidden = message === null
    element.value = text
    fit()
  }

  function send(text: string) {
    put('', null)
    deeds.say(text)
  }

  function submit(event: Event) {
    event.preventDefault()
    const text = element.value.trim()
    if (text === '') return
    if (!edited) return send(text)
    deeds.edit(edited, text)
    put('', null)
  }

  function edit(message: WireMessage) {
    put(message.text ?? '', message)
    element.focus()
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      element.form?.requestSubmit()
    }
    if (event.key === 'Escape') put('', null)
  }

  return { element, editing, send, submit, edit }
}
