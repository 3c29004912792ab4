/** Markup whose texts are escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Markup | string | number | null | readonly (Markup | null)[]

/** A template of markup: whatever is put in as text or number is escaped, whatever is markup stays. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.map((string, index) => (index === 0 ? '' : inMarkup(parts[index - 1])) + string).join(''))
}

function inMarkup(part: Part | undefined): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'number') return NUMBERS.format(part)
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
  return part.map(inMarkup).join('')
}

const NUMBERS = new Intl.NumberFormat('en-US')
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export type Mood = 'good' | 'bad' | 'open'

export interface Verdict {
  mood: Mood
  /** One or two words: what somebody wants to know who opens the page. */
  words: string
  sentence: string
}

/** A page that needs nothing from anywhere: it can be kept beside the backups, printed, or sent. */
export function pageOf({ mood, words, sentence }: Verdict, parts: readonly (Markup | null)[]): string {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${words}: moving house</title>
<style>${new Markup(STYLE)}</style>
<main>
<header class="${mood}">
<p class="over">Moving house</p>
<h1>${words}</h1>
<p>${sentence}</p>
</header>
${parts}
</main>
</html>
`.text
}

export interface Cell {
  content: Markup | string | number
  /** For the heading of a row, what is told in figures, and whether something holds. */
  kind?: 'heading' | 'figure' | 'verdict'
}

/** A table with a caption; it scrolls by itself where it is wider than the page. */
export function tableOf(caption: string, columns: readonly Cell[], rows: readonly (readonly Cell[])[]): Markup {
  const name = `table-${caption.toLowerCase().replace(/[^a-z]+/g, '-')}`
  return html`<div class="wide" role="region" tabindex="0" aria-labelledby="${name}">
<table>
<caption id="${name}">${caption}</caption>
<thead><tr>${columns.map(({ content, kind }) => html`<th scope="col" class="${kind ?? ''}">${content}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cellOf)}</tr>\n`)}</tbody>
</table>
</div>
`
}

function cellOf({ content, kind }: Cell): Markup {
  return kind === 'heading' ? html`<th scope="row">${content}</th>` : html`<td class="${kind ?? ''}">${content}</td>`
}

/** `1 person`, `2 people`. */
export function people(count: number): Markup {
  return html`${count} ${count === 1 ? 'person' : 'people'}`
}

/** Names and what they are. */
export function listOf(entries: readonly (readonly [name: string, content: Markup | string | number])[]): Markup {
  return html`<dl>${entries.map(([name, content]) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`)}</dl>\n`
}

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3_600

/** `1 h 12 min`, `3 min 5 s`, `0.8 s`. */
export function duration(seconds: number): string {
  if (seconds < MINUTE_SECONDS) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const minutes = Math.floor((whole % HOUR_SECONDS) / MINUTE_SECONDS)
  if (whole < HOUR_SECONDS) return `${minutes} min ${whole % MINUTE_SECONDS} s`
  return `${Math.floor(whole / HOUR_SECONDS)} h ${minutes} min`
}

/** `2026-11-23 01:40:00 UTC`. */
export function moment(time: Date | string): string {
  return new Date(time).toISOString().replace('T', ' ').replace(/\..*/, ' UTC')
}

const STYLE = `
:root { --ground: #FBF7F2; --raised: #FFFFFF; --ink: #231A22; --muted: #6B5C63; --line: #E6DCD6; --good: #2B6A4C; --bad: #B32C46; --open: #4B3F8F }
@media (prefers-color-scheme: dark) {
  :root { --ground: #17121A; --raised: #211A26; --ink: #F3ECEF; --muted: #B8A9B1; --line: #3A303F; --good: #8CD3AE; --bad: #FF8A98; --open: #B9A7FF }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
header { margin-bottom: 2rem; padding: 1.25rem 1.25rem 1.1rem; border-left: 6px solid var(--verdict); border-radius: 4px 14px 14px 4px; background: var(--raised) }
.good { --verdict: var(--good) } .bad { --verdict: var(--bad) } .open { --verdict: var(--open) }
.over { margin: 0; color: var(--muted); font-size: .875rem }
h1 { margin: .1rem 0 .3rem; color: var(--verdict); font-size: clamp(1.9rem, 8vw, 2.75rem); line-height: 1.1; letter-spacing: -.01em }
header p:last-child { margin: 0; max-width: 62ch; text-wrap: pretty }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; line-height: 1.3 }
h2 + p, .wide + p { margin: .4rem 0 .5rem; max-width: 62ch; color: var(--muted) }
dl { margin: 0; display: grid; gap: .35rem }
dl div { display: grid; grid-template-columns: 7.5rem 1fr; gap: .75rem }
dt { color: var(--muted) } dd { margin: 0; overflow-wrap: anywhere }
.wide { overflow-x: auto; margin: 1rem 0 0; border-radius: 4px }
.wide:focus-visible, summary:focus-visible { outline: 2px solid var(--open); outline-offset: 2px }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { padding: 0 0 .25rem; text-align: left; font-weight: 600 }
h2 + .wide { margin-top: 0 } h2 + .wide caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
th, td { padding: .45rem .5rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top }
th:first-child, td:first-child { padding-left: 0 } th:last-child, td:last-child { padding-right: 0 }
thead th { border-top: 0; color: var(--muted); font-size: .8125rem; font-weight: 500 }
tbody th { font-weight: 400 }
.figure { text-align: right } .figure, .verdict { white-space: nowrap }
.fails, .fails th { color: var(--bad); font-weight: 600 }
code, .keys { font: .875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
.says { margin: 0; max-width: 62ch }
.then { color: var(--muted); font-size: .875rem }
summary { display: inline-block; padding: .2rem 0; color: var(--muted); font-size: .875rem; cursor: pointer }
summary::before { content: "+ " } details[open] summary::before { content: "− " }
.keys { margin: 0; padding: 0; list-style: none }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
@media (max-width: 30rem) { table { font-size: .875rem } th, td { padding: .4rem .3rem } thead th { font-size: .75rem } dl div { grid-template-columns: 6rem 1fr } }
@media print { header { border: 1px solid var(--line) } .wide { overflow: visible } }
`
