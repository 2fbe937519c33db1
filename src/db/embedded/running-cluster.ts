// Finds an embedded PostgreSQL that a running Rungs keeps, so that a verb of the command line can ask it too.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { isAlive } from './processes.ts'

/** How to connect to the database of a data folder whose server runs; undefined where none does. */
export function findRunningCluster(folder: string): Cluster['target'] | undefined {
  const database = databaseFolderOf(folder)
  const lines = readLines(join(database, 'postmaster.pid'))
  const [pid, port, host] = [Number(lines[0]), Number(lines[3]), lines[4]]
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || !host || !Number.isInteger(port))
    return undefined
  const [password = ''] = readLines(join(database, 'rungs.password'))
  return { host, port, user: 'rungs', password, database: 'rungs' }
}

/** In the data folder, or where the note in it says. */
function databaseFolderOf(folder: string): string {
  const inside = join(folder, 'postgres')
  if (existsSync(inside)) return inside
  const [note = ''] = readLines(join(folder, 'postgres.txt'))
  const parent = /lies in (.*), which/.exec(note)?.[1]
  return parent === undefined ? inside : join(parent, 'postgres')
}

function readLines(file: string): string[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim())
    : []
}
