// The file that keeps a person's answers: what it holds, how it is checked, and how it is written with its comments kept.
import { isDeepStrictEqual } from 'node:util'

import { Document, isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml'
import { z } from 'zod'

import { checkShape, type Mismatch } from '../../core/framework/check-shape.ts'
import type { Fault } from '../../core/framework/fault.ts'
import { idSchema, type Framework } from '../../core/framework/model.ts'
import { nearestWord } from '../../core/framework/nearest.ts'
import { placeAndOffset } from '../../core/framework/places.ts'
import { DEFAULT_LIMITS, newPlaces, readYaml } from '../../core/framework/yaml-source.ts'
import type { RoleRef } from '../../core/growth/model.ts'
import { findRole, listRoles, roleKey } from '../../core/growth/roles.ts'
import {
  answerSchema,
  evidenceSchema,
  modeSchema,
  stopReasonSchema,
} from '../../features/assessments/contract.ts'
import { isReport, placeInReport, reportAsAnswers } from './report-as-answers.ts'

const timeSchema = z.iso.datetime('expected a date and time such as 2026-03-02T09:00:00Z')
/** `architect`, or `cto/us` for a variant. */
const roleKeySchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)?$/,
    'expected a role id such as architect, or cto/us for a variant',
  )

export const answersFileSchema = z.strictObject({
  rungs: z.literal(1).describe('Version of this format.'),
  framework: idSchema.describe('Id of the framework that the behaviours are of.'),
  version: z.string().optional().describe('Its version: the answers stay pinned to it.'),
  content: z.string().optional().describe('SHA-256 of its content.'),
  mode: modeSchema.default('adaptive'),
  target: roleKeySchema.optional().describe('The role that mode "target" asks about.'),
  role: roleKeySchema.optional().describe("Today's role."),
  years: z.number().min(0).max(60).optional().describe('Years since entry into the profession.'),
  startedAt: timeSchema.optional(),
  finishedAt: timeSchema.optional(),
  stopReason: stopReasonSchema.optional(),
  answers: z.array(
    z.strictObject({
      item: idSchema.describe("The behaviour's id."),
      answer: answerSchema,
      evidence: evidenceSchema.optional(),
      at: timeSchema.optional(),
      carried: z
        .strictObject({ from: z.string().max(100), givenAt: timeSchema })
        .optional()
        .describe('Where it counts on from an earlier assessment: which one, and when it was given there.'),
    }),
  ),
})

export type AnswersFile = z.output<typeof answersFileSchema>

/** A framework to check against, or why there is none; it gets the id that the file names, if it names one. */
export type FrameworkFor = (
  id: string | undefined,
) => { readonly framework: Framework; readonly hash: string } | { readonly mismatch: Mismatch }

export type AnswersResult =
  | {
      readonly answers: AnswersFile
      readonly framework: Framework
      readonly hash: string
      /** True where they were read out of a whole result that was taken away. */
      readonly fromReport: boolean
      readonly faults?: never
    }
  | { readonly faults: readonly Fault[]; readonly answers?: never }

/** Reads answers (YAML or JSON, or a whole result as JSON) and checks them against their framework: the answers, or all faults with their places. */
export function parseAnswers(text: string, file: string, frameworkFor: FrameworkFor): AnswersResult {
  const places = newPlaces()
  const { value: read, source, faults, damagedFrom } = readYaml(text, file, places, DEFAULT_LIMITS)
  if (damagedFrom !== undefined) return { faults }
  const fromReport = isReport(read)
  const value = fromReport ? reportAsAnswers(read) : read
  const shape = checkShape(answersFileSchema, value ?? {})
  const mismatches: Mismatch[] = [...(shape.mismatches ?? [])]
  const named = fieldOf(value, 'framework')
  const found = frameworkFor(typeof named === 'string' ? named : undefined)
  if ('mismatch' in found) mismatches.push(found.mismatch)
  else mismatches.push(...misfits(value, found.framework, found.hash))
  const all = [
    ...faults,
    ...mismatches.map((mismatch): Fault => {
      const { aim, suggest, ...rest } = mismatch
      const path = fromReport ? placeInReport(mismatch.path) : mismatch.path
      const { place } = placeAndOffset(read, path, places, source, aim)
      const suggestion = suggest && nearestWord(suggest.word, suggest.from)
      return { ...rest, ...place, ...(suggestion === undefined ? {} : { suggestion }) }
    }),
  ].toSorted((a, b) => a.line - b.line || a.column - b.column)
  if (all.length > 0 || 'mismatch' in found || shape.value === undefined) return { faults: all }
  return { answers: shape.value, ...found, fromReport }
}

