// Brings the frameworks that come with Rungs into the database, at each start.
import { join } from 'node:path'
import { formatFault } from '../core/framework/fault.ts'
import type { Framework } from '../core/framework/model.ts'
import { parseFramework } from '../core/framework/parse.ts'
import { storeBuiltInFrameworks } from '../features/publications/commands.ts'
import { RungsError } from '../platform/errors.ts'
import { builtInFolder, listBuiltIns, readFrameworkSource } from '../platform/framework-files.ts'
import type { Context } from '../platform/procedure.ts'

/** Reads and stores them all; the versions that were new here. Throws when one of them has a fault. */
export async function loadBuiltInFrameworks(context: Context): Promise<{ id: string; version: string }[]> {
  return storeBuiltInFrameworks(context, listBuiltIns().map(readBuiltIn))
}

function readBuiltIn(id: string): Framework {
  const source = readFrameworkSource(join(builtInFolder(), `${id}.yaml`))
  if ('problem' in source) throw broken(id, source.problem)
  const parsed = parseFramework(source.text, { file: source.file, load: source.load })
  const [fault] = parsed.faults ?? []
  if (parsed.faults !== undefined)
    throw broken(id, fault === undefined ? 'it has faults' : formatFault(fault))
  return parsed.framework
}

function broken(id: string, reason: string): RungsError {
  return new RungsError('internal', `The built-in framework ${id} cannot be read: ${reason}.`)
}
