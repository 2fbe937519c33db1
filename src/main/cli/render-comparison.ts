// Two roles side by side for the terminal: only what differs has ink.
import type { RoleCompare } from '../../core/growth/compare-model.ts'
import { fit, pageWidth, paragraph } from './layout.ts'
import { accent, bold, columns, dim, padTo } from './output.ts'
import type { Speech } from './speech.ts'

type Row = RoleCompare['expectations'][number]

/** With `all` also the rows that are the same. */
export function renderComparison(result: RoleCompare, speech: Speech, all: boolean): string {
  const { compare, terminal } = speech
  const { a, b, counts, expectations, duties } = result
  const [nameA, nameB] = [speech.role(a), speech.role(b)]
  const shown = expectations.filter(({ change }) => all || change !== 'same')
  const cell = (side: Row['a']) => (side ? `${side.level} ${terminal.mustShould[side.kind]}` : '–')
  const widthOf = (name: string, side: 'a' | 'b') =>
    Math.max(Math.min(18, columns(name)), ...shown.map((row) => columns(cell(row[side]))))
  const [wideA, wideB] = [widthOf(nameA, 'a'), widthOf(nameB, 'b')]
  const beside = 8 + wideA + wideB + Math.max(0, ...shown.map((row) => columns(changeIn(row, speech))))
  const title = Math.min(
    pageWidth() - beside,
    Math.max(12, ...shown.map(({ competency }) => columns(speech.competency(competency)))),
  )
  const { changed, new: added, dropped, same } = counts
  const lines = [
    bold(compare('pageTitle', { a: nameA, b: nameB })),
    paragraph(compare('summary', { changed, added, dropped, same })),
    '',
    `${accent(padTo(compare('bar'), title + 2))}  ${dim(fit(nameA, wideA))}  ${dim(fit(nameB, wideB))}`,
  ]
  for (const row of shown) {
    const line = `  ${fit(speech.competency(row.competency), title)}  ${padTo(cell(row.a), wideA)}  ${padTo(cell(row.b), wideB)}  ${changeIn(row, speech)}`
    lines.push(row.change === 'same' ? dim(line) : line)
  }
  if (!all && same > 0) lines.push(dim(`  ${terminal.same(same)}`))
  const groups = [
    [compare('onlyIn', { role: nameB }), duties.filter((duty) => duty.in === 'b')],
    [compare('onlyIn', { role: nameA }), duties.filter((duty) => duty.in === 'a')],
    [compare('both'), all ? duties.filter((duty) => duty.in === 'both') : []],
  ] as const
  for (const [heading, own] of groups) {
    if (own.length === 0) continue
    lines.push('', `${accent(compare('duties'))} ${dim(`· ${heading}`)}`)
    for (const duty of own) {
      lines.push(paragraph(speech.say(duty.title), '  '))
      if (duty.in === 'b' && duty.carried.length > 0)
        lines.push(
          dim(
            paragraph(
              compare('carried', {
                a: nameA,
                competencies: speech.list(duty.carried.map(speech.competency)),
              }),
              '    ',
            ),
          ),
        )
    }
  }
  return lines.join('\n')
}

function changeIn({ change, difference }: Row, { compare }: Speech): string {
  if (change === 'raised') return compare('raised', { by: difference })
  if (change === 'lowered') return compare('lowered', { by: -difference })
  return compare(change)
}
