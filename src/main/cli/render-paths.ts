// The ways to a role for the terminal: each with its years, its gap and its use of strengths, step by step.
import type { About } from '../../core/growth/model.ts'
import type { Path, PathExpectation, Paths, PathStep } from '../../core/growth/path-model.ts'
import type { Fit } from '../../core/growth/report-model.ts'
import { countText, strengthsText, wayMarks } from '../../core/growth/way-text.ts'
import { paragraph } from './layout.ts'
import { accent, bold, dim } from './output.ts'
import { labels, renderDoubt } from './render-standing.ts'
import type { Speech } from './speech.ts'

/** `about` and `fit` are null where no answers were given. */
export function renderPaths(
  { paths, about, fit }: { readonly paths: Paths; readonly about: About | null; readonly fit: Fit | null },
  speech: Speech,
): string {
  const { paths: say, terminal, words } = speech
  const { from, to, none, shared, considered, complete, ownYears } = paths
  const title = bold(`${speech.role(from)} → ${speech.role(to)}`)
  const lines = [
    title,
    about
      ? labels(about.calibrated, speech)
      : dim(`${paragraph(terminal.noAnswers)}\n${speech.standing('uncalibrated')}`),
    ...(fit ? renderDoubt(fit, speech) : []),
  ]
  if (none) {
    lines.push('', paragraph(speech.say(none.text), `${words.noPath}${terminal.colon}`))
    if (none.reachable.length > 0)
      lines.push(
        paragraph(
          say('reachable', {
            roles: speech.list(none.reachable.map((role) => speech.role({ role, variant: null }))),
          }),
        ),
      )
    return lines.join('\n')
  }
  if (paths.ownRole) {
    const { asks, musts, shoulds } = paths.ownRole
    lines.push(
      '',
      paragraph(words.ownRole(speech.role(to))),
      paragraph(`${words.counts(musts)}; ${words.shouldCounts(shoulds)}`),
      ...asks.map((ask) => paragraph(askText(ask, about !== null, speech), '  – ')),
    )
    return lines.join('\n')
  }
  lines.push(
    '',
    paragraph(
      `${countText(paths, words)} ${dim(terminal.brackets(`${say('considered', { count: considered })}${complete ? '' : `; ${say('incomplete')}`}`))}`,
    ),
  )
  if (ownYears !== null) lines.push(dim(words.self(null, ownYears)))
  const wayOf = (id: string) => say('wayOf', { number: paths.paths.findIndex((path) => path.id === id) + 1 })
  for (const [index, path] of paths.paths.entries())
    lines.push(
      '',
      ...pathLines(path, index + 1, wayMarks(path, words, wayOf), {
        many: paths.paths.length > 1,
        shared: new Set(shared),
        known: about !== null,
        speech,
      }),
    )
  const nameOf = (id: string | null) =>
    id &&
    id
      .split('>')
      .map((role) => speech.role({ role, variant: null }))
      .join(' → ')
  if (paths.bestInEverything !== null)
    lines.push('', paragraph(words.bestInEverything(nameOf(paths.bestInEverything)!)))
  if (paths.alternatives.length > 0) lines.push('', accent(words.alternatives))
  for (const { path, because, dominatedBy } of paths.alternatives)
    lines.push(
      paragraph(
        `${path.roles.map((role) => speech.role({ role, variant: null })).join(' → ')}  ${about && path.tooLittleKnown ? words.noTime(path.tooLittleKnown.answered, path.tooLittleKnown.musts) : speech.years(path.years)} · ${words.because[because](nameOf(dominatedBy))}`,
        '  ',
      ),
    )
  const { yearsPerLevel, atOnce } = paths.rule
  lines.push(
    '',
    dim(paragraph(say('ranges'))),
    dim(paragraph(words.gapRule(speech.short(yearsPerLevel.min), speech.short(yearsPerLevel.max), atOnce))),
  )
  return lines.join('\n')
}

interface PathOptions {
  readonly many: boolean
  readonly shared: ReadonlySet<string>
  /** False without answers. */
  readonly known: boolean
  readonly speech: Speech
}

