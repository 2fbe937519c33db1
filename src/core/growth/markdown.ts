// A result as Markdown: the three sentences first, then profile, readiness, gap and paths, each with its uncertainty.
import type { Framework } from '../framework/model.ts'
import { answersText, modeText, timeText } from './about-text.ts'
import { fitLines } from './fit-text.ts'
import { ladderPart } from './ladder-markdown.ts'
import { escape, speechOf, table, type Speech } from './markdown-speech.ts'
import type { ExpectationGap, Gap, Location, ToShow } from './model.ts'
import { openingTexts } from './opening-text.ts'
import { endsPassed } from './place-text.ts'
import type { StandingReport } from './report-model.ts'
import { holdingText, readinessText } from './readiness-text.ts'
import { countText, strengthsText, wayMarks } from './way-text.ts'
import type { Path, PathExpectation, Paths, TimeFigure, YearRange } from './path-model.ts'

/** The whole document; texts of the framework are escaped, so that they cannot become markup. */
export function writeMarkdown(report: StandingReport, framework: Framework, language: string): string {
  const speech = speechOf(framework, language)
  const parts = [
    head(report, speech),
    ...fit(report, speech),
    sentences(report, speech),
    profile(report, speech),
    readiness(report, speech),
    ...(report.ladder ? [ladderPart(report.ladder, speech)] : []),
    ...(report.focus ? [gap(report.focus, speech)] : []),
    ...(report.paths ? [paths(report.paths, speech)] : []),
    `---\n\n${speech.words.reading}`,
  ]
  return `${parts.join('\n\n')}\n`
}

function head({ about }: StandingReport, { words, say, role }: Speech): string {
  const { framework, self } = about
  const today = self.role ? role(self.role) : null
  const own = [self.name && escape(self.name), words.self(today, self.years)]
    .filter(Boolean)
    .join(words.comma)
  return [
    `# ${words.title}`,
    '',
    `- ${words.framework(say(framework.title), escape(framework.version))}`,
    ...(framework.hash ? [`- ${words.content}${words.colon}\`${framework.hash.slice(0, 12)}\``] : []),
    `- ${words.date}${words.colon}${about.assessedAt.slice(0, 10)}`,
    `- ${words.modeLabel}${words.colon}${modeText(about, words, role)}`,
    `- ${answersText(about, words)}`,
    ...(about.answering ? [`- ${timeText(about, words)}`] : []),
    ...(own ? [`- ${own}`] : []),
    `- ${words.selfAssessed}`,
    ...(about.calibrated ? [] : [`- ${words.expertSet}`]),
    ...(about.finished ? [] : [`- ${words.unfinished}`]),
  ].join('\n')
}

/** The warning that the answers do not fit together, and nothing where they do or are too few to tell. */
function fit(report: StandingReport, speech: Speech): string[] {
  const [warning, ...lines] = fitLines(report.fit, speech.words, speech.say)
  return warning ? [`> **${warning}**`, ...(lines.length > 0 ? [listUnder(lines)] : [])] : []
}

function listUnder([lead, ...items]: readonly string[]): string {
  return `${lead}\n\n${items.map((item) => `- ${item}`).join('\n')}`
}

function sentences(report: StandingReport, speech: Speech): string {
  return openingTexts(report, speech.words, speech, true).join('\n\n')
}

function profile({ standing, about }: StandingReport, speech: Speech): string {
  const { words, number, competency, area, place, interval } = speech
  // Without a scored answer there is nothing but the prior, and that says nothing of this person.
  const suggested = (level: number) => (about.answered === 0 ? words.notKnown : words.suggests(number(level)))
  const range = (location: Location, which: 'interval50' | 'interval90') =>
    about.answered === 0 ? '' : interval(location, which)
  const header = [
    words.competency,
    words.level,
    words.interval50,
    words.interval90,
    words.behavioursShown,
    words.noOpportunity,
  ]
  const tables = standing.areas.map(({ area: id }) => {
    const rows = standing.competencies
      .filter((one) => one.area === id)
      .map(({ competency: name, known, restsOn, location, shown, behaviours, noOpportunity }) => [
        competency(name),
        known
          ? place(location) + (restsOn === 'general-level' ? words.brackets(words.mostlyInferred) : '')
          : suggested(location.level),
        range(location, 'interval50'),
        range(location, 'interval90'),
        `${shown} / ${behaviours}`,
        String(noOpportunity),
      ])
    return `### ${area(id)}\n\n${table(header, rows)}`
  })
  const passed = endsPassed(
    about.answered === 0 ? [] : standing.competencies.flatMap(({ location }) => location.beyond.interval90),
  )
  return [`## ${words.profile}`, ...passed.map((side) => words.ends.note[side]), ...tables].join('\n\n')
}

