// One session of an assessment: what it asks, saves after each answer, and tells at its end.
import { ANSWERS, type Answer } from '../../core/assess/answers.ts'
import { resumeAssessment } from '../../core/assess/assessment.ts'
import type { Instrument } from '../../core/assess/instrument.ts'
import { nextItem, type Ask, type Stop } from '../../core/assess/next-item.ts'
import type { Framework } from '../../core/framework/model.ts'
import { endingOf, endingSaid, goalFor, type Ending } from '../../core/growth/assessment-goal.ts'
import { progressOf } from '../../core/growth/progress.ts'
import { standingReport } from '../../core/growth/report.ts'
import { listRoles, roleKey } from '../../core/growth/roles.ts'
import { evidenceSchema } from '../../features/assessments/contract.ts'
import { contentHash } from '../../platform/content-hash.ts'
import type { AnswersFile } from './answers-file.ts'
import type { AnswersStore } from './answers-store.ts'
import type { Asker, Key } from './ask.ts'
import { paragraph } from './layout.ts'
import { nextCommand } from './next-command.ts'
import { print } from './output.ts'
import { choiceOf, factsOf, responsesOf } from './read-answers.ts'
import { labels, openingSentences } from './render-standing.ts'
import type { Language, Speech } from './speech.ts'

/** Asks for what was not given as options, of a person at a terminal; false where they leave. */
export async function askSelf(
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
export function askNext(
  framework: Framework,
  instrument: Instrument,
  answers: AnswersFile,
): { next: Ask | Stop; filled: number } {
  const goal = goalFor(framework, choiceOf(answers))
  const assessment = resumeAssessment(instrument, responsesOf(answers))
  return { next: nextItem(assessment, goal), filled: progressOf(assessment, goal).filled }
}

/** Asks until nothing is left to ask (true) or the person leaves (false). */
export async function askAll(
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
    const { item } = next
    const competency = speech.competency(item.competency)
    const key = await asker.ask({
      place: `${speech.area(item.area)} · ${competency}`,
      text: speech.say(item.text),
      reason: `${speech.question('reason', { competency })}${speech.terminal.gap}${speech.question('blind')}`,
      progress: `${speech.terminal.gap}${speech.question('progress')}${speech.terminal.colon}${Math.round(filled * 100)}%`,
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

export function tellEnd(
  { file, answers }: AnswersStore,
  framework: Framework,
  instrument: Instrument,
  speech: Speech,
  left: boolean,
  options: { framework?: string; language: Language },
): void {
  const { terminal } = speech
  const lines = ['']
  if (left)
    lines.push(
      terminal.left(answers.answers.length, file),
      terminal.goOn(nextCommand('assess', [file], options)),
    )
  else {
    lines.push(paragraph(endingText(answers.stopReason ?? 'bars-decided', answers, speech)), '')
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

/** Why it ended, said of what was asked about. */
export const endingText = (
  ending: Ending,
  { mode }: Pick<AnswersFile, 'mode'>,
  { question }: Speech,
): string =>
  ({
    'bars-decided': question('barsDecided'),
    'cannot-tell': question('cannotTell'),
    'bank-exhausted': question('bankExhausted'),
    'competency-exhausted': question('competencyExhausted'),
    'role-decided': question('roleDecided'),
    'role-exhausted': question('roleExhausted'),
    'near-exhausted': question('nearExhausted'),
    'item-limit': question('itemLimit'),
    'no-opportunity': question('noOpportunityLeft'),
    'person-stopped': question('personStopped', { count: 0 }),
  })[endingSaid(ending, { mode })]

export function unfinished({ finishedAt: _at, stopReason: _reason, ...answers }: AnswersFile): AnswersFile {
  return answers
}
