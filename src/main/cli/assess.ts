// rungs assess: a blind self-assessment, one behaviour at a time; every answer is saved as it is given.
import { existsSync } from 'node:fs'

import { Command, InvalidArgumentError, Option } from 'commander'

import { ANSWERS, type Answer } from '../../core/assess/answers.ts'
import { resumeAssessment } from '../../core/assess/assessment.ts'
import { buildInstrument, type Instrument } from '../../core/assess/instrument.ts'
import { nextItem, type Ask, type Stop } from '../../core/assess/next-item.ts'
import type { Framework } from '../../core/framework/model.ts'
import { endingOf, goalFor, type Ending } from '../../core/growth/assessment-goal.ts'
import { progressOf } from '../../core/growth/progress.ts'
import { standingReport } from '../../core/growth/report.ts'
import { listRoles, roleKey } from '../../core/growth/roles.ts'
import { evidenceSchema, modeSchema } from '../../features/assessments/contract.ts'
import { contentHash } from '../../platform/content-hash.ts'
import { roleRef, type AnswersFile } from './answers-file.ts'
import { AnswersStore } from './answers-store.ts'
import { createAsker, type Asker, type Key } from './ask.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { paragraph } from './layout.ts'
import { nextCommand } from './next-command.ts'
import { print, printJson } from './output.ts'
import { checkAnswers, factsOf, getRole, readAnswers, responsesOf } from './read-answers.ts'
import { formatFaults, readFramework } from './read-framework.ts'
import { labels, openingSentences } from './render-standing.ts'
import { languageOption, speechIn, type Language, type Speech } from './speech.ts'

export function assessVerb(): Command {
  return new Command('assess')
    .description(
      'assess yourself, blind, one behaviour at a time; every answer is saved at once and can be gone on from',
    )
    .argument(
      '[file]',
      'where the answers are kept (YAML, or JSON where it ends in .json); gone on with if it is there',
      'answers.yaml',
    )
    .option(
      '--framework <framework>',
      'the framework: a built-in id, a file or a folder (default: coder-to-cto, or what the file names)',
    )
    .addOption(
      new Option(
        '--mode <mode>',
        "what is asked: about 15 behaviours, until the nearest bars are decided, all, or one role's bar",
      ).choices(modeSchema.options),
    )
    .option('--target <role>', 'the role that mode target asks about, such as architect or cto/us')
    .option('--role <role>', "today's role; it does not enter the measure")
    .option(
      '--years <number>',
      'years since entry into the profession; they do not enter the measure',
      yearsOption,
    )
    .option(
      '--answers <file>',
      'ask nothing: check these answers (- for standard input) and say what would be asked next',
    )
    .addOption(languageOption())
    .option('--json', 'with --answers: write JSON')
    .action(assess)
}

interface Options {
  framework?: string
  mode?: AnswersFile['mode']
  target?: string
  role?: string
  years?: number
  answers?: string
  language: Language
  json?: boolean
}

/** Years since entry, 0-60, as an option's value. */
export function yearsOption(text: string): number {
  const years = Number(text)
  if (text.trim() === '' || !(years >= 0 && years <= 60))
    throw new InvalidArgumentError('Expected a number from 0 to 60.')
  return years
}

async function assess(file: string, options: Options): Promise<void> {
  if (options.answers !== undefined) return await check(options.answers, options)
  if (options.json) throw new BadInput('--json goes with --answers: questions are for people')
  if (file === '-')
    throw new BadInput('answers are kept in a file; --answers - checks answers from standard input')
  const { store, framework, instrument } = await openStore(file, options)
  const speech = speechIn(framework, options.language)
  const before = store.answers.answers.length
  const asker = await createAsker(speech)
  try {
    asker.tell(before === 0 ? speech.terminal.begins(file) : speech.terminal.resumes(before, file))
    const left =
      (before === 0 && !(await askSelf(asker, store, framework, speech))) ||
      !(await askAll(asker, store, framework, instrument, speech))
    tellEnd(store, framework, instrument, speech, left, options)
  } finally {
    asker.end()
  }
}

