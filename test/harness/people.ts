import { randomUUID } from 'node:crypto'
import type { Conversation, HistoryPage, Me, Message, Persona, SentMessage, User } from '#contract/api'
import type { Sandbox } from '#sandbox'
import { type Answer, Client } from './client.ts'
import { type OpenStream, openStream } from './event-stream.ts'
import { atEnd, type Scope, wholeFile } from './scope.ts'
import { type WaitOptions, waitFor } from './wait-for.ts'

const HISTORY_LIMIT = 100

/** Somebody at a page of Vitte: on the site, or in the Mini App. */
export class Person {
  readonly client: Client
  readonly #scope: Scope

  constructor(url: string, scope: Scope = wholeFile) {
    this.client = new Client(url)
    this.#scope = scope
  }

  /** Opens the Mini App as this person of the sandbox. */
  async openMiniApp(sandbox: Sandbox, telegramId: number): Promise<User> {
    const initData = sandbox.telegram.initData(telegramId)
    const body = { initData }
    const signedIn = granted(
      await this.client.call<{ token: string; user: User }>('/api/auth/telegram/mini-app', { body }),
    )
    this.client.token = signedIn.token
    return signedIn.user
  }

  async signInByWidget(sandbox: Sandbox, telegramId: number): Promise<User> {
    const body = sandbox.telegram.widget(telegramId)
    return granted(await this.client.call<{ user: User }>('/api/auth/telegram/widget', { body })).user
  }

  async signInByMail(sandbox: Sandbox, email: string): Promise<User> {
    const before = sandbox.mailbox.mails().length
    granted(await this.client.call('/api/auth/email/start', { body: { email } }), 202)
    const mail = await waitFor(
      () =>
        sandbox.mailbox
          .mails()
          .slice(before)
          .findLast(({ to }) => to.includes(email.toLowerCase())),
      {
        what: 'a mail with the code',
      },
    )
    const code = /\b\d{6}\b/.exec(mail.subject)?.[0]
    return granted(await this.client.call<{ user: User }>('/api/auth/email/verify', { body: { email, code } })).user
  }

  async confirmAdult(): Promise<void> {
    granted(await this.client.call('/api/me', { method: 'PATCH', body: { adult: true } }))
  }

  async me(): Promise<Me> {
    return granted(await this.client.call<Me>('/api/me'))
  }

  async personas(): Promise<Persona[]> {
    return granted(await this.client.call<{ personas: Persona[] }>('/api/personas')).personas
  }

  async startConversation(personaId: string, storyId?: string): Promise<Conversation> {
    const body = { personaId, ...(storyId ? { storyId } : {}) }
    return granted(await this.client.call<{ conversation: Conversation }>('/api/conversations', { body }), 201)
      .conversation
  }

  /** Posts a question, whatever comes of it. */
  post(text: string, key: string = randomUUID()): Promise<Answer<SentMessage>> {
    return this.client.call<SentMessage>('/api/messages', { body: { text }, headers: { 'idempotency-key': key } })
  }

  async ask(text: string): Promise<SentMessage> {
    return granted(await this.post(text), 202)
  }

  /** Asks and waits for the answer in the history. */
  async talk(text: string, wait: WaitOptions = {}): Promise<Message> {
    const { turnId } = await this.ask(text)
    return waitFor(
      async () => (await this.history()).find(({ role, turn }) => role === 'assistant' && turn?.id === turnId),
      { what: `an answer to "${text}"`, ...wait },
    )
  }

  /** The whole history, oldest first, page by page. */
  async history(): Promise<Message[]> {
    const messages: Message[] = []
    for (let before = ''; ; ) {
      const page = granted(await this.client.call<HistoryPage>(`/api/messages?limit=${HISTORY_LIMIT}${before}`))
      messages.unshift(...page.messages)
      if (!page.hasMore) return messages
      before = `&before=${messages[0]?.seq}`
    }
  }

  /** Keeps a page open; it is closed after the test. */
  async watch(lastEventId?: string | number): Promise<OpenStream> {
    const stream = await openStream(this.client, lastEventId)
    if (stream.status !== 200) throw new Error(`the event stream answered ${stream.status}`)
    atEnd(this.#scope, () => stream.close())
    return stream
  }
}

/** The body of an answer with this status; anything else is told with what was said. */
export function granted<T>({ status, body }: Answer<T>, wanted = 200): T {
  if (status === wanted) return body
  throw new Error(`answered ${status} instead of ${wanted}: ${JSON.stringify(body)}`)
}
