// rungs assess: a blind self-assessment, one behaviour at a time; every answer is saved as it is given.
import { existsSync } from 'node:fs'

import { Command, InvalidArgumentError, Option } from 'commander'

import { buildInstrument, type Instrument } from '../../core/assess/instrument.ts'
import type { Framework } from '../../core/framework/model.ts'
import { askedAbout } from '../../core/growth/asked-about.ts'
import { endingOf } from '../../core/growth/assessment-goal.ts'
import { roleKey } from '../../core/growth/roles.ts'
import { modeSchema } from '../../features/assessments/contract.ts'
import { contentHash } from '../../platform/content-hash.ts'
import type { AnswersFile } from './answers-file.ts'
import { AnswersStore } from './answers-store.ts'
import { createAsker } from './ask.ts'
import { askAll, askNext, askSelf, endingText, tellEnd, unfinished } from './assess-session.ts'
import { BadInput, EXIT, finish } from './exit.ts'
import { paragraph } from './layout.ts'
import { print, printJson } from './output.ts'
import { checkAnswers, getRole, readAnswers } from './read-answers.ts'
import { formatFaults, readFramework } from './read-framework.ts'
import { languageOption, speechIn, type Language } from './speech.ts'

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
  if (there?.fromReport)
    throw new BadInput(
      `${file}: a standing that was taken away; answers are kept in a file of their own, name another (rungs standing ${file} reads this one)`,
    )
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
            reason: {
              aim: next.reason.aim,
              ...askedAbout(instrument, answers.answers, next.item.competency, answers.answers.at(-1)?.item),
            },
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
    if ('stop' in next) print(paragraph(endingText(endingOf(next.stop), answers, speech)))
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
