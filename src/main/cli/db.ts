// rungs db: backs the database up into one encrypted file, restores it, brings it to the newest shape, checks it.
import { join } from 'node:path'
import { Argument, Command } from 'commander'
import { assertServer, connect, type Connection } from '../../db/connect.ts'
import { checkDatabase } from '../../db/backup/check-database.ts'
import { migrate } from '../../db/migrate.ts'
import { ensureSeesAll } from '../../db/owner-sight.ts'
import { ensureGrants, ensureRoles } from '../../db/roles.ts'
import { fileKey, passphraseKey, type BackupKey } from '../../platform/backup/backup-key.ts'
import { bringBack } from '../../platform/backup/bring-back.ts'
import { makeBackup, type BackupPlaces } from '../../platform/backup/make-backup.ts'
import { readBackup } from '../../platform/backup/read-backup.ts'
import type { Config } from '../../platform/config.ts'
import { messageOf, RungsError } from '../../platform/errors.ts'
import { createLog } from '../../platform/log.ts'
import { readSecret } from '../../platform/secret.ts'
import { erasuresMissingText, madeText, readText, restoredText, checkText } from './db-words.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { withTarget, type DatabaseTarget } from './open-database.ts'
import { print, printJson } from './output.ts'

const ACTS = ['backup', 'restore', 'migrate', 'check'] as const

interface Options {
  data?: string
  keyFile?: string
  replace?: boolean
  json?: boolean
}

export function dbVerb(): Command {
  return new Command('db')
    .description('back up, restore, migrate or check the database (exit code 1 when a check finds something)')
    .addArgument(new Argument('<what>', 'what to do').choices(ACTS))
    .argument(
      '[file]',
      'the backup: to be written, to be restored, or to be checked in place of the database',
    )
    .option(
      '--data <folder>',
      'the folder of the database (default: RUNGS_DATA, else data beside the program)',
    )
    .option(
      '--key-file <file>',
      "the backup's key (default: RUNGS_BACKUP_KEY_FILE, else the passphrase in RUNGS_BACKUP_PASSPHRASE)",
    )
    .option('--replace', 'restore: lose what the database holds now')
    .option('--json', 'print the outcome as JSON')
    .action(db)
}

async function db(what: (typeof ACTS)[number], file: string | undefined, options: Options): Promise<void> {
  if (file === undefined && (what === 'backup' || what === 'restore'))
    throw new BadInput(`rungs db ${what} needs a file.`)
  if (file !== undefined && what === 'migrate') throw new BadInput('rungs db migrate takes no file.')
  if (options.replace && what !== 'restore') throw new BadInput('--replace is for rungs db restore alone.')
  try {
    if (what === 'check' && file !== undefined) return await checkFile(file, options)
    await withTarget(options.data, async (found) => {
      const owner = connect(found.target, createLog('error'), { size: 2 })
      try {
        await assertServer(owner, found.config.databaseUrl === undefined ? 'The database' : 'DATABASE_URL')
        if (what === 'backup') await backup(owner, found, file!, options)
        else if (what === 'restore') await restore(owner, found, file!, options)
        else if (what === 'migrate') await bringUp(owner, found, options)
        else await check(owner, options)
      } finally {
        await owner.close()
      }
    })
  } catch (error) {
    if (error instanceof RungsError) throw new BadInput(messageOf(error))
    throw error
  }
}

async function backup(owner: Connection, { config }: DatabaseTarget, file: string, options: Options) {
  const key = keyOf(options)
  const client = await owner.pool.connect()
  try {
    const made = await makeBackup(client, placesOf(config), key, file, new Date())
    if (options.json) printJson({ file, ...made })
    else print(madeText(file, made))
  } finally {
    client.release(true)
  }
}

async function restore(owner: Connection, found: DatabaseTarget, file: string, options: Options) {
  if (found.isServed) throw new BadInput('A server keeps this database: stop it before restoring.')
  const key = keyOf(options)
  const client = await owner.pool.connect()
  try {
    const { rows } = await client.query<{ others: string }>(
      `select count(*) as others from pg_stat_activity where datname = current_database()
       and usename in ('rungs_request', 'rungs_job', 'rungs_sign_in')`,
    )
    if (Number(rows[0]?.others) > 0)
      throw new BadInput('A server works on this database: stop it before restoring.')
  } finally {
    client.release(true)
  }
  const { config, target } = found
  const restored = await bringBack({
    ...{ owner, target, secret: () => readSecret(config), ownCluster: config.databaseUrl === undefined },
    ...{ places: placesOf(config), key, file, replace: options.replace === true, now: () => new Date() },
    mailFolder: config.team?.mail.smtp === undefined ? config.team?.mail.folder : undefined,
  })
  if (options.json) printJson(restored)
  else print(restoredText(restored))
  const caution = erasuresMissingText(restored)
  if (caution !== undefined) process.stderr.write(`${caution}\n`)
}

async function bringUp(owner: Connection, { config, target }: DatabaseTarget, { json }: Options) {
  const ownCluster = config.databaseUrl === undefined
  await ensureRoles(owner, { target, secret: readSecret(config), ownCluster })
  await ensureSeesAll(owner.pool)
  const ran = await migrate(owner.db)
  await ensureGrants(owner)
  if (json) printJson({ migrations: ran })
  else
    print(ran.length === 0 ? 'Nothing to do: the database has the newest shape.' : `Ran ${ran.join(', ')}.`)
}

async function check(owner: Connection, { json }: Options) {
  const client = await owner.pool.connect()
  try {
    const found = await checkDatabase(client)
    if (json) printJson(found)
    else print(checkText(found))
    finish(found.problems.length > 0 ? EXIT.findings : EXIT.fine)
  } finally {
    client.release(true)
  }
}

async function checkFile(file: string, options: Options) {
  const read = await readBackup(file, keyOf(options))
  if (options.json) printJson(read)
  else print(readText(file, read))
}

function keyOf({ keyFile }: Options): BackupKey {
  const file = keyFile ?? given('RUNGS_BACKUP_KEY_FILE')
  if (file !== undefined) return fileKey(file)
  const passphrase = given('RUNGS_BACKUP_PASSPHRASE')
  if (passphrase !== undefined) return passphraseKey(passphrase)
  throw new BadInput('A backup needs a key: name a file with --key-file, or set RUNGS_BACKUP_PASSPHRASE.')
}

function given(variable: string): string | undefined {
  const value = process.env[variable]
  return value === '' ? undefined : value
}

function placesOf({ checkpointFolder, erasureFolder, dataFolder, secret }: Config): BackupPlaces {
  const secretFile = secret === undefined ? join(dataFolder, 'secret') : undefined
  return { checkpointFolder, erasureFolder, secretFile }
}
