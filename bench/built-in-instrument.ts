// The instrument and the roles of the built-in framework, read from its file.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { roleBars, type RoleBars } from '../src/core/assess/goal.ts'
import { buildInstrument, type Instrument } from '../src/core/assess/instrument.ts'
import { formatFault } from '../src/core/framework/fault.ts'
import type { Framework } from '../src/core/framework/model.ts'
import { parseFramework } from '../src/core/framework/parse.ts'
import { packageRoot } from '../src/platform/package-root.ts'

const folder = join(packageRoot, 'frameworks')

export function builtInFramework(): Framework {
  const read = (name: string): string => readFileSync(join(folder, basename(name)), 'utf8')
  const { framework, faults } = parseFramework(read('coder-to-cto.yaml'), {
    file: 'coder-to-cto.yaml',
    load: (reference) => ({ file: reference, text: read(reference) }),
  })
  if (!framework)
    throw new Error(`coder-to-cto.yaml: ${faults.length} faults, the first: ${formatFault(faults[0]!)}`)
  return framework
}

export function builtInInstrument(): { instrument: Instrument; roles: RoleBars[] } {
  const framework = builtInFramework()
  return { instrument: buildInstrument(framework), roles: roleBars(framework) }
}
