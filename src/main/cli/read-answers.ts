// Reads a file of answers together with the framework that they are of.
import { join } from 'node:path'

import type { Response } from '../../core/assess/answers.ts'
import { resumeAssessment } from '../../core/assess/assessment.ts'
import { buildInstrument, type Instrument } from '../../core/assess/instrument.ts'
import { nextItem } from '../../core/assess/next-item.ts'
import type { Fault } from '../../core/framework/fault.ts'
import type { Framework } from '../../core/framework/model.ts'
import { nearestWord } from '../../core/framework/nearest.ts'
import { parseFramework } from '../../core/framework/parse.ts'
import { goalFor, type GoalChoice } from '../../core/growth/assessment-goal.ts'
import type { RoleRef } from '../../core/growth/model.ts'
import type { AssessmentFacts } from '../../core/growth/report.ts'
import { findRole, listRoles, roleKey, type RoleChoice } from '../../core/growth/roles.ts'
import { contentHash } from '../../platform/content-hash.ts'
import { builtInFolder, listBuiltIns, readFrameworkSource } from '../../platform/framework-files.ts'
import { parseAnswers, roleRef, type AnswersFile, type FrameworkFor } from './answers-file.ts'
import { BadInput } from './exit.ts'
import { formatFaults, readFramework, readSource } from './read-framework.ts'

export const ANSWERS_ARGUMENT =
  'a file of answers (YAML or JSON, as rungs assess writes it), a standing taken away as JSON, or - for standard input'
export const FRAMEWORK_OPTION =
  'the framework: a built-in id, a file or a folder (default: the built-in one that the answers name)'

export interface Assessed {
  /** As faults name it; undefined for standard input. */
  readonly file: string | undefined
  readonly text: string
  readonly fromReport: boolean
  readonly answers: AnswersFile
  readonly framework: Framework
  readonly hash: string
  readonly instrument: Instrument
  readonly responses: readonly Response[]
  readonly facts: AssessmentFacts
}

/** The answers behind an argument; throws BadInput with all faults, each at its line. */
export async function readAnswers(
  argument: string,
  frameworkArgument: string | undefined,
): Promise<Assessed> {
  const read = await checkAnswers(argument, frameworkArgument)
  if (read.faults) throw new BadInput(formatFaults(read.faults))
  return read
}

/** The same with the faults as values. */
export async function checkAnswers(
  argument: string,
  frameworkArgument: string | undefined,
): Promise<
  (Assessed & { readonly faults?: never }) | { readonly file: string; readonly faults: readonly Fault[] }
> {
  if (argument === '-' && frameworkArgument === '-')
    throw new BadInput('only one of answers and framework can be standard input')
  const source = await readSource(argument)
  const given =
    frameworkArgument === undefined ? undefined : withHash((await readFramework(frameworkArgument)).framework)
  const parsed = parseAnswers(source.text, source.file, (id) => given ?? builtInFor(id))
  if (parsed.faults) return { file: source.file, faults: parsed.faults }
  const { answers, framework } = parsed
  const instrument = buildInstrument(framework)
  const facts = factsOf(answers, parsed.hash, new Date())
  return {
    file: argument === '-' ? undefined : argument,
    text: source.text,
    fromReport: parsed.fromReport,
    ...{ answers, framework, hash: parsed.hash },
    instrument,
    responses: responsesOf(answers),
    facts: { ...facts, finished: facts.finished || nothingLeft(framework, instrument, answers) },
  }
}

/** A file need not say that it is finished: it is where its mode has no question left. */
function nothingLeft(framework: Framework, instrument: Instrument, answers: AnswersFile): boolean {
  if (answers.answers.length === 0) return false
  const assessment = resumeAssessment(instrument, responsesOf(answers))
  return 'stop' in nextItem(assessment, goalFor(framework, choiceOf(answers)))
}

/** What the answers' file chose to be asked about. */
export function choiceOf({ mode, target, role }: AnswersFile): GoalChoice {
  return {
    mode,
    target: target === undefined ? null : roleRef(target),
    today: role === undefined ? null : roleRef(role),
  }
}

const withHash = (framework: Framework) => ({ framework, hash: contentHash(framework) })

function builtInFor(id: string | undefined): ReturnType<FrameworkFor> {
  const source =
    id !== undefined && listBuiltIns().includes(id)
      ? readFrameworkSource(join(builtInFolder(), `${id}.yaml`))
      : undefined
  const parsed = source && 'text' in source ? parseFramework(source.text, source) : undefined
  if (parsed?.framework) return withHash(parsed.framework)
  const expected = `a built-in framework (${listBuiltIns().join(', ')}), or its file by --framework`
  const got = id === undefined ? 'nothing' : JSON.stringify(id)
  return { mismatch: { code: 'FW020', path: ['framework'], expected, got } }
}

/** The answers as the measurement takes them. */
export function responsesOf({ answers }: AnswersFile): Response[] {
  return answers.map(({ item, answer, evidence, carried }) => ({
    item,
    answer,
    ...(evidence === undefined ? {} : { evidence }),
    ...(carried === undefined ? {} : { carried }),
  }))
}

/** What else a result tells; a file without any time is as of `now`. */
export function factsOf(answers: AnswersFile, hash: string, now: Date): AssessmentFacts {
  const last = answers.answers.reduce<string | undefined>(
    (latest, { at }) => (at !== undefined && (latest === undefined || at > latest) ? at : latest),
    undefined,
  )
  return {
    hash,
    assessedAt: new Date(answers.finishedAt ?? last ?? answers.startedAt ?? now).toISOString(),
    finished: answers.finishedAt !== undefined,
    answeredAt: new Map(
      answers.answers.flatMap(({ item, at }) =>
        at === undefined ? [] : [[item, new Date(at).toISOString()]],
      ),
    ),
    mode: answers.mode,
    target: answers.target === undefined ? null : roleRef(answers.target),
    self: {
      name: null,
      role: answers.role === undefined ? null : roleRef(answers.role),
      years: answers.years ?? null,
    },
  }
}

/** The role that an argument such as `architect` or `cto/us` names; throws BadInput with the nearest one. */
export function getRole(framework: Framework, key: string): RoleChoice {
  const choice = findRole(framework, roleRef(key))
  if (choice) return choice
  const keys = listRoles(framework).map(({ ref }) => roleKey(ref))
  const near = nearestWord(key, keys)
  throw new BadInput(
    `${framework.id} has no role "${key}"; ${near === undefined ? `roles: ${keys.join(', ')}` : `did you mean "${near}"?`}`,
  )
}

/** The same as a reference, or undefined where none is named. */
export function findRoleRef(framework: Framework, key: string | undefined): RoleRef | undefined {
  return key === undefined ? undefined : getRole(framework, key).ref
}