async function openStore(
  file: string,
  options: Options,
): Promise<{ store: AnswersStore; framework: Framework; instrument: Instrument }> {
  const there = existsSync(file) ? await readAnswers(file, options.framework) : undefined
  const framework = there?.framework ?? (await readFramework(options.framework ?? 'coder-to-cto')).framework
  const fresh = {
    rungs: 1 as const,
    framework: framework.id,
    version: framework.version,
    content: contentHash(framework),
    mode: 'adaptive' as const,
    startedAt: new Date().toISOString(),
    answers: [],
  }
  const answers = withOptions(there?.answers ?? fresh, options, framework)
  const store = new AnswersStore(file, answers, there?.text)
  // So that a folder that cannot be written to is known before the first answer.
  if (!there || answers !== there.answers) store.save(answers)
  return { store, framework, instrument: there?.instrument ?? buildInstrument(framework) }
}

/** The file's own settings with the options over them; another mode or target opens a finished assessment again. */
function withOptions(
  answers: AnswersFile,
  { mode, target, role, years }: Options,
  framework: Framework,
): AnswersFile {
  const keyOf = (key: string) => roleKey(getRole(framework, key).ref)
  const changes = {
    ...(mode === undefined && target === undefined ? {} : { mode: mode ?? ('target' as const) }),
    ...(target === undefined ? {} : { target: keyOf(target) }),
    ...(role === undefined ? {} : { role: keyOf(role) }),
    ...(years === undefined ? {} : { years }),
  }
  const changed = { ...answers, ...changes }
  if (target !== undefined && changed.mode !== 'target')
    throw new BadInput(`--target goes with --mode target, not with ${changed.mode}`)
  if (changed.mode === 'target' && changed.target === undefined)
    throw new BadInput('--mode target needs --target ROLE, such as architect or cto/us')
  if (JSON.stringify(changed) === JSON.stringify(answers)) return answers
  return changed.mode === answers.mode && changed.target === answers.target ? changed : unfinished(changed)
}

function unfinished({ finishedAt: _at, stopReason: _reason, ...answers }: AnswersFile): AnswersFile {
  return answers
}

/** Asks for what was not given as options, of a person at a terminal; false where they leave. */
async function askSelf(
  asker: Asker,
  store: AnswersStore,
  framework: Framework,
  speech: Speech,
): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return true
  const { terminal } = speech
  if (store.answers.role === undefined) {
    const roles = listRoles(framework).map(({ ref }) => ({ value: roleKey(ref), label: speech.role(ref) }))
    const role = await asker.choose(terminal.whichRole, [...roles, { value: '', label: terminal.notSaid }])
    if (role === undefined) return false
    if (role !== '') store.save({ ...store.answers, role })
  }
  while (store.answers.years === undefined) {
    const text = await asker.askText(terminal.years)
    if (text === undefined) return false
    if (text === '') return true
    const years = Number(text)
    if (years >= 0 && years <= 60) store.save({ ...store.answers, years })
    else asker.tell(terminal.yearsFault)
  }
  return true
}

/** What to ask next for these answers, or why to stop: the same choice as the server makes. */
function askNext(
  framework: Framework,
  instrument: Instrument,
  answers: AnswersFile,
): { next: Ask | Stop; filled: number } {
  const goal = goalFor(framework, answers.mode, answers.target === undefined ? null : roleRef(answers.target))
  const assessment = resumeAssessment(instrument, responsesOf(answers))
  return { next: nextItem(assessment, goal), filled: progressOf(assessment, goal).filled }
}

/** Asks until nothing is left to ask (true) or the person leaves (false). */
async function askAll(
  asker: Asker,
  store: AnswersStore,
  framework: Framework,
  instrument: Instrument,
  speech: Speech,
): Promise<boolean> {
  let evidence: string | undefined
  for (;;) {
    const { next, filled } = askNext(framework, instrument, store.answers)
    if ('stop' in next) {
      if (store.answers.finishedAt === undefined)
        store.save({
          ...store.answers,
          finishedAt: new Date().toISOString(),
          stopReason: endingOf(next.stop),
        })
      return true
    }
    const { item, reason } = next
    const competency = speech.competency(item.competency)
    const [lower, upper] = reason.levels
    const key = await asker.ask({
      place: `${speech.area(item.area)} · ${competency}`,
      text: speech.say(item.text),
      reason: `${speech.question('reason', { lower, upper, competency })}${speech.terminal.gap}${speech.question('blind')}`,
      progress: `${speech.terminal.gap}${speech.question('progress')}${speech.terminal.colon}${Math.round(filled * 100)} %`,
    })
    if (key === 'q') return false
    if (key === 'u') {
      if (store.answers.answers.length === 0) asker.tell(speech.terminal.nothingToUndo)
      else store.save({ ...unfinished(store.answers), answers: store.answers.answers.slice(0, -1) })
    } else if (key === 'e') evidence = (await askEvidence(asker, speech)) ?? evidence
    else {
      const entry = {
        item: item.id,
        answer: answerOf(key),
        ...(evidence === undefined ? {} : { evidence }),
        at: new Date().toISOString(),
      }
      store.save({ ...store.answers, answers: [...store.answers.answers, entry] })
      evidence = undefined
    }
  }
}

