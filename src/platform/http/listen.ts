// Listens, on loopback where nothing else is asked for, and stops without cutting off what is being answered.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { RungsError, errorCodeOf, messageOf } from '../errors.ts'

export interface Listener {
  /** The address on this machine: http://127.0.0.1:PORT. */
  url: string
  /** Takes no new requests, waits up to 3 s for running ones, then closes what is left. */
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
const PATIENCE = 3000

/** Throws a RungsError with one sentence when the port cannot be had. */
export async function listen(
  fetch: (request: Request, bindings: object) => Response | Promise<Response>,
  port: number,
  host: string = LOOPBACK,
): Promise<Listener> {
  const server = createAdaptorServer({ fetch }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portError(port, error)))
    server.listen(port, host, resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  return { url: `http://${LOOPBACK}:${actual}`, close: () => closeServer(server) }
}

function portError(port: number, error: Error): RungsError {
  const code = errorCodeOf(error)
  const advice = 'start with --port or RUNGS_PORT set to another one'
  if (code === 'EADDRINUSE')
    return new RungsError('conflict', `Port ${port} is taken; ${advice}.`, { cause: error })
  if (code === 'EACCES')
    return new RungsError('unavailable', `Port ${port} is not allowed to this user; ${advice}.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new RungsError('unavailable', 'The address of RUNGS_HOST is not one of this machine; correct it.')
  return new RungsError('unavailable', `Port ${port} cannot be used: ${messageOf(error)}.`, { cause: error })
}

async function closeServer(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), PATIENCE)
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
  clearTimeout(timer)
}
