// A standing as a page for the terminal: three sentences, the profile on rulers, strengths, what is not known, readiness.
import type { CompetencyStanding, Gap } from '../../core/growth/model.ts'
import { basisOf, type Basis } from '../../core/growth/basis.ts'
import { answersText, modeText, timeText } from '../../core/growth/about-text.ts'
import { openingTexts } from '../../core/growth/opening-text.ts'
import { fitLines } from '../../core/growth/fit-text.ts'
import { holdingText, readinessText } from '../../core/growth/readiness-text.ts'
import { endsPassed, intervalText, placeText } from '../../core/growth/place-text.ts'
import type { Fit, StandingReport } from '../../core/growth/report-model.ts'
import type { Why } from '../../core/growth/why-model.ts'
import { strengthsOf } from '../../core/growth/standing.ts'
import { clean, fit, pageWidth, paragraph } from './layout.ts'
import { accent, bold, columns, dim, padTo, warn } from './output.ts'
import { renderLadder } from './render-ladder.ts'
import { ruler, rulerHead, RULER_WIDTH } from './ruler.ts'
import type { Speech } from './speech.ts'

/** The whole page. `focus` is the role whose bar is drawn as a notch, where one was asked for. */
export function renderStanding(report: StandingReport, speech: Speech, focus: Gap | null): string {
  const { standing, about } = report
  const parts = [
    renderAbout(report, speech),
    openingSentences(report, speech),
    renderProfile(standing.competencies, speech, focus),
    renderStrengths(standing.competencies, speech),
    renderNotKnown(standing, speech),
    renderReadiness(report, speech),
    report.ladder ? renderLadder(report.ladder, speech) : '',
  ]
  parts.splice(1, 0, renderDoubt(report.fit, speech).join('\n'))
  if (!about.finished) parts.splice(1, 0, dim(paragraph(speech.standing('unfinished'))))
  return parts.filter((part) => part !== '').join('\n\n')
}

/** The warning over every figure where the answers do not fit together; no lines where they do. */
export function renderDoubt(doubt: Fit, speech: Speech): string[] {
  const [warning, look, ...surprising] = fitLines(doubt, speech.words, speech.say)
  if (warning === undefined) return []
  return [
    warn(paragraph(warning, '! ')),
    ...(look === undefined ? [] : [look]),
    ...surprising.map((one) => paragraph(one, '  – ')),
  ]
}

/** What the result rests on, with the two labels that every result carries. */
export function renderAbout({ about }: Pick<StandingReport, 'about'>, speech: Speech): string {
  const { standing, words } = speech
  const { framework, self } = about
  const own = words.self(self.role ? speech.role(self.role) : null, self.years)
  const facts = [
    about.assessedAt.slice(0, 10),
    modeText(about, words, speech.role),
    answersText(about, words),
    timeText(about, words),
    own,
  ]
  return [
    `${bold(standing('title'))} ${dim(`${speech.say(framework.title)} ${framework.version}`)}`,
    dim(paragraph(facts.filter((fact) => fact !== '').join(' · '))),
    labels(about.calibrated, speech),
  ].join('\n')
}

/** What every result carries: that it is self-assessed, and that levels are expert-set while they are. */
export function labels(calibrated: boolean, { standing, terminal }: Speech): string {
  const { selfAssessed } = terminal
  return dim(calibrated ? selfAssessed : `${selfAssessed} · ${standing('uncalibrated')}`)
}

/** Where you stand, what carries you, what is nearest: the sentences that the screens open with. */
export function openingSentences(report: StandingReport, speech: Speech): string {
  return openingTexts(report, speech.words, speech, false)
    .map((sentence) => paragraph(sentence))
    .join('\n')
}

const isInferred = ({ known, restsOn }: CompetencyStanding) => known && restsOn === 'general-level'

/** Columns of a row of the profile beside its title: the whole row stays within 80. */
const BESIDE_TITLE = 45