function readiness(report: StandingReport, speech: Speech): string {
  const { words, say, competency } = speech
  const rows = report.readiness.map(({ title, musts, ...one }) => [
    say(title),
    readinessText(one, words),
    `${musts.met} / ${musts.likely} / ${musts.open} / ${musts.notKnown}`,
    holdingText(one, words, competency),
  ])
  return `## ${words.readinessTitle}\n\n${table([words.role, words.readiness, words.musts, words.holding], rows)}`
}

function gap({ role, expectations, musts, shouldStates, ...one }: Gap, speech: Speech): string {
  const { words } = speech
  const states = ['open', 'not-known', 'likely', 'met'] as const
  const groups = states.flatMap((state) => {
    const own = expectations.filter((expectation) => expectation.state === state)
    if (own.length === 0) return []
    return [
      `### ${words.states[state]}${words.brackets(String(own.length))}\n\n${own.map((one) => expectationLines(one, speech)).join('\n')}`,
    ]
  })
  const sum = [words.counts(musts), words.shouldCounts(shouldStates)].join(words.semicolon)
  const joint = `${words.readiness}${words.colon}${readinessText(one, words)}`
  return `## ${words.gapTo(speech.role(role))}\n\n${[sum, joint, ...groups].join('\n\n')}`
}

function expectationLines(expectation: ExpectationGap, speech: Speech): string {
  const { words, percent, competency, interval } = speech
  const { level, kind, known, restsOn, probability, inferred, location, toShow } = expectation
  const name = words.expectation(competency(expectation.competency), level, kind === 'must')
  const figures = [
    known ? words.probability + words.colon + percent(probability) : words.notKnown,
    words.interval90 + words.colon + interval(location, 'interval90'),
    ...(inferred ? [words.inferred] : known && restsOn === 'general-level' ? [words.mostlyInferred] : []),
  ].join(words.semicolon)
  return [
    `- **${name}**${words.brackets(figures)}`,
    ...toShow.map((one) => `  - ${behaviourLine(one, speech)}`),
  ].join('\n')
}

function behaviourLine({ text, action, evidence }: ToShow, { words, say }: Speech): string {
  return `${say(text)} — ${words.actions[action]}${evidence ? words.brackets(words.evidence + words.colon + link(evidence)) : ''}`
}

function paths({ to, none, ownRole, ...all }: Paths, speech: Speech): string {
  const { words, say, role, number } = speech
  const title = `## ${words.pathsTo(role(to))}\n\n`
  if (none) return `${title}${words.noPath}${words.colon}${say(none.text)}`
  if (ownRole)
    return `${title}${words.ownRole(role(to))}\n\n${ownRole.asks.map((ask) => `- ${askText(ask, speech)}`).join('\n')}`
  const ways = [...all.paths, ...all.alternatives.map(({ path }) => path)]
  const nameOf = (id: string | null) => {
    const found = ways.find((path) => path.id === id)
    return found ? wayTitle(found, speech) : null
  }
  const best = nameOf(all.bestInEverything)
  const { yearsPerLevel, atOnce } = all.rule
  const others = all.alternatives.map(({ path, because, dominatedBy }) => {
    const why = words.because[because](nameOf(dominatedBy))
    return `- ${wayTitle(path, speech)}${words.colon}${wayFigures(path, speech)}${words.brackets(why)}`
  })
  const parts = [
    [countText(all, words), ...(best ? [words.bestInEverything(best)] : [])].join(words.sentenceGap),
    ...all.paths.map((path) => pathPart(path, speech, (id) => nameOf(id) ?? id)),
    ...(others.length > 0 ? [`### ${words.alternatives}\n\n${others.join('\n')}`] : []),
    words.gapRule(number(yearsPerLevel.min), number(yearsPerLevel.max), atOnce),
  ]
  return title + parts.join('\n\n')
}

