// rungs db: a backup beside a running server, back into an empty folder, and what an operator reads when something is wrong.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../../platform/actor.ts'
import { appendErasure } from '../../platform/privacy/erasure-log.ts'
import { makeDataFolder, removeDataFolder } from '../../../test/server-process.ts'
import { runRungs } from '../../../test/terminal.ts'
import { sourceServer } from '../../../test/trust/source-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'rungs-db-verb-'))
const restored = makeDataFolder()
afterAll(() => {
  for (const each of [folder, restored]) rmSync(each, { recursive: true, force: true })
})
const env = { DATABASE_URL: '', RUNGS_BACKUP_PASSPHRASE: 'correct horse battery staple' }
const rungs = (...args: string[]) => runRungs(['db', ...args], { env })

test('backs up beside a running server and restores into an empty folder, where the server goes on', async () => {
  const data = makeDataFolder()
  const file = join(folder, 'beside.backup')
  const server = await sourceServer({ RUNGS_DATA: data, DATABASE_URL: '' })
  try {
    await server.start()
    await expect.poll(() => existsSync(join(data, 'checkpoints')), { timeout: 60_000 }).toBe(true)
    const made = await rungs('backup', file, '--data', data)
    expect(made).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/tables, \d+ rows, 2 files/) })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const [again, beside, checked] = await Promise.all([
      rungs('backup', file, '--data', data),
      rungs('restore', file, '--data', data),
      rungs('check', '--data', data),
    ])
    expect(again.err).toContain('is there already')
    expect(beside.err).toContain('stop it before restoring')
    expect(checked.out).toContain('Nothing is wrong.')
  } finally {
    await server.stop()
    removeDataFolder(data)
  }
  expect((await rungs('check', file)).out).toMatch(/is whole: made 20/)
  // Erased after the backup was made, as the log beside the database says.
  await appendErasure(join(restored, 'erasures'), {
    ...{ organisation: LOCAL_ORGANISATION, person: LOCAL_PERSON, reason: 'asked' },
    at: new Date().toISOString(),
  })
  const outcome = await rungs('restore', file, '--data', restored)
  expect(outcome).toMatchObject({ code: 0, err: '' })
  expect(outcome.out).toMatch(/each table equal to what was backed up\.\n.*: whole, \d+ rows verified/)
  expect(outcome.out).toContain('1 person erased again')
  // What the erasure added is linked behind what came back, and the backup's own checkpoint agrees with that.
  const verified = await runRungs(['audit', 'verify', '--data', restored], { env })
  expect(verified.out).toMatch(/: whole, \d+ rows verified\n {2}Last checkpoint that agrees/)
  expect(verified).toMatchObject({ code: 0, err: '' })
  expect((await rungs('restore', file, '--data', restored)).err).toContain('holds tables of Rungs already')
  expect(existsSync(join(restored, 'secret'))).toBe(true)
  // Without that log they would be back, and whoever restores must know.
  const blind = { ...env, RUNGS_ERASURES: join(folder, 'nowhere') }
  const again = await runRungs(['db', 'restore', file, '--data', restored, '--replace'], { env: blind })
  expect(again).toMatchObject({ code: 0, err: expect.stringContaining('RUNGS_ERASURES=<folder>') })
  expect(again.err).toContain(`no log of erasures in ${join(folder, 'nowhere')}`)
  expect(again.out).not.toContain('erased again')
  expect((await rungs('migrate', '--data', restored)).out).toContain('Nothing to do')
}, 300_000)

test.each([
  [['backup'], 'rungs db backup needs a file.'],
  [['check', '/nowhere/at/all'], '/nowhere/at/all cannot be read: ENOENT.'],
  [['check', join(folder, 'no-backup')], 'This file is no backup of Rungs.'],
  [['check', '/nowhere', '--key-file', '/nowhere/key'], 'The key file /nowhere/key cannot be read: ENOENT.'],
])('%j is refused with a sentence', async (args, sentence) => {
  writeFileSync(join(folder, 'no-backup'), 'x'.repeat(2000))
  expect(await rungs(...args)).toMatchObject({ code: 2, out: '', err: `${sentence}\n` })
})