/** Each competency on its ruler, in its area. */
export function renderProfile(
  competencies: readonly CompetencyStanding[],
  speech: Speech,
  focus: Gap | null,
): string {
  const { terminal, words } = speech
  const titles = competencies.map(({ competency }) => columns(speech.competency(competency)))
  const scales = new Set(competencies.map(({ competency }) => speech.levels(competency)))
  const room = pageWidth() - BESIDE_TITLE - (scales.size === 1 ? 0 : 4)
  const width = Math.min(room, Math.max(12, ...titles))
  const [scale = 5] = scales
  const head = `${bold(padTo(terminal.profile, width + 2))} ${dim(padTo(scales.size === 1 ? rulerHead(scale) : '', RULER_WIDTH))}  ${dim(words.level)}  ${dim('90%')}`
  const lines = [head]
  for (const area of new Set(competencies.map((one) => one.area))) {
    lines.push(accent(speech.area(area)))
    for (const one of competencies.filter((other) => other.area === area)) {
      const bar = focus?.expectations.find(({ competency }) => competency === one.competency)?.level
      const levels = speech.levels(one.competency)
      const { location, known } = one
      const inferred = isInferred(one)
      const figures = known
        ? `${padTo(speech.placeShort(location), columns(words.level))}  ${speech.rangeShort(location)}`
        : dim(`${padTo('–', columns(words.level))}  ${speech.rangeShort(location)}`)
      const of = scales.size === 1 ? '' : dim(` /${levels}`)
      lines.push(
        `  ${fit(speech.competency(one.competency), width)} ${ruler(location, { levels, known, inferred, bar })}  ${figures}${of}`,
      )
    }
  }
  lines.push(legend(speech, focus, competencies.some(isInferred)))
  for (const side of endsPassed(competencies.flatMap(({ location }) => location.beyond.interval90)))
    lines.push(dim(paragraph(words.ends.note[side], side === 'above' ? '▸ ' : '◂ ')))
  return lines.join('\n')
}

function legend(
  { terminal: { legend: words }, role, standing }: Speech,
  focus: Gap | null,
  inferred: boolean,
): string {
  const marks = [
    `● ${words.dot}`,
    `━ ${words.half}`,
    `─ ${words.ninety}`,
    ...(inferred ? [`◌ ${standing('inferredLegend')}`] : []),
    `○ ${words.ring}`,
    ...(focus ? [`│ ${words.bar(role(focus.role))}`] : []),
  ]
  const lines = ['']
  for (const mark of marks) {
    const longer = `${lines.at(-1)}${lines.at(-1) === '' ? '' : '   '}${mark}`
    if (columns(longer) <= pageWidth()) lines[lines.length - 1] = longer
    else lines.push(mark)
  }
  return dim(lines.join('\n'))
}

function renderStrengths(competencies: readonly CompetencyStanding[], speech: Speech): string {
  const { terminal } = speech
  const strong = strengthsOf(competencies)
  if (strong.length === 0) return ''
  const width = Math.max(...strong.map(({ competency }) => columns(speech.competency(competency))))
  const lines = strong.map(
    ({ competency, aboveOwnMean }) =>
      `  ${padTo(speech.competency(competency), width)}  ${speech.words.sure(speech.percent(aboveOwnMean))}`,
  )
  return [`${bold(terminal.strengths)} ${dim(terminal.strengthsNote)}`, ...lines].join('\n')
}

function renderNotKnown({ notKnown, competencies }: StandingReport['standing'], speech: Speech): string {
  const { terminal } = speech
  if (notKnown.length === 0) return dim(terminal.noneNotKnown(competencies.filter(isInferred).length))
  return `${bold(terminal.notKnown)} ${dim(terminal.notKnownNote)}\n${paragraph(speech.list(notKnown.map(speech.competency)), '  ')}`
}

