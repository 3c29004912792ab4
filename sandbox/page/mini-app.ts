import { api } from './api.ts'
import { type AppButton, createBridge } from './bridge.ts'
import { ask, complain } from './dialog.ts'
import { h, icon } from './element.ts'
import { payBySlug } from './payment-sheet.ts'
import { theme } from './theme.ts'
import { words } from './words.ts'

/** What the app claims to Mini Apps (launch parameter tgWebAppVersion). */
const VERSION = '9.1'

let opened: { close(): void } | null = null

/** Opens the Mini App in a sheet, with launch parameters signed for this person in the address's fragment. */
export async function openMiniApp(personId: number, url: string, title: string, startParam?: string) {
  opened?.close()
  const initData = await api.initData(personId, startParam)
  const frame = h('iframe', {
    title: words.miniApp,
    allow: 'clipboard-write',
    src: launchUrl(url, initData, startParam),
  })
  const header = h('header', { class: 'sheet-header' })
  const back = sheetButton('back', words.back, () => bridge.send('back_button_pressed'))
  const settings = sheetButton('menu', words.settings, () => bridge.send('settings_button_pressed'))
  const main = h('button', {
    type: 'button',
    class: 'app-main',
    hidden: true,
    onclick: () => bridge.send('main_button_pressed'),
  })
  const veil = h('p', { class: 'veil' }, words.loading)
  const sheet = h(
    'div',
    { class: 'sheet', role: 'dialog', 'aria-modal': 'true', 'aria-label': title },
    header,
    h('div', { class: 'sheet-body' }, frame, veil),
    main,
  )
  const backdrop = h('div', { class: 'backdrop' }, sheet)
  let mustConfirm = false

  const close = () => {
    bridge.end()
    backdrop.remove()
    document.removeEventListener('keydown', onKey)
    opened = null
  }
  const leave = async () => {
    const choices = [
      { id: 'leave', text: words.close },
      { id: 'stay', text: words.cancel, quiet: true },
    ]
    if (!mustConfirm || (await ask('', words.leaveApp, choices)) === 'leave') close()
  }
  const onKey = (event: KeyboardEvent) =>
    event.key === 'Escape' && !document.querySelector('dialog[open]') && void leave()
  const bridge = createBridge({
    frame,
    personId,
    close,
    loaded: () => veil.remove(),
    showBack: (visible) => {
      back.hidden = !visible
    },
    showSettings: (visible) => {
      settings.hidden = !visible
    },
    showMain: (button) => showMain(main, button),
    confirmClosing: (needed) => {
      mustConfirm = needed
    },
    colorHeader: (color) => {
      header.style.background = color
    },
    openTelegramLink: (path) => void followLink(personId, path, close).catch(complain),
  })

  back.hidden = true
  settings.hidden = true
  header.append(
    back,
    h('strong', {}, title),
    settings,
    sheetButton('close', words.close, () => void leave()),
  )
  frame.addEventListener('load', () => veil.remove())
  document.addEventListener('keydown', onKey)
  document.body.append(backdrop)
  frame.focus()
  opened = { close }
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

function showMain(main: HTMLButtonElement, button: AppButton) {
  main.hidden = !button.visible
  main.disabled = !button.active || button.busy
  main.textContent = button.text
  main.classList.toggle('busy', button.busy)
  main.style.background = button.color ?? ''
  main.style.color = button.textColor ?? ''
}

/** `/$slug` is an invoice, `/<bot>?start=x` goes back to the chat; other places of Telegram are not here. */
async function followLink(personId: number, path: string, close: () => void) {
  const invoice = /^\/(?:\$|invoice\/)([\w-]+)/u.exec(path)
  if (invoice?.[1]) return void (await payBySlug(personId, invoice[1]))
  const start = new URL(path, location.origin).searchParams.get('start')
  close()
  if (start) await api.say(personId, { text: `/start ${start}` })
}

function sheetButton(name: 'back' | 'menu' | 'close', label: string, onclick: () => void) {
  return h('button', { type: 'button', class: 'round', 'aria-label': label, title: label, onclick }, icon(name))
}
