import type { ChatMessage, Draft } from '../telegram/chat.ts'
import type { Invoice } from '../telegram/payments.ts'
import type { Person } from '../telegram/person.ts'
import type { Command, MenuButton } from '../telegram/settings.ts'

export type About = { appUrl: string; botUsername: string; botName: string; url: string }

export type ChatView = {
  messages: ChatMessage[]
  drafts: Draft[]
  action: string | null
  reach: { started: boolean; blocked: boolean; deactivated: boolean }
  commands: Command[]
  menuButton: MenuButton
  description: string
}

export type Pressed = { callbackQueryId?: string; webApp?: string; url?: string }
export type CallbackAnswer = { text?: string; showAlert?: boolean; url?: string } | null
export type Paid = { status: 'paid' } | { status: 'failed'; reason: string }

/** The sandbox's own `/sim` API as this page uses it; rejects with the server's sentence. */
export const api = {
  about: () => call<About>('GET', '/about'),
  people: () => call<{ people: Person[] }>('GET', '/people').then((answer) => answer.people),
  addPerson: (person: Partial<Person>) =>
    call<{ person: Person }>('POST', '/people', person).then((answer) => answer.person),
  chat: (id: number) => call<ChatView>('GET', `/people/${id}/chat`),
  say: (id: number, content: object) => call('POST', `/people/${id}/messages`, content),
  edit: (id: number, messageId: number, text: string) => call('PATCH', `/people/${id}/messages/${messageId}`, { text }),
  press: (id: number, messageId: number, row: number, column: number) =>
    call<Pressed>('POST', `/people/${id}/press`, { messageId, row, column }),
  callback: (queryId: string) =>
    call<{ answer: CallbackAnswer }>('GET', `/callbacks/${queryId}`).then((each) => each.answer),
  deed: (id: number, deed: 'block' | 'unblock' | 'stop' | 'write-access') => call('POST', `/people/${id}/${deed}`),
  invoice: (slug: string) => call<{ invoice: Invoice | null }>('GET', `/invoices/${slug}`).then((each) => each.invoice),
  invoiceOf: (messageId: number) =>
    call<{ invoice: Invoice | null }>('GET', `/messages/${messageId}/invoice`).then((each) => each.invoice),
  pay: (id: number, slug: string) => call<Paid>('POST', `/people/${id}/pay`, { slug }),
  initData: (id: number, startParam?: string) =>
    call<{ initData: string }>('POST', `/people/${id}/init-data`, startParam ? { startParam } : {}).then(
      (each) => each.initData,
    ),
}

async function call<T = unknown>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`/sim${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? response.statusText)
  return answer
}
