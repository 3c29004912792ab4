import { type AppButton, readAppButton } from './app-button.ts'
import { h, icon } from './element.ts'
import { words } from './words.ts'

export type SheetPresses = { back(): void; settings(): void; main(): void; close(): void }

export type AppSheet = ReturnType<typeof createAppSheet>

/** The sheet a Mini App stands in: its frame, and around it what the app may show or hide. */
export function createAppSheet(src: string, title: string, presses: SheetPresses) {
  const frame = h('iframe', { title: words.miniApp, allow: 'clipboard-write', src })
  const back = round('back', words.back, presses.back)
  const settings = round('menu', words.settings, presses.settings)
  const close = round('close', words.close, presses.close)
  const header = h('header', { class: 'sheet-header' }, back, h('strong', {}, title), settings, close)
  const main = h('button', { type: 'button', class: 'app-main', hidden: true, onclick: presses.main })
  const veil = h('p', { class: 'veil' }, words.loading)
  const body = h('div', { class: 'sheet-body' }, frame, veil)
  const sheet = h(
    'div',
    { class: 'sheet', role: 'dialog', 'aria-modal': 'true', 'aria-label': title },
    header,
    body,
    main,
  )
  const element = h('div', { class: 'backdrop' }, sheet)
  const state = { mustConfirm: false }
  const loaded = () => veil.remove()
  back.hidden = true
  settings.hidden = true
  frame.addEventListener('load', loaded)

  return {
    element,
    frame,
    loaded,
    mustConfirm: () => state.mustConfirm,
    confirmClosing: (needed: boolean) => {
      state.mustConfirm = needed
    },
    showBack: (visible: boolean) => {
      back.hidden = !visible
    },
    showSettings: (visible: boolean) => {
      settings.hidden = !visible
    },
    showMain: (data: Record<string, unknown>) => dress(main, readAppButton(data)),
    /** No hand holds this page: what it would feel is counted where tests can look, as `data-felt-<kind>`. */
    feel: (kind: string) => {
      const name = `data-felt-${kind}`
      sheet.setAttribute(name, String(Number(sheet.getAttribute(name)) + 1))
    },
    allowSwipes: (allowed: boolean) => {
      sheet.dataset.swipes = allowed ? 'on' : 'off'
    },
    colorHeader: (color: string) => {
      header.style.background = color
    },
  }
}

function dress(main: HTMLButtonElement, button: AppButton) {
  main.hidden = !button.visible
  main.disabled = !button.active || button.busy
  main.textContent = button.text
  main.classList.toggle('busy', button.busy)
  main.style.background = button.color ?? ''
  main.style.color = button.textColor ?? ''
}

function round(name: 'back' | 'menu' | 'close', label: string, onclick: () => void) {
  return h('button', { type: 'button', class: 'round', 'aria-label': label, title: label, onclick }, icon(name))
}
