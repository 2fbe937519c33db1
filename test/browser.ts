// A browser as far as signing in goes: it keeps cookies, names its origin, and follows no redirect by itself.

export interface Answer {
  status: number
  headers: Headers
  /** The parsed body, or undefined where it is no JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
}

export class TestBrowser {
  readonly cookies = new Map<string, string>()
  readonly #send: (request: Request) => Promise<Response>
  readonly #origin: string
  /** Sent with every request. */
  readonly headers: Record<string, string>

  constructor(
    send: (request: Request) => Promise<Response>,
    origin: string,
    headers: Record<string, string> = {},
  ) {
    this.#send = send
    this.#origin = origin
    this.headers = headers
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask(new Request(new URL(path, this.#origin), { headers: { ...this.#base(), ...headers } }))
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const all = { ...this.#base(), 'content-type': 'application/json', origin: this.#origin, ...headers }
    return this.#ask(
      new Request(new URL(path, this.#origin), { method: 'POST', headers: all, body: JSON.stringify(body) }),
    )
  }

  /** As a form is sent. */
  form(path: string, body: string): Promise<Answer> {
    const headers = { ...this.#base(), 'content-type': 'application/x-www-form-urlencoded' }
    return this.#ask(new Request(new URL(path, this.#origin), { method: 'POST', headers, body }))
  }

  /** What a request of this browser would carry. */
  #base(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { host: new URL(this.#origin).host, ...this.headers, ...(cookie === '' ? {} : { cookie }) }
  }

  async #ask(request: Request): Promise<Answer> {
    const response = await this.#send(request)
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line) || value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const text = await response.text()
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch {
      body = undefined
    }
    return { status: response.status, headers: response.headers, body }
  }
}
