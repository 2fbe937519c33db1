// Frameworks, roles and competencies as text for the terminal.
import {
  textIn,
  type Competency,
  type Duty,
  type Expectation,
  type Framework,
  type Role,
  type Text,
  type Years,
} from '../../core/framework/model.ts'
import { orgRuleText } from '../../core/framework/org-rule-text.ts'
import { accent, bold, columns, dim, padTo } from './output.ts'

/** The ladder: roles by track, then competencies by area, with ids that `show` takes. */
export function renderFramework(framework: Framework, language: string): string {
  const words = wordsIn(framework, language)
  const width = Math.max(
    ...framework.roles.map((role) => columns(role.id)),
    ...framework.competencies.map((one) => columns(one.id)),
  )
  const lines = [`${bold(words(framework.title))} ${dim(`${framework.id} ${framework.version}`)}`]
  if (framework.description) lines.push(words(framework.description))
  for (const track of framework.tracks) {
    lines.push('', accent(words(track.title)))
    for (const role of framework.roles.filter((one) => one.tracks.includes(track.id))) {
      const onward = framework.transitions
        .filter((one) => one.from === role.id && one.kind === 'promotion')
        .map((one) => one.to)
      lines.push(
        `  ${padTo(role.id, width)}  ${words(role.title)}${onward.length > 0 ? dim(` → ${onward.join(', ')}`) : ''}`,
      )
    }
  }
  for (const area of framework.areas) {
    lines.push('', accent(words(area.title)))
    for (const competency of framework.competencies.filter((one) => one.area === area.id)) {
      lines.push(`  ${padTo(competency.id, width)}  ${words(competency.title)}`)
    }
  }
  if (framework.orgRules.length > 0) {
    lines.push('', accent('Org rules'))
    for (const rule of framework.orgRules)
      lines.push(
        `  ${padTo(rule.id, width)}  ${words(rule.title)}: ${orgRuleText(framework, rule, language)}${rule.source === undefined ? dim(' (our own)') : dim(` [${rule.source}]`)}`,
        ...(rule.text ? [`  ${padTo('', width)}  ${dim(words(rule.text))}`] : []),
      )
  }
  return lines.join('\n')
}

/** A role: summary, what sources say, duties, bar, transitions. */
export function renderRole(framework: Framework, role: Role, language: string): string {
  const words = wordsIn(framework, language)
  const source = (id: string | undefined) => dim(id === undefined ? ' (our own)' : ` [${id}]`)
  const lines = [`${bold(words(role.title))} ${dim(`${role.id}, ${role.tracks.join(' and ')}`)}`]
  if (role.summary) lines.push(words(role.summary))
  const add = (heading: string, entries: string[]) => {
    if (entries.length > 0) lines.push('', accent(heading), ...entries.map((entry) => `  ${entry}`))
  }
  add(
    'Years since entry',
    role.experience.map(
      (one) => `${yearsIn(one.years)}${one.text ? `: ${words(one.text)}` : ''}${source(one.source)}`,
    ),
  )
  add(
    'What sources say',
    role.facts.map((fact) => `${words(fact.text)}${source(fact.source)}`),
  )
  for (const disagreement of role.disagreements) {
    add(
      `Sources differ: ${words(disagreement.about)}`,
      disagreement.claims.map((claim) => `${words(claim.text)}${source(claim.source)}`),
    )
  }
  add(
    'Grades',
    role.grades.map(
      (grade) =>
        `${grade.id}${grade.scheme ? dim(` in ${grade.scheme}`) : ''}${grade.note ? `: ${words(grade.note)}` : ''}`,
    ),
  )
  const dutyLine = (duty: Duty) =>
    `${words(duty.title)} ${dim(duty.competencies.join(', '))}${source(duty.source)}`
  add('Duties', role.duties.map(dutyLine))
  add('Asks', barLines(framework, role.expectations, words))
  for (const variant of role.variants) {
    add(`Variant: ${words(variant.title)}`, [
      ...(variant.summary ? [words(variant.summary)] : []),
      ...variant.facts.map((fact) => `${words(fact.text)}${source(fact.source)}`),
      ...variant.duties.map(dutyLine),
      ...barLines(framework, variant.expectations, words),
    ])
  }
  add(
    'Leads to',
    framework.transitions
      .filter((one) => one.from === role.id)
      .map(
        (one) => `${one.to} (${one.kind}${one.years ? `, ${yearsIn(one.years)}` : ''})${source(one.source)}`,
      ),
  )
  return lines.join('\n')
}

/** A competency: its behaviours by level, and the roles that ask for it. */
export function renderCompetency(framework: Framework, competency: Competency, language: string): string {
  const words = wordsIn(framework, language)
  const lines = [`${bold(words(competency.title))} ${dim(`${competency.id}, ${competency.area}`)}`]
  if (competency.description) lines.push(words(competency.description))
  for (const { level, title } of (competency.scale ?? framework.scale).levels) {
    const askers = framework.roles
      .filter((role) => role.expectations[competency.id]?.level === level)
      .map((role) => role.id)
    lines.push(
      '',
      `${accent(`${level} ${words(title)}`)}${askers.length > 0 ? dim(` asked of ${askers.join(', ')}`) : ''}`,
    )
    for (const behaviour of competency.behaviours.filter((one) => one.level === level))
      lines.push(`  ${words(behaviour.text)} ${dim(behaviour.id)}`)
  }
  return lines.join('\n')
}

const wordsIn = (framework: Framework, language: string) => (text: Text) =>
  textIn(text, language, framework.languages[0])

const yearsIn = ({ min, max }: Years): string =>
  max === undefined
    ? `${min}+ years`
    : min === max
      ? min === 1
        ? '1 year'
        : `${min} years`
      : `${min}–${max} years`

function barLines(
  framework: Framework,
  expectations: Record<string, Expectation>,
  words: (text: Text) => string,
): string[] {
  const asked = framework.competencies.flatMap((competency) => {
    const expectation = expectations[competency.id]
    return expectation ? [{ title: words(competency.title), competency, expectation }] : []
  })
  const width = Math.max(0, ...asked.map(({ title }) => columns(title)))
  return asked.map(({ title, competency, expectation: { level, kind, note } }) => {
    const name = (competency.scale ?? framework.scale).levels.find((one) => one.level === level)?.title
    // A role that lets an inherited expectation go asks nothing; its note, where there is one, says that and why.
    if (level === 0) return `${padTo(title, width)}  ${dim(note ? words(note) : 'not asked')}`
    const step = `${level}${name ? ` ${words(name)}` : ''}`
    return `${padTo(title, width)}  ${step}${kind === 'should' ? dim(' (should)') : ''}${note ? dim(` ${words(note)}`) : ''}`
  })
}
