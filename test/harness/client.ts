import { PAGE_HEADER } from '#contract/events'

/** An answer of the API with its body already read: JSON where it is JSON, else text. */
export interface Answer<T = unknown> {
  status: number
  headers: Headers
  body: T
}

export interface Call {
  method?: string
  /** Sent as JSON. */
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A browser as far as the API sees it: keeps cookies, sends `Origin` on writes, follows no redirects. */
export class Client {
  readonly #url: string
  readonly #cookies = new Map<string, string>()
  /** Sent as `Authorization: Bearer` once set; cookies are then left at home, as inside Telegram. */
  token: string | null = null
  language = 'ru'
  /** What the page calls itself, if it does. */
  page: string | null = null

  constructor(url: string) {
    this.#url = url
  }

  /** The same browser with what it has now, sent to another process. */
  at(url: string): Client {
    const elsewhere = new Client(url)
    for (const [name, value] of this.#cookies) elsewhere.#cookies.set(name, value)
    elsewhere.token = this.token
    elsewhere.language = this.language
    return elsewhere
  }

  async call<T = unknown>(path: string, call: Call = {}): Promise<Answer<T>> {
    const response = await this.request(path, call)
    const text = await response.text()
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }

  /** The response as it comes, for streams. */
  async request(path: string, { method, body, headers, signal }: Call = {}): Promise<Response> {
    const verb = method ?? (body === undefined ? 'GET' : 'POST')
    const response = await fetch(new URL(path, this.#url), {
      method: verb,
      redirect: 'manual',
      signal: signal ?? null,
      body: body === undefined ? null : JSON.stringify(body),
      headers: {
        'accept-language': this.language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(verb === 'GET' ? {} : { origin: new URL(this.#url).origin }),
        ...this.#proof(),
        ...(this.page ? { [PAGE_HEADER]: this.page } : {}),
        ...headers,
      },
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  #proof(): Record<string, string> {
    if (this.token) return { authorization: `Bearer ${this.token}` }
    if (this.#cookies.size === 0) return {}
    return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const gone = value === '' || /;\s*max-age=0\b/i.test(line) || expired(line)
    if (gone) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}

function expired(line: string): boolean {
  const date = /;\s*expires=([^;]+)/i.exec(line)?.[1]
  return date !== undefined && Date.parse(date) < Date.now()
}
