// The ladder's own answer for the terminal: what its rule says beside the measured standing, as ranges while answers are missing.
import type { Text } from '../../core/framework/model.ts'
import { alternativesOf } from '../../core/growth/ladder-conditions.ts'
import { rangeText } from '../../core/growth/ladder-markdown.ts'
import type { LadderRole, LadderStanding, LadderValue } from '../../core/growth/ladder-model.ts'
import { LADDER_WORDS } from '../../core/growth/ladder-words.ts'
import { paragraph } from './layout.ts'
import { bold, columns, dim, padTo } from './output.ts'
import type { Speech } from './speech.ts'

/** Each value with its titles, or each role with what it asks; where the two ways differ; what explains them. */
export function renderLadder(ladder: LadderStanding, speech: Speech): string {
  const words = LADDER_WORDS[speech.language]
  const roles = ladder.answers.filter((answer) => answer.kind === 'role')
  const width = Math.max(0, ...roles.map(({ role }) => columns(roleTitle(role, speech))))
  const { rule, missing, measured } = ladder.explanation
  return [
    bold(words.title),
    ...ladder.answers.map((answer) =>
      answer.kind === 'value' ? valueLines(answer, speech) : roleLines(answer, width, speech),
    ),
    ...ladder.differs.map(({ role, reached, readiness }) =>
      paragraph(words.differs(roleTitle(role, speech), reached, speech.percent(readiness))),
    ),
    ...(ladder.note === null ? [] : [paragraph(speech.say(ladder.note))]),
    ...[rule, missing, measured].map((text) => dim(paragraph(speech.say(text)))),
  ].join('\n')
}

const roleTitle = (role: string, speech: Speech): string => speech.role({ role, variant: null })

function valueLines({ set, value, bands, heldBack }: LadderValue, speech: Speech): string {
  const words = LADDER_WORDS[speech.language]
  const title = (text: Text | null) => (text === null ? words.noTitle : speech.say(text))
  const earned = bands.map(({ series, low, high }) => {
    const [from, to] = [title(low), title(high)]
    return `${series}${speech.words.colon}${from === to ? from : `${from} – ${to}`}`
  })
  const named = set ? `${speech.say(set.title)}${speech.words.colon}` : ''
  return [
    paragraph(`${named}${[rangeText(value), ...earned].join(speech.words.semicolon)}`, '  '),
    ...heldBack.map((band) => {
      const gates = band.gates.map(
        ({ competency, level }) => `${speech.competency(competency)} ${words.asks(level, null, 'level')}`,
      )
      return paragraph(words.heldBack(speech.say(band.title), gates.join(speech.words.comma)), '  ')
    }),
  ].join('\n')
}

function roleLines({ role, reached, conditions }: LadderRole, width: number, speech: Speech): string {
  const words = LADDER_WORDS[speech.language]
  const asked = ({ asks, competency, of, level, needed, got }: LadderRole['conditions'][number]) => {
    const titles = (of ?? (competency === null ? [] : [competency])).map(speech.competency)
    const what = titles.length === 0 ? '' : `${titles.join(speech.words.comma)} `
    return `${what}${words.asks(needed, level, asks)}${speech.words.brackets(`${words.has} ${rangeText(got)}`)}`
  }
  // What is reached needs no list of what it asks; what falls short or waits for answers does.
  const short = alternativesOf(conditions)
    .filter((list) => !list.some(({ got, needed }) => got.low >= needed))
    .map((list) => list.map(asked).join(words.or))
  const first = `  ${padTo(roleTitle(role, speech), width)}  `
  return paragraph([words.reached[reached], ...short].join(speech.words.semicolon), first)
}
