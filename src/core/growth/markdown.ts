// A result as Markdown: the three sentences first, then profile, readiness, gap and paths, each with its uncertainty.
import type { Framework } from '../framework/model.ts'
import { ladderPart } from './ladder-markdown.ts'
import { escape, speechOf, table, type Speech } from './markdown-speech.ts'
import type { ExpectationGap, Gap, Path, Paths, RoleRef, StandingReport, ToShow, YearRange } from './model.ts'

/** The whole document; texts of the framework are escaped, so that they cannot become markup. */
export function writeMarkdown(report: StandingReport, framework: Framework, language: string): string {
  const speech = speechOf(framework, language)
  const parts = [
    head(report, speech),
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
    ...(framework.hash ? [`- ${words.content}: \`${framework.hash.slice(0, 12)}\``] : []),
    `- ${words.date}: ${about.assessedAt.slice(0, 10)}`,
    `- ${words.modeLabel}: ${words.mode[about.mode]}`,
    `- ${words.answers(about.answered, about.noOpportunity)}`,
    ...(own ? [`- ${own}`] : []),
    `- ${words.selfAssessed}`,
    ...(about.calibrated ? [] : [`- ${words.expertSet}`]),
    ...(about.finished ? [] : [`- ${words.unfinished}`]),
  ].join('\n')
}

function sentences({ standing }: StandingReport, { words, percent, competency, role }: Speech): string {
  const { stands, carries, nearest } = standing.opening
  const list = carries.map(({ competency: id, probability }) => `${competency(id)} (${percent(probability)})`)
  return [
    stands ? words.stands(role(stands.role), percent(stands.readiness), stands.certain) : words.standsNowhere,
    carries.length > 0 ? words.carries(list.join(words.comma)) : words.carriesNothing,
    nearest
      ? words.nearest(
          role(nearest.role),
          percent(nearest.readiness),
          nearest.heldBackBy.map(competency).join(words.comma),
          nearest.notKnown,
        )
      : words.nearestNothing,
  ].join('\n\n')
}

function profile({ standing }: StandingReport, { words, number, competency, area }: Speech): string {
  const interval = ([low, high]: readonly [number, number]) => `${number(low)}–${number(high)}`
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
      .map(({ competency: name, known, location, shown, behaviours, noOpportunity }) => [
        competency(name),
        known ? number(location.level) : words.suggests(number(location.level)),
        interval(location.interval50),
        interval(location.interval90),
        `${shown} / ${behaviours}`,
        String(noOpportunity),
      ])
    return `### ${area(id)}\n\n${table(header, rows)}`
  })
  return `## ${words.profile}\n\n${tables.join('\n\n')}`
}

function readiness(report: StandingReport, { words, say, percent, competency }: Speech): string {
  const rows = report.readiness.map(({ title, readiness: probability, musts, heldBackBy }) => [
    say(title),
    percent(probability),
    `${musts.met} / ${musts.likely} / ${musts.open} / ${musts.notKnown}`,
    heldBackBy.map(competency).join(words.comma),
  ])
  return `## ${words.readinessTitle}\n\n${table([words.role, words.readiness, words.musts, words.heldBackBy], rows)}`
}

function gap({ role, readiness: probability, expectations }: Gap, speech: Speech): string {
  const { words, percent } = speech
  const states = ['open', 'not-known', 'likely', 'met'] as const
  const groups = states.flatMap((state) => {
    const own = expectations.filter((expectation) => expectation.state === state)
    if (own.length === 0) return []
    return [
      `### ${words.states[state]} (${own.length})\n\n${own.map((one) => expectationLines(one, speech)).join('\n')}`,
    ]
  })
  const sum = `${words.readiness}: ${percent(probability)}`
  return `## ${words.gapTo(speech.role(role))}\n\n${[sum, ...groups].join('\n\n')}`
}

function expectationLines(expectation: ExpectationGap, speech: Speech): string {
  const { words, percent, number, competency } = speech
  const { level, kind, probability, location, toShow } = expectation
  const [low, high] = location.interval90
  const name = words.expectation(competency(expectation.competency), level, kind === 'must')
  const figures = `${words.probability}: ${percent(probability)}; ${words.interval90}: ${number(low)}–${number(high)}`
  return [`- **${name}** (${figures})`, ...toShow.map((one) => `  - ${behaviourLine(one, speech)}`)].join(
    '\n',
  )
}

function behaviourLine({ text, action, evidence }: ToShow, { words, say }: Speech): string {
  return `${say(text)} — ${words.actions[action]}${evidence ? ` (${words.evidence}: ${link(evidence)})` : ''}`
}

function paths({ to, paths: all, none }: Paths, speech: Speech): string {
  const { words, say, role } = speech
  if (none) return `## ${words.pathsTo(role(to))}\n\n${words.noPathTitle[none.code]}: ${say(none.text)}`
  return `## ${words.pathsTo(role(to))}\n\n${all.map((path) => pathPart(path, speech)).join('\n\n')}`
}

function pathPart({ steps, years, gap: total, best, alternative }: Path, speech: Speech): string {
  const { words, role, number, competency } = speech
  const range = (span: YearRange) =>
    words.years(number(span.min), span.max === null ? null : number(span.max))
  const title = [role(steps[0]!.from), ...steps.map(({ to }) => role(to))].join(' → ')
  const marks = [...best.map((name) => words.best[name]), ...(alternative ? [words.alternative] : [])]
  const summary = [
    range(years),
    words.pathSummary(number(total.levels), total.open, total.notKnown),
    ...marks,
  ]
  const lines = steps.map((step) => {
    const origins = [...new Set(step.figures.map(({ origin }) => originText(origin, speech)))]
    const asks = step.asks.map(({ competency: id, level, kind }) =>
      words.expectation(competency(id), level, kind === 'must'),
    )
    return [
      `1. **${words.step(role(step.from), role(step.to))}**: ${range(step.years)} (${origins.join(words.comma)})`,
      ...(step.changes ? [`   ${speech.say(step.changes)}`] : []),
      ...asks.map((ask) => `   - ${ask}`),
    ].join('\n')
  })
  return `### ${title}\n\n${summary.join('; ')}\n\n${lines.join('\n')}`
}

function originText(
  { label, source }: { label: keyof Speech['words']['origins']; source: string | null },
  speech: Speech,
): string {
  return source ? `${speech.words.origins[label]}: ${speech.source(source)}` : speech.words.origins[label]
}

/** Only http(s) links, with what could end the link early percent-encoded. */
function link(evidence: string): string {
  if (!/^https?:\/\//i.test(evidence)) return escape(evidence)
  return `<${evidence.replace(/[<>\s|]/g, (sign) => encodeURIComponent(sign))}>`
}
