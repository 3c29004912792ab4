import { api } from './api.ts'
import { questionReactions, sheetReactions } from './app-reactions.ts'
import { createAppSheet } from './app-sheet.ts'
import { createBridge } from './bridge.ts'
import { ask, complain } from './dialog.ts'
import { payBySlug } from './payment-sheet.ts'
import { theme } from './theme.ts'
import { words } from './words.ts'

/** What this page claims to Mini Apps (launch parameter tgWebAppVersion). */
const VERSION = '9.1'

let closeOpened = () => {}

/** Opens the Mini App in a sheet, with launch parameters signed for this person in the address's fragment. */
export async function openMiniApp(personId: number, url: string, title: string, startParam?: string) {
  closeOpened()
  const initData = await api.initData(personId, startParam)
  const sheet = createAppSheet(launchUrl(url, initData, startParam), title, {
    back: () => bridge.send('back_button_pressed'),
    settings: () => bridge.send('settings_button_pressed'),
    main: () => bridge.send('main_button_pressed'),
    close: () => void leave(),
  })
  const bridge = createBridge(sheet.frame, (send) => ({
    ...sheetReactions(sheet),
    ...questionReactions(personId, send),
    web_app_close: close,
    web_app_open_tg_link: (data) => void followLink(personId, String(data.path_full), close).catch(complain),
  }))

  function close() {
    bridge.end()
    sheet.element.remove()
    document.removeEventListener('keydown', onKey)
    freeze(false)
    closeOpened = () => {}
  }

  async function leave() {
    if (!sheet.mustConfirm() || (await askToLeave())) close()
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Escape' && !document.querySelector('dialog[open]')) void leave()
  }

  document.addEventListener('keydown', onKey)
  document.body.append(sheet.element)
  freeze(true)
  sheet.frame.focus()
  closeOpened = close
}

async function askToLeave(): Promise<boolean> {
  const choices = [
    { id: 'leave', text: words.close },
    { id: 'stay', text: words.cancel, quiet: true },
  ]
  return (await ask('', words.leaveApp, choices)) === 'leave'
}

function launchUrl(url: string, initData: string, startParam?: string): string {
  const params = new URLSearchParams({
    tgWebAppData: initData,
    tgWebAppVersion: VERSION,
    tgWebAppPlatform: 'web',
    tgWebAppThemeParams: JSON.stringify(theme.params()),
    ...(startParam ? { tgWebAppStartParam: startParam } : {}),
  })
  return `${url}${url.includes('#') ? '&' : '#'}${params}`
}

/** `/$slug` is an invoice, `/<bot>?start=x` goes back to the chat; other places of Telegram are not here. */
async function followLink(personId: number, path: string, close: () => void) {
  const invoice = /^\/(?:\$|invoice\/)([\w-]+)/u.exec(path)
  if (invoice?.[1]) return void (await payBySlug(personId, invoice[1]))
  const start = new URL(path, location.origin).searchParams.get('start')
  close()
  if (start) await api.say(personId, { text: `/start ${start}` })
}

/** What lies under the sheet cannot be reached meanwhile. */
function freeze(isFrozen: boolean) {
  for (const part of document.querySelectorAll<HTMLElement>('.people, .place')) part.inert = isFrozen
}