function answerOf(key: Exclude<Key, 'u' | 'e' | 'q'>): Answer {
  return key === 'n' ? 'no-opportunity' : ANSWERS[Number(key) - 1]!
}

async function askEvidence(asker: Asker, speech: Speech): Promise<string | undefined> {
  const text = await asker.askText(speech.terminal.evidence)
  if (text === undefined || text === '') return undefined
  const link = evidenceSchema.safeParse(text)
  asker.tell(link.success ? speech.terminal.evidenceKept : speech.question('evidenceFault'))
  return link.success ? link.data : undefined
}

function tellEnd(
  { file, answers }: AnswersStore,
  framework: Framework,
  instrument: Instrument,
  speech: Speech,
  left: boolean,
  options: Options,
): void {
  const { terminal } = speech
  const lines = ['']
  if (left)
    lines.push(
      terminal.left(answers.answers.length, file),
      terminal.goOn(nextCommand('assess', [file], options)),
    )
  else {
    lines.push(paragraph(endingText(answers.stopReason ?? 'bars-decided', speech)), '')
    const report = standingReport(
      framework,
      instrument,
      responsesOf(answers),
      factsOf(answers, contentHash(framework), new Date()),
    )
    lines.push(openingSentences(report, speech), '', labels(report.about.calibrated, speech), '')
    if (answers.mode !== 'whole-bank')
      lines.push(
        terminal.askMore(
          nextCommand(
            'assess',
            [file, '--mode', answers.mode === 'quick' ? 'adaptive' : 'whole-bank'],
            options,
          ),
        ),
      )
  }
  if (answers.answers.length > 0) lines.push(terminal.seeStanding(nextCommand('standing', [file], options)))
  print(lines.join('\n'))
}

const endingText = (ending: Ending, { question }: Speech): string =>
  ({
    'bars-decided': question('barsDecided'),
    'cannot-tell': question('cannotTell'),
    'bank-exhausted': question('bankExhausted'),
    'item-limit': question('itemLimit'),
    'person-stopped': question('personStopped'),
  })[ending]

/** Checks answers without asking; exit code 1 where the mode still has a question, 2 with faults. */
async function check(argument: string, options: Options): Promise<void> {
  const read = await checkAnswers(argument, options.framework)
  if (read.faults) {
    if (options.json) printJson({ file: read.file, faults: read.faults })
    else process.stderr.write(`${formatFaults(read.faults)}\n`)
    return finish(EXIT.bad)
  }
  const { framework, instrument } = read
  const answers = withOptions(read.answers, options, framework)
  const { next, filled } = askNext(framework, instrument, answers)
  const stop = 'stop' in next ? endingOf(next.stop) : null
  const speech = speechIn(framework, options.language)
  if (options.json) {
    const question =
      'stop' in next
        ? null
        : {
            item: next.item.id,
            competency: next.item.competency,
            area: next.item.area,
            text: next.item.text,
            reason: { lower: next.reason.levels[0], upper: next.reason.levels[1] },
          }
    const { id, version } = framework
    printJson({
      file: read.file ?? '-',
      faults: [],
      framework: { id, version, hash: read.hash },
      mode: answers.mode,
      target: answers.target ?? null,
      answers: answers.answers.length,
      filled,
      question,
      stopReason: stop,
    })
  } else {
    print(speech.terminal.valid(answers.answers.length))
    if ('stop' in next) print(paragraph(endingText(endingOf(next.stop), speech)))
    else
      print(
        paragraph(
          `${speech.say(next.item.text)} [${next.item.id}]`,
          `${speech.terminal.nextQuestion}${speech.terminal.colon}`,
        ),
      )
  }
  finish(stop === null ? EXIT.findings : EXIT.fine)
}
