// The outbox with a real SMTP server and a real folder: nothing lost, nothing doubled, by any number of processes.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { createLog } from '../log.ts'
import { invitationMail, languageOf } from './mail-words.ts'
import { postMail, type Mail } from './post-mail.ts'
import { sendNext, startMailWorker } from './send-mails.ts'
import { folderTransport, smtpTransport } from './transport.ts'

const database = await createTestDatabase()
const { pool } = database.job
const log = createLog('silent')
const FROM = 'Rungs <rungs@example.org>'
/** Posts as requests do: their role may add a mail and nothing else. */
const requests = new Kysely<never>({ dialect: new PostgresDialect({ pool: database.request.pool }) })

interface Received {
  to: string[]
  text: string
}

const received: Received[] = []
/** What the server answers to a message: a code of RFC 5321, or nothing. */
let refuseWith: number | undefined
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      if (refuseWith !== undefined)
        return done(Object.assign(new Error('refused'), { responseCode: refuseWith }))
      received.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        text: Buffer.concat(chunks).toString('utf8'),
      })
      return done()
    })
  },
})
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve)
})
const { port } = server.server.address() as AddressInfo
const folder = mkdtempSync(join(tmpdir(), 'rungs-mail-'))
afterAll(async () => {
  await new Promise<void>((resolve) => {
    server.close(resolve)
  })
  rmSync(folder, { recursive: true })
})

const smtp = () =>
  smtpTransport({ host: '127.0.0.1', port, tls: false, user: undefined, password: undefined }, FROM)
const mail = (to: string, more: Partial<Mail> = {}): Mail => ({
  ...{ kind: 'invitation', to, subject: '邀请', body: 'Hello\n\nhttps://rungs.example.org/invitation/abc\n' },
  ...more,
})

beforeEach(async () => {
  received.length = 0
  refuseWith = undefined
  await pool.query('DELETE FROM mail.outbox')
})

test('a mail arrives once, whole, and its words are gone from the database', async () => {
  await postMail(requests, mail('kim@example.org'))
  const transport = smtp()
  expect(await sendNext(pool, transport, log)).toBe(true)
  expect(await sendNext(pool, transport, log)).toBe(false)
  transport.close()
  expect(received).toHaveLength(1)
  expect(received[0]?.to).toEqual(['kim@example.org'])
  expect(received[0]?.text).toContain('https://rungs.example.org/invitation/abc')
  const { rows } = await pool.query(
    'SELECT to_address, subject, body, sent_at IS NOT NULL AS sent FROM mail.outbox',
  )
  expect(rows).toEqual([{ to_address: null, subject: null, body: null, sent: true }])
})

test('forty mails through three workers arrive once each', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, at) => postMail(requests, mail(`p${at}@example.org`))))
  const workers = [1, 2, 3].map(() => startMailWorker(pool, smtp(), log, { every: 50 }))
  await expect.poll(() => received.length, { timeout: 20_000 }).toBe(40)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await Promise.all(workers.map((worker) => worker.stop()))
  expect(new Set(received.flatMap(({ to }) => to)).size).toBe(40)
  expect(received).toHaveLength(40)
})

test('a mail is posted with what it tells of, or not at all', async () => {
  await expect(
    requests.transaction().execute(async (transaction) => {
      await postMail(transaction, mail('never@example.org'))
      throw new Error('what it told of failed')
    }),
  ).rejects.toThrow('failed')
  expect(await sendNext(pool, smtp(), log)).toBe(false)
})

test('one key is one mail', async () => {
  for (let at = 0; at < 3; at += 1)
    await postMail(requests, mail('kim@example.org', { key: 'round 7 reminder 1' }))
  const { rows } = await pool.query('SELECT 1 FROM mail.outbox')
  expect(rows).toHaveLength(1)
})

test('what the server refuses waits and goes out later', async () => {
  await postMail(requests, mail('kim@example.org'))
  refuseWith = 451
  const transport = smtp()
  expect(await sendNext(pool, transport, log)).toBe(true)
  expect(await sendNext(pool, transport, log)).toBe(false)
  const { rows } = await pool.query('SELECT tries, trouble, due_at > now() AS later FROM mail.outbox')
  expect(rows).toEqual([{ tries: 1, trouble: 'EMESSAGE 451', later: true }])
  refuseWith = undefined
  await pool.query('UPDATE mail.outbox SET due_at = now()')
  await sendNext(pool, transport, log)
  transport.close()
  expect(received).toHaveLength(1)
})

