// The frameworks that ship with Rungs, parsed, for tests.
import { readFileSync } from 'node:fs'
import type { Framework } from '../src/core/framework/model.ts'
import { parseFramework, type Load } from '../src/core/framework/parse.ts'

const textOf = (id: string) => readFileSync(new URL(`../frameworks/${id}.yaml`, import.meta.url), 'utf8')
const load: Load = (reference) => ({ file: `frameworks/${reference}.yaml`, text: textOf(reference) })

/** The framework of that id, inheritance resolved; throws with its faults. */
export function builtInFramework(id: 'coder-to-cto' | 'data-engineering'): Framework {
  const result = parseFramework(textOf(id), { file: `frameworks/${id}.yaml`, load })
  if (result.faults) throw new Error(result.faults.map((fault) => JSON.stringify(fault)).join('\n'))
  return result.framework
}
