// What is said of a server that refuses: its own words, as PostgreSQL 15 sends them, in one sentence with what to do.
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createLog } from '../platform/log.ts'
import { assertServer, connect } from './connect.ts'

/** Answers the first message with an error and hangs up. */
async function sentenceFor(code: string, words: string): Promise<string> {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${words}\0\0`)
  const head = Buffer.from('E\0\0\0\0')
  head.writeInt32BE(body.length + 4, 1)
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(Buffer.concat([head, body])))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connection = connect({ connectionString: `postgres://a:b@127.0.0.1:${port}/x` }, createLog('silent'))
  try {
    await assertServer(connection, 'The database')
    return ''
  } catch (error) {
    return (error as Error).message
  } finally {
    await connection.close()
    server.close()
  }
}

test('a server that wants TLS is told apart from one that refuses the user or the password', async () => {
  const nobody = 'no pg_hba.conf entry for host "127.0.0.1", user "a", database "x"'
  expect(await sentenceFor('28000', `${nobody}, no encryption`)).toMatch(
    /^The database refuses connections without TLS: add \?sslmode=verify-full to its address/,
  )
  expect(await sentenceFor('28000', `${nobody}, SSL encryption`)).toMatch(/^The database refuses the user;/)
  expect(await sentenceFor('28P01', 'password authentication failed for user "a"')).toMatch(
    /^The database refuses the user or the password;/,
  )
})
