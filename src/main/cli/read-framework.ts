// Reads the framework that a verb's argument names: a built-in id, a file, a folder, or - for standard input.
import { fstatSync } from 'node:fs'

import { formatFault, type Fault } from '../../core/framework/fault.ts'
import type { Framework } from '../../core/framework/model.ts'
import { parseFramework, type Locate } from '../../core/framework/parse.ts'
import {
  decodeText,
  loadWithin,
  readFrameworkSource,
  type FrameworkSource,
} from '../../platform/framework-files.ts'
import { BadInput } from './exit.ts'

const MOST_BYTES = 12_000_000

/** What an argument may be, for help texts. */
export const FRAMEWORK_ARGUMENT =
  'a file, a folder with framework.yaml, a built-in id such as coder-to-cto, or - for standard input'

/** The text behind an argument; throws BadInput with the reason when there is none. */
export async function readSource(argument: string): Promise<FrameworkSource> {
  const source = argument === '-' ? await readStandardInput() : readFrameworkSource(argument)
  if ('problem' in source) throw new BadInput(`${argument}: ${source.problem}`)
  return source
}

/** The framework behind an argument; throws BadInput with all its faults when it has any. */
export async function readFramework(argument: string): Promise<{ framework: Framework; locate: Locate }> {
  const parsed = await parseArgument(argument)
  if (parsed.faults) throw new BadInput(formatFaults(parsed.faults))
  return parsed
}

export async function parseArgument(argument: string) {
  const { text, file, load } = await readSource(argument)
  return parseFramework(text, { file, load })
}

export function formatFaults(faults: readonly Fault[]): string {
  return [...faults.map(formatFault), `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`].join(
    '\n',
  )
}

/** All of standard input as clean UTF-8; throws BadInput. A terminal is not waited for. */
export async function readStandardInput(): Promise<FrameworkSource> {
  if (process.stdin.isTTY || !hasStandardInput())
    throw new BadInput('- reads standard input, and nothing is piped in')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) throw new BadInput(`standard input: more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  const decoded = decodeText(Buffer.concat(chunks))
  if ('problem' in decoded) throw new BadInput(`standard input: ${decoded.problem}`)
  return { file: '<stdin>', text: decoded.text, load: loadWithin(process.cwd()) }
}

function hasStandardInput(): boolean {
  try {
    fstatSync(0)
    return true
  } catch {
    return false
  }
}