/** What in the file does not fit the framework; values of the wrong type are left to the shape's check. */
function misfits(value: unknown, framework: Framework, hash: string): Mismatch[] {
  const out: Mismatch[] = []
  const pinned = (key: string, wanted: string, what: string, hint = '') => {
    const got = fieldOf(value, key)
    if (typeof got !== 'string' || got === wanted) return
    const expected = `${what} ${JSON.stringify(wanted)}, that of the framework given (answers stay pinned to what they were given on${hint})`
    out.push({ code: 'FW013', path: [key], expected, got: JSON.stringify(got) })
  }
  pinned('framework', framework.id, 'the id')
  pinned('version', framework.version, 'the version')
  if (fieldOf(value, 'version') === framework.version)
    pinned('content', hash, 'the content hash', '; if what changed does not matter, take this line out')
  for (const key of ['target', 'role']) {
    const got = fieldOf(value, key)
    if (typeof got !== 'string' || findRole(framework, roleRef(got))) continue
    const roles = listRoles(framework).map(({ ref }) => roleKey(ref))
    out.push({
      code: 'FW020',
      path: [key],
      expected: `a role of ${framework.id}`,
      got: JSON.stringify(got),
      suggest: { word: got, from: roles },
    })
  }
  if (fieldOf(value, 'mode') === 'target' && fieldOf(value, 'target') === undefined)
    out.push({
      code: 'FW011',
      path: ['target'],
      expected: '"target": a role, because the mode is target',
      got: 'nothing',
    })
  const behaviours = new Set(framework.competencies.flatMap((one) => one.behaviours.map(({ id }) => id)))
  const first = new Map<string, number>()
  const list = fieldOf(value, 'answers')
  for (const [index, entry] of (Array.isArray(list) ? (list as unknown[]) : []).entries()) {
    const item = fieldOf(entry, 'item')
    if (typeof item !== 'string') continue
    const path = ['answers', index, 'item']
    if (!behaviours.has(item))
      out.push({
        code: 'FW020',
        path,
        expected: `a behaviour of ${framework.id} ${framework.version}`,
        got: JSON.stringify(item),
        suggest: { word: item, from: behaviours },
      })
    const before = first.get(item)
    if (before !== undefined)
      out.push({
        code: 'FW021',
        path,
        expected: 'each behaviour once',
        got: `${JSON.stringify(item)} again (first in answers[${before}])`,
      })
    else first.set(item, index)
  }
  return out
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

/** "cto/us" -> the role and its variant. */
export function roleRef(key: string): RoleRef {
  const [role = '', variant] = key.split('/')
  return { role, variant: variant ?? null }
}

const HEAD = ` Answers of a self-assessment with Rungs. They are yours: nothing of them leaves this machine.
 answer: not-yet, with-help, on-my-own, lead-others, set-how, or no-opportunity (never counted as zero).`

/** The file's text; from `before`, its earlier text, comments and the order of keys are kept. */
export function formatAnswers(answers: AnswersFile, as: 'yaml' | 'json', before?: string): string {
  if (as === 'json') return `${JSON.stringify(answers, null, 2)}\n`
  const document = before === undefined ? new Document({}) : parseDocument(before)
  if (before === undefined) document.commentBefore = HEAD
  const { answers: list, ...head } = answers
  for (const [key, value] of Object.entries(head)) {
    if (value === undefined) document.delete(key)
    else if (document.get(key) !== value) setBeforeAnswers(document, key, value)
  }
  if (isMap(document.contents))
    for (const { key } of document.contents.items.slice())
      if (!Object.hasOwn(answers, String(key))) document.delete(String(key))
  if (!isSeq(document.get('answers'))) document.set('answers', document.createNode([]))
  const written = document.get('answers') as YAMLSeq
  written.flow = false
  const same = written.items.findIndex(
    (node, at) => !isDeepStrictEqual((node as { toJSON?(): unknown }).toJSON?.(), list[at]),
  )
  if (same >= 0) written.items.length = same
  for (const entry of list.slice(written.items.length))
    written.add(document.createNode(entry, { flow: true }))
  return document.toString({ lineWidth: 0 })
}

/** The head stays over the answers, however late something of it is said. */
function setBeforeAnswers(document: Document, key: string, value: unknown): void {
  const isNew = !document.has(key)
  document.set(key, value)
  if (!isNew || !isMap(document.contents)) return
  const { items } = document.contents
  const at = items.findIndex((pair) => String(pair.key) === 'answers')
  if (at >= 0) items.splice(at, 0, ...items.splice(-1))
}
