import { readFileSync } from 'node:fs'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { MailFaults } from './control.ts'
import type { MailBox } from './mail-box.ts'
import { mailboxPage } from './page.ts'
import { clientScript } from './page-client.ts'

const STYLE = readFileSync(new URL('./page.css', import.meta.url), 'utf8')
/** A mail shown in its frame inherits this: its own styles yes, its scripts and remote pictures no. */
const CONTENT_SECURITY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; frame-src 'self'; base-uri 'none'"

/** The mailbox's page, its JSON and its switches. `closing` ends the open event streams. */
export function mailboxRoutes({
  box,
  faults,
  closing,
}: {
  box: MailBox
  faults: MailFaults
  closing: AbortSignal
}): Hono {
  const routes = new Hono()
  routes.get('/', (c) => {
    c.header('Content-Security-Policy', CONTENT_SECURITY)
    return c.html(mailboxPage({ base: new URL(c.req.url).pathname.replace(/\/+$/, ''), language: readLanguage(c) }))
  })
  routes.get('/page.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  routes.get('/page.js', (c) => c.body(clientScript(), 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  routes.get('/mails.json', (c) => c.json({ mails: box.mails(c.req.query('to')) }))
  routes.delete('/mails.json', (c) => {
    box.clear()
    return c.body(null, 204)
  })
  routes.get('/events', (c) => tellChanges(box, AbortSignal.any([closing, c.req.raw.signal])))
  routes.get('/control', (c) => c.json(faults.change()))
  routes.post('/control', async (c) => {
    try {
      return c.json(faults.change(await c.req.json()))
    } catch (error) {
      return c.json({ error: error instanceof z.ZodError ? z.prettifyError(error) : 'Not JSON' }, 400)
    }
  })
  return routes
}

function readLanguage(c: Context): 'ru' | 'en' {
  const wanted = c.req
    .header('Accept-Language')
    ?.toLowerCase()
    .match(/(?<![a-z-])(ru|en)(?![a-z])/)?.[1]
  return wanted === 'ru' ? 'ru' : 'en'
}

/** Server-sent events without content: the page reads the list again. */
function tellChanges(box: MailBox, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  let stop: () => void = () => undefined
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      stop = box.onChange(() => controller.enqueue(encoder.encode('data: changed\n\n')))
      controller.enqueue(encoder.encode('retry: 1000\n\n'))
      signal.addEventListener('abort', () => {
        stop()
        try {
          controller.close()
        } catch {
          // The reader has cancelled the stream already.
        }
      })
    },
    cancel: () => stop(),
  })
  return new Response(stream, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' } })
}
