// One address before several servers: each connection goes to the next one that takes it.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Balancer {
  port: number
  /** Connections that each server got, in the order of the servers. */
  taken: readonly number[]
  close(): Promise<void>
}

/** `ports` may be filled later: it is read at each connection. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const taken: number[] = []
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer((client) => {
    open.add(client)
    client.on('close', () => open.delete(client)).on('error', () => undefined)
    const attempt = (left: number) => {
      if (left === 0) return void client.destroy()
      const place = turn++ % ports.length
      const upstream = connect(ports[place]!, '127.0.0.1')
      let isThrough = false
      upstream.once('connect', () => {
        isThrough = true
        taken[place] = (taken[place] ?? 0) + 1
        client.pipe(upstream).pipe(client)
        client.on('close', () => upstream.destroy())
      })
      upstream.on('error', () => (isThrough ? client.destroy() : attempt(left - 1)))
      upstream.on('close', () => isThrough && client.destroy())
    }
    attempt(ports.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Sends each request on a connection of its own, so that a balancer may give each to another server. */
export async function sendAlone(port: number, request: Request): Promise<Response> {
  const { request: ask } = await import('node:http')
  const url = new URL(request.url)
  const body = Buffer.from(await request.arrayBuffer())
  const headers: Record<string, string> = Object.fromEntries(request.headers)
  return new Promise((resolve, reject) => {
    const outgoing = ask(
      {
        ...{ host: '127.0.0.1', port, agent: false, timeout: 20_000, method: request.method },
        path: url.pathname + url.search,
        headers: { ...headers, host: url.host, 'content-length': String(body.length) },
      },
      (incoming) => {
        const pieces: Buffer[] = []
        incoming.on('data', (piece: Buffer) => pieces.push(piece))
        incoming.on('error', reject)
        incoming.on('end', () => {
          if (!incoming.complete) return reject(new Error('the answer was cut off'))
          const all = new Headers()
          for (const [name, values] of Object.entries(incoming.headersDistinct))
            for (const value of values ?? []) all.append(name, value)
          const status = incoming.statusCode ?? 0
          const empty = status === 204 || status === 304
          resolve(new Response(empty ? null : Buffer.concat(pieces), { status, headers: all }))
        })
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 20 s')))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
