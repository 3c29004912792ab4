import { randomUUID } from 'node:crypto'
import type {
  ConfirmRequired,
  Conversation,
  Fact,
  HistoryPage,
  LinkConfirmed,
  LinkPreview,
  Me,
  Message,
  Persona,
  SentMessage,
  UndoPreview,
  User,
} from '#contract/api'
import type { Sandbox } from '#sandbox'
import { type Answer, Client } from './client.ts'
import { type OpenStream, openStream } from './event-stream.ts'
import { atEnd, type Scope, wholeFile } from './scope.ts'
import { type WaitOptions, waitFor } from './wait-for.ts'

const HISTORY_LIMIT = 100

/** What a sign-in answers: who is in, or that somebody else was and has to agree first. */
export type SignInAnswer = { user: User } & Partial<ConfirmRequired>

/** Somebody at a page of Vitte: on the site, or in the Mini App. */
export class Person {
  readonly client: Client
  readonly #scope: Scope

  constructor(url: string | Client, scope: Scope = wholeFile) {
    this.client = typeof url === 'string' ? new Client(url) : url
    this.#scope = scope
  }

  /** The same person, still signed in, whose requests another process answers. */
  at(url: string): Person {
    return new Person(this.client.at(url), this.#scope)
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
    return granted(await this.proveTelegram(sandbox, telegramId)).user
  }

  async signInByMail(sandbox: Sandbox, email: string): Promise<User> {
    return granted(await this.proveMail(sandbox, email)).user
  }

  /** Shows what the Login Widget hands out, whatever comes of it. */
  proveTelegram(sandbox: Sandbox, telegramId: number): Promise<Answer<SignInAnswer>> {
    return this.client.call('/api/auth/telegram/widget', { body: sandbox.telegram.widget(telegramId) })
  }

  /** Types the code from the mail, whatever comes of it. */
  async proveMail(sandbox: Sandbox, email: string): Promise<Answer<SignInAnswer>> {
    const code = await this.mailCode(sandbox, email)
    return this.client.call('/api/auth/email/verify', { body: { email, code } })
  }

  /** Asks for a code and reads it in the mailbox. */
  async mailCode(sandbox: Sandbox, email: string): Promise<string> {
    const before = sandbox.mailbox.mails().length
    granted(await this.client.call('/api/auth/email/start', { body: { email } }), 202)
    return waitFor(
      () => {
        const mails = sandbox.mailbox.mails().slice(before)
        const ours = mails.filter(({ to }) => to.includes(email.toLowerCase()))
        return ours.flatMap(({ subject }) => /\b\d{6}\b/.exec(subject)?.[0] ?? []).at(-1)
      },
      { what: `a mail with the code for ${email}` },
    )
  }

  /** Goes to the provider, agrees there as this person of the sandbox, and comes back: the answer to that. */
  async enterThrough(provider: string, telegramId: number, returnTo = '/chat'): Promise<Answer> {
    return this.client.call(await this.agreeAt(provider, telegramId, returnTo))
  }

  /** The same without coming back: the address the provider sends the browser to. */
  async agreeAt(provider: string, telegramId: number, returnTo = '/chat'): Promise<string> {
    const away = await this.client.call(`/auth/${provider}?returnTo=${encodeURIComponent(returnTo)}`)
    const target = new URL(away.headers.get('location') ?? '')
    const fields = { ...Object.fromEntries(target.searchParams), person: String(telegramId), decision: 'allow' }
    const form = { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' } as const
    const back = new URL((await fetch(`${target.origin}${target.pathname}`, form)).headers.get('location') ?? '')
    return back.pathname + back.search
  }

  previewLink(token: string): Promise<Answer<LinkPreview>> {
    return this.client.call('/api/link/preview', { body: { token } })
  }

  confirmLink(token: string): Promise<Answer<LinkConfirmed>> {
    return this.client.call('/api/link/confirm', { body: { token } })
  }

  async previewUndo(): Promise<UndoPreview | null> {
    return granted(await this.client.call<{ undo: UndoPreview | null }>('/api/link/undo')).undo
  }

  undoLink(proofs: { telegramProof?: object; webProof?: { email: string; code: string } } = {}): Promise<Answer> {
    return this.client.call('/api/link/undo', { body: proofs })
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

  async restoreConversation(id: string): Promise<Conversation> {
    const path = `/api/conversations/${id}/restore`
    return granted(await this.client.call<{ conversation: Conversation }>(path, { method: 'POST' })).conversation
  }

  async memory(): Promise<Fact[]> {
    return granted(await this.client.call<{ facts: Fact[] }>('/api/memory')).facts
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
