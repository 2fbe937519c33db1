// Two questions for monitors: is the process up, and does its database answer.
import { Hono } from 'hono'
import type { Connection } from '../../db/connect.ts'
import { errorCodeOf } from '../errors.ts'

const PATIENCE = 2000

/** GET /healthz: 200 while the process runs. GET /readyz: 200, or 503 with a reason within 2 s. */
export function healthRoutes(connection: Connection, isStopping: () => boolean = () => false): Hono {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'up' }))
    .get('/readyz', async (c) => {
      const reason = isStopping() ? 'the server is stopping' : await findReason(connection)
      return reason === undefined ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', reason }, 503)
    })
}

async function findReason({ pool }: Connection): Promise<string | undefined> {
  const answer = pool.query('select 1').then(
    () => undefined,
    (error: unknown) => `the database does not answer (${errorCodeOf(error) ?? 'connection lost'})`,
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`the database does not answer within ${PATIENCE / 1000} s`), PATIENCE)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