function pathLines(
  path: Path,
  number: number,
  told: readonly string[],
  { many, shared, known, speech }: PathOptions,
): string[] {
  const { paths: say, terminal, words } = speech
  const { steps, years, gap, strengths } = path
  const names = [steps[0]!.from, ...steps.map(({ to }) => to)].map((ref) => speech.role(ref))
  const unknown = known ? path.tooLittleKnown : null
  const marks = [unknown ? words.noTime(unknown.answered, unknown.musts) : speech.years(years), ...told]
  const lines = [
    accent(paragraph(names.join(' → '), many ? `${say('wayOf', { number })}${terminal.colon}` : '')),
    paragraph(marks.join(' · '), '  '),
    ...(path.setBy.min === 'gap' && !unknown ? [dim(paragraph(words.gapAlone, '  '))] : []),
    ...(unknown
      ? []
      : [paragraph(terminal.gapCounts(speech.short(gap.levels), gap.open, gap.notKnown), '  ')]),
    paragraph(`${words.counts(gap.musts)}; ${words.shouldCounts(gap.shoulds)}`, '  '),
  ]
  if (known) lines.push(paragraph(strengthsText(strengths, words, speech.competency), '  '))
  for (const [at, step] of steps.entries())
    lines.push(
      ...stepLines(
        step,
        { number: at + 1, shared: many && shared.has(`${step.from.role}>${step.to.role}`), known },
        unknown === null,
        speech,
      ),
    )
  return lines
}

function stepLines(
  step: PathStep,
  { number, shared, known }: { number: number; shared: boolean; known: boolean },
  timed: boolean,
  speech: Speech,
): string[] {
  const { paths: say, terminal, words } = speech
  const marks = [
    // Total years hold the steps before them: only times from today may be put after one another.
    ...(!timed
      ? []
      : step.tooLittleKnown
        ? [words.noStepTime(step.tooLittleKnown.answered, step.tooLittleKnown.musts)]
        : step.years.max === 0
          ? [terminal.noFurtherYears]
          : [
              words.fromToday(speech.years(step.fromToday)),
              // The first step begins today: the two are one.
              ...(number > 1 ? [words.thisStep(speech.years(step.years))] : []),
            ]),
    ...(known ? [words.metOrLikely(step.musts)] : []),
    ...(step.kind === 'promotion' ? [] : [terminal.kinds[step.kind] ?? step.kind]),
    ...(shared ? [say('shared')] : []),
  ]
  const all = timed && step.tooLittleKnown === null
  const from = all ? step.figures : step.figures.filter(({ origin }) => origin.label !== 'ours')
  const ends = ({ least, most }: { least: number; most: number }) =>
    `${speech.short(least)}–${speech.short(most)}`
  const figures = from.map(({ about, years, origin, levels }) => {
    const whose = `${words.origins[origin.label]}${origin.source === null ? '' : ` ${origin.source}`}`
    const made =
      about === 'gap' && levels
        ? `${words.semicolon}${words.climbs(ends(levels.together), ends(levels.longest), levels.unknown)}`
        : ''
    const span = about === 'nothing-lacking' ? '' : ` ${speech.years(years)}`
    return `${terminal.figure[about]}${span}${speech.language === 'en' ? ' ' : ''}${terminal.brackets(whose + made)}`
  })
  return [
    paragraph(`${bold(speech.role(step.to))}  ${marks.join(' · ')}`, `  ${number}. `),
    ...(step.changes ? [paragraph(speech.say(step.changes), '     ')] : []),
    step.asks.length === 0
      ? dim(`     ${say('asksNothing')}`)
      : paragraph(
          `${terminal.asks}${terminal.colon}${step.asks.map((ask) => askText(ask, known, speech)).join(words.comma)}`,
          '     ',
        ),
    dim(
      paragraph(
        `${terminal.timeFrom}${terminal.colon}${figures.join(speech.language === 'en' ? '; ' : '；')}`,
        '     ',
      ),
    ),
  ]
}

function askText(
  { competency, level, kind, state, probability }: PathExpectation,
  known: boolean,
  speech: Speech,
): string {
  const { terminal, words } = speech
  const details = [
    ...(kind === 'should' ? [terminal.mustShould.should] : []),
    ...(!known
      ? []
      : state === 'not-known'
        ? [words.states[state].toLowerCase()]
        : [speech.percent(probability)]),
  ]
  return `${speech.competency(competency)} ${level}${details.length > 0 ? `${speech.language === 'en' ? ' ' : ''}${terminal.brackets(details.join(terminal.comma))}` : ''}`
}