test('after eight tries a mail is given up, kept, and not tried again', async () => {
  await postMail(requests, mail('kim@example.org'))
  refuseWith = 550
  const transport = smtp()
  for (let at = 0; at < 8; at += 1) {
    expect(await sendNext(pool, transport, log)).toBe(true)
    await pool.query('UPDATE mail.outbox SET due_at = now()')
  }
  expect(await sendNext(pool, transport, log)).toBe(false)
  transport.close()
  const { rows } = await pool.query(
    'SELECT tries, to_address, given_up_at IS NOT NULL AS given_up FROM mail.outbox',
  )
  expect(rows).toEqual([{ tries: 8, to_address: 'kim@example.org', given_up: true }])
})

test('while no server listens nothing is lost', async () => {
  await postMail(requests, mail('kim@example.org'))
  const nowhere = smtpTransport(
    { host: '127.0.0.1', port: 1, tls: false, user: undefined, password: undefined },
    FROM,
  )
  await sendNext(pool, nowhere, log)
  nowhere.close()
  const { rows } = await pool.query('SELECT to_address, sent_at FROM mail.outbox')
  expect(rows).toEqual([{ to_address: 'kim@example.org', sent_at: null }])
})

test('a process that dies while it sends lets go of the mail', async () => {
  await postMail(requests, mail('kim@example.org'))
  const dying = await pool.connect()
  await dying.query('BEGIN')
  await dying.query('SELECT 1 FROM mail.outbox FOR UPDATE')
  expect(await sendNext(pool, smtp(), log)).toBe(false)
  dying.release(true)
  await expect.poll(() => sendNext(pool, smtp(), log)).toBe(true)
  expect(received).toHaveLength(1)
})

test('without a server mails become files that any mail program opens, one per mail however often it is sent', async () => {
  await postMail(requests, mail('kim@example.org'))
  const transport = folderTransport(folder, FROM)
  await sendNext(pool, transport, log)
  const [file, ...others] = readdirSync(folder)
  expect(others).toEqual([])
  const text = readFileSync(join(folder, file ?? ''), 'utf8')
  expect(text).toMatch(/^To: kim@example\.org/m)
  expect(text).toMatch(/^Message-ID: <[0-9a-f-]{36}@example\.org>/m)
  expect(text).toMatch(/^Subject: =\?UTF-8\?B\?6YKA6K\+3\?=\r$/m)
  expect(text.split('\r\n')).toContain('https://rungs.example.org/invitation/abc')
  expect(file).toMatch(/^[0-9a-f-]{36}\.eml$/)
})

test.each([
  'kim@example.org\r\nBcc: eve@example.org',
  'a@example.org, b@example.org',
  '"x\r\nSubject: y"@example.org',
])('an address %j reaches nobody else and adds no header', async (to) => {
  await postMail(requests, mail(to))
  const transport = smtp()
  await sendNext(pool, transport, log)
  transport.close()
  expect(received.flatMap((one) => one.to)).not.toContain('eve@example.org')
  for (const { text } of received) expect(text).not.toMatch(/^(Bcc:|Subject: y)/m)
})

test('requests and sign-in post mails and read none', async () => {
  await postMail(requests, mail('kim@example.org'))
  for (const each of [database.request.pool, database.signIn.pool])
    await expect(each.query('SELECT 1 FROM mail.outbox')).rejects.toThrow(/permission denied/)
})

test('the words of mails are in the language asked for, with the link alone on its line', () => {
  expect([languageOf('zh-CN,zh;q=0.9'), languageOf('de, zh'), languageOf(null)]).toEqual([
    'zh-Hans',
    'en',
    'en',
  ])
  const given = { organisation: 'Acme', invitedBy: 'Ada', link: 'https://r.example/invitation/x', days: 7 }
  for (const language of ['en', 'zh-Hans'] as const) {
    const { subject, body } = invitationMail(language, given)
    expect(subject).toContain('Acme')
    expect(body.split('\n')).toContain(given.link)
  }
})
