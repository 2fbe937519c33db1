// Two servers behind one address, killed in turn under load: no acknowledged write is lost or doubled, nobody gets another's.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { TestBrowser } from '../browser.ts'
import { TEST_SECRET } from '../database.ts'
import { createTestSignIn, PASSWORD } from '../sign-in.ts'
import { answerUntil, newAnswering } from './answering.ts'
import { sendAlone, startBalancer } from './balancer.ts'
import { counting } from './counting.ts'
import { sourceServer } from './source-server.ts'

const SECONDS = process.env['RUNGS_VERIFY'] === undefined ? 10 : 120
const MEMBERS = 6
const MAILS = SECONDS

const folder = mkdtempSync(join(tmpdir(), 'rungs-two-'))
const ports: number[] = []
const balancer = await startBalancer(ports)
const url = `http://localhost:${balancer.port}`
const team = await createTestSignIn({ url })
const mailFolder = join(folder, 'mail')
const servers = await Promise.all(
  [1, 2].map((place) =>
    sourceServer({
      DATABASE_URL: team.database.url,
      RUNGS_DATA: join(folder, String(place)),
      RUNGS_SECRET: TEST_SECRET,
      RUNGS_ACCOUNTS: 'on',
      RUNGS_URL: url,
      RUNGS_MAIL_FOLDER: mailFolder,
      RUNGS_RATE_ACCOUNT: 'off',
      RUNGS_RATE_ADDRESS: 'off',
      RUNGS_LOG: 'error',
    }),
  ),
)
ports.push(...servers.map(({ port }) => port))
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()))
  await balancer.close()
  rmSync(folder, { recursive: true, force: true })
})

async function joinAs(place: number): Promise<TestBrowser> {
  const browser = new TestBrowser((request) => sendAlone(balancer.port, request), url)
  const token = await team.invite(`p${place}@example.org`)
  const given = { token, name: `Person ${place}`, password: PASSWORD }
  const { status, body } = await browser.post('/sign-in-api/links/open', given)
  if (status !== 200) throw new Error(`joining was answered ${status} ${JSON.stringify(body)}`)
  return browser
}

test(
  `${MEMBERS} people answer for ${SECONDS} s while the servers are killed in turn`,
  async () => {
    const count = counting('B1 two servers killed in turn: seconds')
    await servers[0]!.start()
    await servers[1]!.start()
    const browsers: TestBrowser[] = []
    for (let place = 0; place < MEMBERS; place += 1) browsers.push(await joinAs(place))
    for (const browser of browsers)
      expect((await browser.get('/api/assessments')).body.assessments).toEqual([])
    const end = Date.now() + SECONDS * 1000
    let kills = 0
    const killing = (async () => {
      for (let turn = 0; Date.now() < end; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 1000))
        await servers[turn % 2]!.kill()
        kills += 1
        await servers[turn % 2]!.start()
      }
    })()
    const posting = (async () => {
      for (let place = 0; place < MAILS; place += 1) {
        await team.rows(
          "insert into mail.outbox (kind, to_address, subject, body) values ('test', $1, 'Once', 'Once')",
          [`mail-${place}@example.org`],
        )
        await new Promise((resolve) => setTimeout(resolve, 700))
      }
    })()
    const known = browsers.map(() => newAnswering())
    const all = await Promise.all(
      browsers.map(async (browser, place) => {
        const others = () =>
          new Set(known.flatMap(({ assessments }, at) => (at === place ? [] : [...assessments])))
        return answerUntil(browser, () => Date.now() > end, others, known[place])
      }),
    )
    await Promise.all([killing, posting])

    expect(all.flatMap(({ faults }) => faults)).toEqual([])
    const rows = await team.rows<{ key: string; assessment_id: string; person_id: string; count: string }>(
      `select key, assessment_id, person_id, count(*) over (partition by key) from response where kind = 'answer'`,
    )
    const stored = new Map(rows.map((row) => [row.key, row]))
    expect(rows.filter(({ count }) => Number(count) > 1)).toEqual([])
    const people = new Set<string>()
    for (const { acknowledged, sent, assessments } of all) {
      for (const [key, assessment] of acknowledged) expect(stored.get(key)?.assessment_id).toBe(assessment)
      const own = rows.filter(({ assessment_id: id }) => assessments.has(id))
      expect(own.filter(({ key }) => !sent.has(key))).toEqual([])
      const [person, ...more] = new Set(own.map(({ person_id: id }) => id))
      expect(more).toEqual([])
      expect(people.has(person!)).toBe(false)
      people.add(person!)
    }
    const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0)
    expect(kills).toBeGreaterThanOrEqual(1)
    expect(balancer.taken.every((count) => count > 0)).toBe(true)
    await expect
      .poll(() => readdirSync(mailFolder).filter((name) => name.endsWith('.eml')).length, {
        timeout: 120_000,
      })
      .toBe(MAILS)
    const sentTo = readdirSync(mailFolder).map(
      (name) => /^To: (.*)$/m.exec(readFileSync(join(mailFolder, name), 'utf8'))?.[1],
    )
    expect(new Set(sentTo).size).toBe(MAILS)
    const [jobs] = await team.rows<{ failures: number }>(
      'select sum(failures)::int as failures from work.job',
    )
    expect(jobs?.failures).toBe(0)
    for (const server of servers) expect(server.output()).not.toMatch(/"event":"(request|job) failed"/)
    const slowest = Math.round(Math.max(...all.map((one) => one.slowest)))
    count(
      SECONDS,
      `${kills} kills, ${sum((one) => one.requests)} requests, ${sum((one) => one.acknowledged.size)} acknowledged answers all there once, ${sum((one) => one.again)} sent again, ${MAILS} mails once; slowest answer ${slowest} ms`,
    )
  },
  SECONDS * 1000 + 600_000,
)

test('a server that is told to stop answers what it has begun and ends with 0', async () => {
  const [server] = servers
  const browser = new TestBrowser(
    (request) => sendAlone(server!.port, request),
    `http://localhost:${server!.port}`,
  )
  const pending = Array.from({ length: 20 }, () => browser.get('/api/openapi.json'))
  await new Promise((resolve) => setTimeout(resolve, 5))
  const code = server!.stop()
  const answers = await Promise.allSettled(pending)
  expect(answers.filter((one) => one.status === 'fulfilled' && one.value.status >= 500)).toEqual([])
  expect(await code).toBe(0)
}, 60_000)
