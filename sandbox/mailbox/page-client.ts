import type { Mail } from './mail.ts'
import type { PageTexts } from './page.ts'

type View = { base: string; texts: PageTexts; language: string; mails: Mail[]; asText: boolean }

/**
 * The page's script. Node hands functions back without their types, so these, checked here
 * like everything else, are what the browser gets, with no build between.
 */
export function clientScript(): string {
  return `${[start, refresh, draw, drawList, drawReader, drawBody, findCode, make, chosenId].join('\n')}\nstart()\n`
}

function start(): void {
  const { base = '', texts = '{}' } = document.body.dataset
  const { lang } = document.documentElement
  const view: View = { base, texts: JSON.parse(texts), language: lang, mails: [], asText: false }
  const events = new EventSource(`${base}/events`)
  const offline = document.querySelector<HTMLElement>('#offline')
  const connected = (yes: boolean) => offline?.toggleAttribute('hidden', yes)
  events.onopen = () => {
    connected(true)
    void refresh(view)
  }
  events.onerror = () => connected(false)
  events.onmessage = () => void refresh(view)
  window.addEventListener('hashchange', () => {
    draw(view)
    if (chosenId()) document.querySelector<HTMLElement>('#reader')?.focus()
  })
  document.querySelector('#clear')?.addEventListener('click', () => fetch(`${base}/mails.json`, { method: 'DELETE' }))
}

async function refresh(view: View): Promise<void> {
  const response = await fetch(`${view.base}/mails.json`)
  const before = JSON.stringify(view.mails)
  view.mails = ((await response.json()) as { mails: Mail[] }).mails.toReversed()
  if (before !== JSON.stringify(view.mails) || before === '[]') draw(view)
}

function draw(view: View): void {
  document.body.classList.toggle(
    'reading',
    view.mails.some(({ id }) => id === chosenId()),
  )
  drawList(view)
  drawReader(view)
}

function drawList({ mails, texts, language }: View): void {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const rows = mails.map((mail) => {
    const link = make('a', '')
    link.href = `#${mail.id}`
    if (mail.id === chosenId()) link.setAttribute('aria-current', 'true')
    const when = make('time', time.format(new Date(mail.receivedAt)))
    link.append(make('span', mail.to.join(', '), 'to'), when, make('strong', mail.subject || texts.noSubject))
    const row = make('li', '')
    row.append(link)
    return row
  })
  document.querySelector('#list')?.replaceChildren(...(rows.length > 0 ? rows : [make('li', texts.empty, 'empty')]))
}

function drawReader(view: View): void {
  const { mails, texts } = view
  const mail = mails.find(({ id }) => id === chosenId())
  const reader = document.querySelector('#reader')
  if (!mail) {
    reader?.replaceChildren(make('p', mails.length > 0 ? texts.choose : '', 'empty'))
    return
  }
  const back = make('a', `← ${texts.back}`, 'back')
  back.href = '#'
  const sender = mail.from.name ? `${mail.from.name} <${mail.from.address}>` : mail.from.address
  const facts = make('dl', '')
  facts.append(make('dt', texts.from), make('dd', sender), make('dt', texts.to), make('dd', mail.to.join(', ')))
  const parts: HTMLElement[] = [back, make('h2', mail.subject || texts.noSubject), facts]
  const code = findCode(mail)
  if (code) {
    const copy = make('button', texts.copy, 'quiet')
    copy.onclick = async () => {
      await navigator.clipboard.writeText(code)
      copy.textContent = texts.copied
    }
    const shown = make('div', '', 'code')
    shown.append(make('code', code), copy)
    parts.push(shown)
  }
  reader?.replaceChildren(...parts, ...drawBody(view, mail))
}

function drawBody(view: View, mail: Mail): HTMLElement[] {
  const { texts } = view
  const letter = make('pre', '')
  for (const piece of mail.text.split(/(https?:\/\/[^\s<>"]+)/)) {
    const link = /^https?:/.test(piece) ? make('a', piece) : null
    if (link) Object.assign(link, { href: piece, target: '_blank', rel: 'noopener' })
    letter.append(link ?? piece)
  }
  if (!mail.html) return [letter]
  const tabs = make('div', '', 'tabs')
  for (const asText of [false, true]) {
    const tab = make('button', asText ? texts.text : texts.view)
    tab.setAttribute('aria-pressed', String(view.asText === asText))
    tab.onclick = () => {
      view.asText = asText
      drawReader(view)
      document.querySelector<HTMLElement>('.tabs [aria-pressed="true"]')?.focus()
    }
    tabs.append(tab)
  }
  if (view.asText) return [tabs, letter]
  const frame = make('iframe', '')
  frame.title = texts.frame
  // No scripts and no origin for what came by mail; its links open in a tab of their own.
  frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox')
  frame.srcdoc = `<base target="_blank">${mail.html}`
  return [tabs, frame]
}

function findCode({ subject, text }: Mail): string | null {
  return /(?<!\d)\d{6}(?!\d)/.exec(`${subject}\n${text}`)?.[0] ?? null
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
  kind = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  element.textContent = text
  element.className = kind
  return element
}

function chosenId(): number {
  return Number(location.hash.slice(1))
}
