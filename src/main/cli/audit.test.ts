// rungs audit: beside a running server, after it, and what an operator reads when somebody changed the past.
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { makeDataFolder, removeDataFolder } from '../../../test/server-process.ts'
import { runRungs, spawnRungs } from '../../../test/terminal.ts'
import { LOCAL_ORGANISATION } from '../../platform/actor.ts'
import { sealAudit } from '../../platform/audit/seal-audit.ts'

test('verifies beside a running server and after it; without its checkpoints it says so', async () => {
  const data = makeDataFolder()
  const env = { DATABASE_URL: '' }
  const child = spawnRungs(['start', '--port', '0', '--data', data, '--json'], { env })
  try {
    await new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        if (chunk.includes('}')) resolve()
      })
    })
    const checkpoints = join(data, 'checkpoints')
    for (let turn = 0; turn < 100 && !existsSync(checkpoints); turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 100))
    const beside = await runRungs(['audit', 'verify', '--data', data], { env })
    expect(beside).toMatchObject({ code: 0, err: '' })
    expect(beside.out).toContain(`${LOCAL_ORGANISATION}: whole, `)
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGTERM')
    await ended
    expect((await runRungs(['audit', 'verify', '--data', data], { env })).code).toBe(0)
    expect(readdirSync(checkpoints)).toHaveLength(1)
    renameSync(checkpoints, `${checkpoints}.elsewhere`)
    const without = await runRungs(['audit', 'verify', '--data', data], { env })
    expect([without.code, without.out]).toEqual([1, expect.stringContaining('There is no checkpoint')])
    const named = ['audit', 'verify', '--data', data, '--checkpoints', `${checkpoints}.elsewhere`]
    expect((await runRungs(named, { env })).code).toBe(0)
  } finally {
    child.kill('SIGKILL')
    removeDataFolder(data)
  }
}, 120_000)

const app = await createTestApp()
const folder = mkdtempSync(join(tmpdir(), 'rungs-checkpoints-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const rungs = (...args: string[]) =>
  runRungs(['audit', ...args, '--checkpoints', folder], { env: { DATABASE_URL: app.database.url } })

test('names the row that was changed, and a restore that was accepted stays in sight', async () => {
  await sealAudit(app.system().db, LOCAL_ORGANISATION)
  const printed = await rungs('checkpoint')
  expect(JSON.parse(printed.out)).toMatchObject({ organisation: LOCAL_ORGANISATION, sequence: 3, count: 3 })
  await rungs('accept-restore')
  expect((await rungs('verify')).out).toMatch(/whole, 3 rows verified\n.*link 3.*\n.*put in place on purpose/)
  await app.database.owner.pool.query(
    `set app.maintenance = 'on'; alter table audit disable trigger append_only;
     update audit set object_id = 'x' where position = 2; alter table audit enable trigger append_only`,
  )
  const found = await rungs('verify', '--json')
  expect(found.code).toBe(1)
  expect(JSON.parse(found.out).organisations[0].finding).toEqual({
    ...{ kind: 'row-differs', sequence: 2, position: 2 },
  })
}, 60_000)