/** Every role and variant with its probability and what holds it back. */
export function renderReadiness({ readiness }: Pick<StandingReport, 'readiness'>, speech: Speech): string {
  const { standing, terminal, words } = speech
  const width = Math.min(28, Math.max(...readiness.map(({ title }) => columns(speech.say(title)))))
  const percents = readiness.map((one) => (one.readiness === null ? '–' : speech.percent(one.readiness)))
  const wide = Math.max(...percents.map(columns))
  const lines = readiness.map(({ title, musts, ...one }, at) => {
    const states = [musts.met, musts.likely, musts.open, musts.notKnown]
      .map((count) => String(count).padStart(2))
      .join(' /')
    const percent = percents[at]!
    const first = `  ${fit(speech.say(title), width)}  ${' '.repeat(wide - columns(percent))}${percent}  ${states}  `
    const held = holdingText(one, words, speech.competency)
    const gapBefore = held === '' || speech.language !== 'en' ? '' : ' '
    const partly = one.readiness === null ? `${gapBefore}${terminal.brackets(readinessText(one, words))}` : ''
    return paragraph(held + partly, first)
  })
  return [
    bold(standing('roles')),
    dim(`${paragraph(standing('rolesLead'))}\n${terminal.musts}`),
    ...lines,
  ].join('\n')
}

const BASIS_WORDS = {
  answers: 'basisAnswers',
  half: 'basisHalf',
  inferred: 'basisMostlyGeneral',
  general: 'basisGeneral',
} as const satisfies Record<Basis, string>

/** What one competency's number rests on. */
export function renderWhy(why: Why, speech: Speech): string {
  const { why: say, words, terminal } = speech
  const { location, anchors, generalLevel, oneMore } = why
  const level = placeText(generalLevel.level, generalLevel.beyond, words.ends)
  const lines = [
    bold(say('titleOf', { competency: speech.competency(why.competency) })),
    paragraph(terminal.whyNumber(speech.place(location), speech.range(location), location.sd.toFixed(2))),
    paragraph(say(BASIS_WORDS[basisOf(why)], { level })),
    paragraph(say(anchors.calibrated ? 'calibrated' : 'anchors', { sd: anchors.sd.toFixed(2) })),
    labels(anchors.calibrated, speech),
    '',
    accent(say('answers')),
  ]
  if (why.answers.length === 0) lines.push(`  ${say('noAnswers')}`)
  const answerWords: Record<Why['answers'][number]['answer'], string> = {
    'not-yet': speech.question('notYet'),
    'with-help': speech.question('withHelp'),
    'on-my-own': speech.question('onMyOwn'),
    'lead-others': speech.question('leadOthers'),
    'set-how': speech.question('setHow'),
    'no-opportunity': speech.question('noOpportunity'),
  }
  for (const { level: anchored, text, answer, levelWithout, beyondWithout, evidence } of why.answers) {
    const without =
      levelWithout === null
        ? say('notCounted')
        : say('without', { level: placeText(levelWithout, beyondWithout, words.ends) })
    lines.push(
      paragraph(speech.say(text), `  ${anchored}  `),
      dim(
        `     ${answerWords[answer]} · ${without}${evidence ? ` · ${words.evidence}${terminal.colon}${clean(evidence)}` : ''}`,
      ),
    )
  }
  if (why.answers.length > 0)
    lines.push('', dim(paragraph(say('countAlike'), '  ')), dim(paragraph(say('helpCounts'), '  ')))
  lines.push('', accent(say('oneMore')))
  if (!oneMore) lines.push(paragraph(say(why.noMore === 'no-opportunity' ? 'noChance' : 'everything'), '  '))
  else {
    lines.push(paragraph(say('oneMoreLead', { text: speech.say(oneMore.text) }), '  '))
    const width = Math.max(...oneMore.outcomes.map(({ answer }) => columns(answerWords[answer])))
    for (const { answer, probability, level: after, beyondLevel, interval90, beyond90 } of oneMore.outcomes) {
      const range = intervalText(interval90, beyond90, words.ends)
      const then =
        answer === 'no-opportunity'
          ? words.nothingChanges
          : terminal.whyOutcome(placeText(after, beyondLevel, words.ends), range)
      const outcome = `${say('expected', { percent: speech.percent(probability) })} · ${then}`
      lines.push(paragraph(outcome, `    ${padTo(answerWords[answer], width)}  `, pageWidth()))
    }
  }
  return lines.join('\n')
}