function wayTitle({ steps }: Path, { role }: Speech): string {
  return [role(steps[0]!.from), ...steps.map(({ to }) => role(to))].join(' → ')
}

/** Years, what is left to climb, and the counts of musts: the same for a good way and for another. */
function wayFigures(path: Path, speech: Speech): string {
  const { words, number } = speech
  const { years, setBy, tooLittleKnown } = path
  const { levels, musts, shoulds } = path.gap
  if (tooLittleKnown)
    return [
      words.noTime(tooLittleKnown.answered, tooLittleKnown.musts),
      words.counts(musts),
      words.shouldCounts(shoulds),
    ].join(words.semicolon)
  const span = rangeOf(years, speech) + (setBy.min === 'gap' ? words.brackets(words.gapAlone) : '')
  return [span, words.pathSummary(number(levels)), words.counts(musts), words.shouldCounts(shoulds)].join(
    speech.words.semicolon,
  )
}

function rangeOf({ min, max }: YearRange, { words, number }: Speech): string {
  return words.years(number(min), max === null ? null : number(max))
}

function pathPart(path: Path, speech: Speech, nameOf: (id: string) => string): string {
  const { words, role } = speech
  const marks = wayMarks(path, words, nameOf)
  const summary = [
    ...(marks.length > 0 ? [`**${marks.join(words.semicolon)}**`] : []),
    wayFigures(path, speech),
    strengthsText(path.strengths, words, speech.competency),
  ].join('\n\n')
  const lines = path.steps.map((step, index) => {
    const number = `${index + 1}. `
    const indent = ' '.repeat(number.length)
    const stepTime = path.tooLittleKnown
      ? ''
      : step.tooLittleKnown
        ? words.colon + words.noStepTime(step.tooLittleKnown.answered, step.tooLittleKnown.musts)
        : words.colon +
          [
            words.fromToday(rangeOf(step.fromToday, speech)),
            ...(index > 0 ? [words.thisStep(rangeOf(step.years, speech))] : []),
          ].join(words.semicolon)
    // What only we estimate is left out where it would rest on too little; what sources say stays.
    const timed = !path.tooLittleKnown && !step.tooLittleKnown
    const figures = step.figures.filter(({ origin }) => timed || origin.label !== 'ours')
    return [
      `${number}**${words.step(role(step.from), role(step.to))}**${stepTime}`,
      ...(step.changes ? [`${indent}${speech.say(step.changes)}`] : []),
      ...figures.map((figure) => `${indent}- ${figureText(figure, speech)}`),
      ...step.asks.map((ask) => `${indent}- ${askText(ask, speech)}`),
    ].join('\n')
  })
  return `### ${wayTitle(path, speech)}\n\n${summary}\n\n${lines.join('\n')}`
}

function askText({ competency, level, kind, state }: PathExpectation, speech: Speech): string {
  const { words } = speech
  return `${words.expectation(speech.competency(competency), level, kind === 'must')}${words.comma}${words.states[state].toLowerCase()}`
}

/** One figure with what it is about and where it comes from: "total years at Architect: 5 to 8 years (source: ...)". */
function figureText({ about, role: id, years, origin, levels }: TimeFigure, speech: Speech): string {
  const what = speech.words.figures[about](id === null ? '' : speech.role({ role: id, variant: null }))
  const span = about === 'nothing-lacking' ? '' : speech.words.colon + rangeOf(years, speech)
  const ends = ({ least, most }: { least: number; most: number }) =>
    `${speech.number(least)}–${speech.number(most)}`
  const from =
    about === 'gap' && levels
      ? speech.words.semicolon +
        speech.words.climbs(ends(levels.together), ends(levels.longest), levels.unknown)
      : ''
  return `${what}${span}${speech.words.brackets(originText(origin, speech) + from)}`
}

function originText(
  { label, source }: { label: keyof Speech['words']['origins']; source: string | null },
  speech: Speech,
): string {
  return source
    ? speech.words.origins[label] + speech.words.colon + speech.source(source)
    : speech.words.origins[label]
}

/** Only http(s) links, with what could end the link early percent-encoded. */
function link(evidence: string): string {
  if (!/^https?:\/\//i.test(evidence)) return escape(evidence)
  return `<${evidence.replace(/[<>\s|]/g, (sign) => encodeURIComponent(sign))}>`
}
