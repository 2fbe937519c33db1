// A person against a role for the terminal: each expectation open, not known, likely or met, with what would show it.
import type { About, ExpectationGap, Gap } from '../../core/growth/model.ts'
import type { Fit } from '../../core/growth/report-model.ts'
import { readinessText } from '../../core/growth/readiness-text.ts'
import { fit as fitted, paragraph } from './layout.ts'
import { accent, bold, columns, dim } from './output.ts'
import { renderAbout, renderDoubt } from './render-standing.ts'
import { ruler } from './ruler.ts'
import type { Speech } from './speech.ts'

const STATES = ['open', 'not-known', 'likely', 'met'] as const
/** Behaviours that are listed for an expectation unless all are asked for. */
const MOST = 3

export function renderGap(
  { gap, about, fit }: { readonly gap: Gap; readonly about: About; readonly fit: Fit },
  speech: Speech,
  all: boolean,
): string {
  const { gap: say, terminal, words } = speech
  const role = speech.role(gap.role)
  const lines = [
    bold(say('title', { role })),
    renderAbout({ about }, speech).split('\n').slice(1).join('\n'),
    ...renderDoubt(fit, speech),
    '',
    paragraph(`${words.counts(gap.musts)}; ${words.shouldCounts(gap.shouldStates)}`),
    paragraph(
      gap.readiness === null
        ? terminal.readinessPartly(role, readinessText(gap, words))
        : terminal.readinessFor(role, speech.percent(gap.readiness)),
    ),
  ]
  if (gap.shoulds !== null) lines.push(paragraph(terminal.shoulds(speech.percent(gap.shoulds))))
  if (gap.heldBackBy.length > 0) lines.push('', accent(say('holds')))
  for (const id of gap.heldBackBy) {
    const held = gap.expectations.find(({ competency }) => competency === id)!
    const figures = {
      competency: speech.competency(id),
      level: held.level,
      sure: speech.percent(held.probability),
    }
    // Where the number shown would stay the same, that is not worth a sentence.
    lines.push(
      held.wereItCertain === null
        ? paragraph(`${figures.competency} ${held.level}: ${say('atBar', { percent: figures.sure })}`, '  ')
        : paragraph(say('holdsItem', { ...figures, percent: speech.percent(held.wereItCertain) }), '  '),
    )
  }
  if (gap.answerFirst.length > 0)
    lines.push(
      '',
      paragraph(
        speech.standing('answerFirst', {
          list: speech.list(gap.answerFirst.map(speech.competency)),
          more: gap.musts.notKnown - gap.withoutOpportunity.length - gap.answerFirst.length,
        }),
      ),
    )
  if (gap.withoutOpportunity.length > 0)
    lines.push(
      '',
      paragraph(
        speech.standing('withoutOpportunity', {
          list: speech.list(gap.withoutOpportunity.map(speech.competency)),
          more: 0,
        }),
      ),
    )
  const width = Math.min(
    46,
    Math.max(12, ...gap.expectations.map(({ competency }) => columns(speech.competency(competency)))),
  )
  for (const state of STATES) {
    const own = gap.expectations.filter((one) => one.state === state)
    if (own.length === 0) continue
    const lead = {
      open: say('openLead'),
      'not-known': say('notKnownLead'),
      likely: say('likelyLead'),
      met: say('metLead'),
    }[state]
    lines.push('', `${accent(`${words.states[state]} (${own.length})`)} ${dim(lead)}`)
    for (const one of own) lines.push(...expectationLines(one, speech, width, all))
  }
  return lines.join('\n')
}

function expectationLines(one: ExpectationGap, speech: Speech, width: number, all: boolean): string[] {
  const { terminal, words, gap: say } = speech
  const { competency, level, kind, probability, location, known, inferred, toShow } = one
  const mostly = known && one.restsOn === 'general-level'
  const mostlyInferred = mostly ? ` · ${speech.standing('inferredLegend')}` : ''
  const picture = ruler(location, { levels: speech.levels(competency), known, inferred: mostly, bar: level })
  const sure = known
    ? say('atBar', { percent: speech.percent(probability) })
    : words.suggests(speech.level(location.level))
  const figures = `${say('asks', { level })} ${terminal.brackets(terminal.mustShould[kind])} · ${sure} · ${words.interval90} ${speech.range(location)}${mostlyInferred}`
  const listed = all ? toShow : toShow.slice(0, MOST)
  return [
    `  ${fitted(speech.competency(competency), width)}  ${picture}`,
    dim(paragraph(figures, '    ')),
    ...(inferred ? [paragraph(words.inferred, '    ')] : []),
    ...listed.map(({ text, action }) =>
      paragraph(`${speech.say(text)} ${dim(terminal.brackets(words.actions[action]))}`, '    – '),
    ),
    ...(toShow.length > listed.length
      ? [dim(`    … ${terminal.behaviours(toShow.length - listed.length)} (--all)`)]
      : []),
  ]
}
