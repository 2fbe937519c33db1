// Reads the reference tables of the measurement corpus that the assessment's goldens are held to.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AdjacentItem, GradedItem } from '../../src/core/assess/response-functions.ts'
import { corpusPath } from '../corpus.ts'

const corpus = corpusPath()
const folder = corpus === undefined ? undefined : join(corpus, 'measurement')
/** Given to `describe.skipIf`: true where the corpus is absent. */
export const corpusAbsent = folder === undefined
/** Ends the titles of suites that need the corpus, so that a run says why they were skipped. */
export const ifSkipped = corpusAbsent ? ' (skipped: no corpus beside the repository)' : ''

/** Rows of a CSV table without its header, quotes taken off; an empty table where the corpus is absent. */
export function table(path: string): string[][] {
  if (folder === undefined) return []
  const [, ...lines] = readFileSync(join(folder, path), 'utf8').trim().split('\n')
  return lines.map((line) => line.replaceAll('"', '').split(','))
}

export function header(path: string): string[] {
  if (folder === undefined) return []
  return readFileSync(join(folder, path), 'utf8').split('\n')[0]!.trim().replaceAll('"', '').split(',')
}

export const numbers = (rows: string[][]): number[][] => rows.map((row) => row.map(Number))

export const adjacent = (thresholds: number[], discrimination = 1): AdjacentItem => ({
  kind: 'adjacent',
  discrimination,
  thresholds,
})
export const graded = (thresholds: number[], discrimination: number): GradedItem => ({
  kind: 'graded',
  discrimination,
  thresholds,
})

/** The banks that catR generated: discrimination first, but for partial credit, whose discrimination is 1. */
export function catBank(model: 'GRM' | 'GPCM' | 'PCM'): (AdjacentItem | GradedItem)[] {
  return numbers(table(`cat_traces/${model}_bank.csv`)).map((row) => {
    if (model === 'PCM') return adjacent(row)
    const [discrimination, ...thresholds] = row as [number, ...number[]]
    return model === 'GRM' ? graded(thresholds, discrimination) : adjacent(thresholds, discrimination)
  })
}
