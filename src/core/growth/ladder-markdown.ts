// The ladder's own answer as a part of the Markdown document, with what each competency adds and what is missing.
import type { Text } from '../framework/model.ts'
import { alternativesOf } from './ladder-conditions.ts'
import type { LadderRole, LadderStanding, LadderValue } from './ladder-model.ts'
import { LADDER_WORDS } from './ladder-words.ts'
import { escape, table, type Speech } from './markdown-speech.ts'

/** 3 where both ends agree, else 2–4. */
export function rangeText({ low, high }: { low: number; high: number }): string {
  const round = (value: number) => String(Math.round(value * 100) / 100)
  return low === high ? round(low) : `${round(low)}–${round(high)}`
}

/** The section; tables first, then what explains them. */
export function ladderPart(ladder: LadderStanding, speech: Speech): string {
  const words = LADDER_WORDS[speech.language]
  const values = ladder.answers.filter((answer) => answer.kind === 'value')
  const roles = ladder.answers.filter((answer) => answer.kind === 'role')
  const role = (id: string) => speech.role({ role: id, variant: null })
  return [
    `## ${words.title}`,
    ...values.map((value) => valuePart(value, speech)),
    ...(roles.length > 0 ? [rolesPart(roles, speech)] : []),
    ...ladder.differs.map((one) => words.differs(role(one.role), one.reached, speech.percent(one.readiness))),
    ...(ladder.note === null ? [] : [speech.say(ladder.note)]),
    [ladder.explanation.rule, ladder.explanation.missing, ladder.explanation.measured]
      .map(speech.say)
      .join('\n\n'),
  ].join('\n\n')
}

function valuePart({ set, value, bands, parts, heldBack }: LadderValue, speech: Speech): string {
  const words = LADDER_WORDS[speech.language]
  const title = (text: Text | null) => (text === null ? words.noTitle : speech.say(text))
  const earned = bands.map(({ series, low, high }) => {
    const [from, to] = [title(low), title(high)]
    return `${escape(series)}${speech.words.colon}${from === to ? from : `${from} – ${to}`}`
  })
  const rows = parts.map(({ competency, level, weight, adds }) => [
    speech.competency(competency),
    rangeText(level),
    rangeText({ low: weight, high: weight }),
    rangeText(adds),
  ])
  return [
    ...(set ? [`### ${speech.say(set.title)}`] : []),
    `**${[rangeText(value), ...earned].join(speech.words.semicolon)}**`,
    table(
      [speech.words.competency, words.ladderLevel, words.weight, words.adds],
      [...rows, [words.sum, '', '', rangeText(value)]],
    ),
    ...heldBack.map((band) =>
      words.heldBack(
        speech.say(band.title),
        band.gates
          .map((gate) => `${speech.competency(gate.competency)} ${words.asks(gate.level, null, 'level')}`)
          .join(speech.words.comma),
      ),
    ),
  ].join('\n\n')
}

function rolesPart(roles: readonly LadderRole[], speech: Speech): string {
  const words = LADDER_WORDS[speech.language]
  const asked = ({ asks, competency, of, level, needed, got }: LadderRole['conditions'][number]) => {
    const titles = (of ?? (competency === null ? [] : [competency])).map(speech.competency)
    const what = titles.length === 0 ? '' : `${titles.join(speech.words.comma)} `
    return `${what}${words.asks(needed, level, asks)}${speech.words.brackets(`${words.has} ${rangeText(got)}`)}`
  }
  const rows = roles.map(({ role, reached, conditions }) => [
    speech.role({ role, variant: null }),
    words.reached[reached],
    alternativesOf(conditions)
      .map((list) => list.map(asked).join(words.or))
      .join(speech.words.semicolon),
  ])
  return table([speech.words.role, words.reachedHeading, words.asksHeading], rows)
}
