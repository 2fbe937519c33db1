// rungs db: a backup beside a running server, back into an empty folder, and what an operator reads when something is wrong.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeDataFolder, removeDataFolder } from '../../../test/server-process.ts'
import { runRungs, spawnRungs } from '../../../test/terminal.ts'

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
  const child = spawnRungs(['start', '--port', '0', '--data', data, '--json'], { env })
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    await new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        if (chunk.includes('}')) resolve()
      })
    })
    for (let turn = 0; turn < 100 && !existsSync(join(data, 'checkpoints')); turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 100))
    const made = await rungs('backup', file, '--data', data)
    expect(made).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/tables, \d+ rows, 2 files/) })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await rungs('backup', file, '--data', data)).err).toContain('is there already')
    expect((await rungs('restore', file, '--data', data)).err).toContain('stop it before restoring')
    expect((await rungs('check', '--data', data)).out).toContain('Nothing is wrong.')
  } finally {
    child.kill('SIGTERM')
    await ended
    removeDataFolder(data)
  }
  expect((await rungs('check', file)).out).toMatch(/is whole: made 20/)
  expect(await rungs('restore', file, '--data', restored)).toMatchObject({
    ...{ code: 0, err: '' },
    out: expect.stringMatching(/each table equal to what was backed up\.\n.*: whole, \d+ rows verified/),
  })
  expect((await rungs('restore', file, '--data', restored)).err).toContain('holds tables of Rungs already')
  expect(existsSync(join(restored, 'secret'))).toBe(true)
  expect((await rungs('migrate', '--data', restored)).out).toContain('Nothing to do')
  const verified = await runRungs(['audit', 'verify', '--data', restored], { env })
  expect(verified).toMatchObject({ code: 0, err: '' })
}, 180_000)

test.each([
  [['backup'], 'rungs db backup needs a file.'],
  [['check', '/nowhere/at/all'], '/nowhere/at/all cannot be read: ENOENT.'],
  [['check', join(folder, 'no-backup')], 'This file is no backup of Rungs.'],
  [['check', '/nowhere', '--key-file', '/nowhere/key'], 'The key file /nowhere/key cannot be read: ENOENT.'],
])('%j is refused with a sentence', async (args, sentence) => {
  writeFileSync(join(folder, 'no-backup'), 'x'.repeat(2000))
  expect(await rungs(...args)).toMatchObject({ code: 2, out: '', err: `${sentence}\n` })
})
