import { h } from './element.ts'
import { words } from './words.ts'

const TOAST_MS = 3_500

export type DialogButton = { id: string; text: string; quiet?: boolean }

/** Asks and resolves with the pressed button's id, or null when the dialog was left by Escape. */
export function ask(title: string, message: string, buttons: DialogButton[]): Promise<string | null> {
  return new Promise((resolve) => {
    const dialog = h('dialog', { class: 'dialog', onclose: () => finish(dialog.returnValue || null) })
    const press = (id: string) => dialog.close(id)
    dialog.append(
      title ? h('h2', {}, title) : '',
      message ? h('p', {}, message) : '',
      h(
        'div',
        { class: 'dialog-buttons' },
        ...buttons.map((button) =>
          h(
            'button',
            { type: 'button', class: button.quiet ? 'quiet' : 'main', onclick: () => press(button.id) },
            button.text,
          ),
        ),
      ),
    )
    const finish = (id: string | null) => {
      dialog.remove()
      resolve(id)
    }
    document.body.append(dialog)
    dialog.showModal()
  })
}

export const tell = (message: string) => ask('', message, [{ id: 'ok', text: words.ok }])

/** A line that goes by itself. */
export function toast(message: string) {
  const line = h('div', { class: 'toast', role: 'status' }, message)
  document.body.append(line)
  setTimeout(() => line.remove(), TOAST_MS)
}

export function complain(error: unknown) {
  toast(`${words.failed}: ${error instanceof Error ? error.message : String(error)}`)
}
