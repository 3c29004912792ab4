import type { InlineButton, WireMessage } from '../telegram/shapes.ts'
import { api } from './api.ts'
import { complain, tell, toast } from './dialog.ts'
import { h } from './element.ts'
import { onCallback } from './live.ts'
import { openMiniApp } from './mini-app.ts'
import { invoiceIn, payBySlug, payForMessage } from './payment-sheet.ts'
import { words } from './words.ts'

const ANSWER_WAIT_MS = 15_000

/** The buttons under a message of the bot. */
export function inlineKeyboard(personId: number, message: WireMessage): HTMLElement | null {
  const rows = message.reply_markup?.inline_keyboard ?? []
  if (rows.length === 0) return null
  return h(
    'div',
    { class: 'keyboard' },
    ...rows.map((buttons, row) =>
      h('div', { class: 'keyboard-row' }, ...buttons.map((button, column) => draw(button, row, column))),
    ),
  )

  function draw(button: InlineButton, row: number, column: number): HTMLElement {
    const kind = button.web_app ? 'app' : button.url ? 'link' : 'plain'
    const element = h(
      'button',
      { type: 'button', 'data-kind': kind, onclick: () => void press() },
      starred(button.text),
    )
    const press = () =>
      button.pay
        ? payForMessage(personId, message.message_id)
        : pressed(personId, message.message_id, { row, column }, element)
    return element
  }
}

/** Telegram draws its own star where a pay button says so. */
const starred = (text: string) => text.replace(/⭐\uFE0F?|XTR/gu, '★')

type Place = { row: number; column: number }

async function pressed(personId: number, messageId: number, { row, column }: Place, element: HTMLElement) {
  try {
    const result = await api.press(personId, messageId, row, column)
    if (result.webApp) return await openMiniApp(personId, result.webApp, element.textContent ?? '')
    const invoice = result.url && invoiceIn(result.url)
    if (invoice) return void (await payBySlug(personId, invoice))
    if (result.url) return void window.open(result.url, '_blank', 'noopener')
    if (result.callbackQueryId) await waitForAnswer(result.callbackQueryId, element)
  } catch (error) {
    complain(error)
  }
}

async function waitForAnswer(queryId: string, element: HTMLElement) {
  element.classList.add('busy')
  const answer = await answerOf(queryId)
  element.classList.remove('busy')
  if (!answer) return toast(words.noAnswer)
  if (answer.url) window.open(answer.url, '_blank', 'noopener')
  if (answer.text && answer.showAlert) await tell(answer.text)
  else if (answer.text) toast(answer.text)
}

/** Listens first and looks then, so that an answer between the two is not missed. */
function answerOf(queryId: string): ReturnType<typeof api.callback> {
  return new Promise((resolve) => {
    const finish = () => {
      stop()
      clearTimeout(deadline)
      resolve(api.callback(queryId))
    }
    const stop = onCallback(queryId, finish)
    const deadline = setTimeout(finish, ANSWER_WAIT_MS)
    void api.callback(queryId).then((answer) => answer && finish())
  })
}
