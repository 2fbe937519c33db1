// Writes a framework as a Markdown handbook: a front page, one page for each role and one for each competency.
import {
  textIn,
  type Competency,
  type Duty,
  type Expectation,
  type Framework,
  type Role,
  type Text,
  type Variant,
  type Years,
} from '../framework/model.ts'
import { orgRuleText } from '../framework/org-rule-text.ts'

export interface HandbookPage {
  /** Relative to the handbook's folder. */
  readonly path: string
  readonly text: string
}

const WORDS = {
  en: {
    roles: 'Roles',
    competencies: 'Competencies',
    sources: 'Sources',
    track: 'Track',
    alias: 'Also called',
    duties: 'Duties',
    bar: 'Bar',
    barHead: ['Competency', 'Level', 'Must or should'],
    must: 'must',
    should: 'should',
    notAsked: 'not asked',
    facts: 'What the sources say',
    experience: 'Experience',
    years: (from: number, to: number | undefined) =>
      to === undefined ? `${from} years or more` : `${from} to ${to} years`,
    grades: 'Grades',
    unofficial: 'unofficial mapping',
    disagree: 'Where the sources disagree',
    ways: 'Ways on',
    needs: 'exercises',
    kind: { promotion: 'promotion', lateral: 'lateral move', return: 'way back' },
    variant: 'Variant',
    ours: "the framework author's own",
    back: 'Handbook',
    level: 'Level',
    expectedOf: 'Expected of',
    orgRules: 'Org rules',
  },
  zh: {
    roles: '角色',
    competencies: '能力',
    sources: '来源',
    track: '通道',
    alias: '又称',
    duties: '职责',
    bar: '要求',
    barHead: ['能力', '级别', '必备或应有'],
    must: '必备',
    should: '应有',
    notAsked: '不作要求',
    facts: '来源中的说法',
    experience: '经验',
    years: (from: number, to: number | undefined) =>
      to === undefined ? `${from} 年以上` : `${from}–${to} 年`,
    grades: '职级',
    unofficial: '非官方对应',
    disagree: '来源说法不一之处',
    ways: '去向',
    needs: '用到',
    kind: { promotion: '晋升', lateral: '平级转换', return: '返回' },
    variant: '侧重',
    ours: '框架作者自拟',
    back: '手册',
    level: '级别',
    expectedOf: '对哪些角色有要求',
    orgRules: '组织规则',
  },
} as const

/** Markdown's own characters in a text are escaped, and a text stays on its line. */
const escape = (text: string) => text.replaceAll(/([\\`*_[\]<>|#])/g, '\\$1').replaceAll(/\s*\n\s*/g, ' ')

/** All pages in one language of the framework; the pages link to each other by relative paths. */
export function exportHandbook(framework: Framework, language: string): HandbookPage[] {
  const words = language.startsWith('zh') ? WORDS.zh : WORDS.en
  const say = (text: Text | undefined) =>
    text === undefined ? '' : escape(textIn(text, language, framework.languages[0]))
  const titles = new Map(framework.competencies.map(({ id, title }) => [id, say(title)]))
  const scaleOf = (competency: Competency) => competency.scale ?? framework.scale
  const levelTitle = (competency: Competency, level: number) =>
    say(scaleOf(competency).levels.find((one) => one.level === level)?.title)
  const sourceOf = (id: string | undefined) => {
    const source = framework.sources.find((one) => one.id === id)
    return source
      ? `*${escape(source.author ?? source.publisher ?? '') || say(source.title)}*`
      : `*${words.ours}*`
  }
  const yearsOf = ({ min, max }: Years) => words.years(min, max)
  const section = (level: number, title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${'#'.repeat(level)} ${title}`, '', ...lines, '']
  const competencyLink = (id: string, from = '..') =>
    `[${titles.get(id) ?? escape(id)}](${from}/competencies/${id}.md)`
  const roleLink = (id: string, from = '..') =>
    `[${say(framework.roles.find((role) => role.id === id)?.title) || escape(id)}](${from}/roles/${id}.md)`

  const dutyLines = (duties: readonly Duty[]) =>
    duties.map((duty) => {
      const needs =
        duty.competencies.length > 0
          ? ` (${words.needs}: ${duty.competencies.map((id) => competencyLink(id)).join(', ')})`
          : ''
      return `- ${say(duty.title)}${duty.text ? `. ${say(duty.text)}` : ''}${needs}, ${sourceOf(duty.source)}`
    })
  const barLines = (expectations: Readonly<Record<string, Expectation>>) => {
    const rows = framework.competencies.flatMap((competency) => {
      const expectation = expectations[competency.id]
      if (!expectation) return []
      const level =
        expectation.level === 0
          ? words.notAsked
          : `${expectation.level} ${levelTitle(competency, expectation.level)}`
      const kind = expectation.level === 0 ? '' : words[expectation.kind]
      return [
        `| ${competencyLink(competency.id)} | ${level} | ${kind}${expectation.note ? ` ${say(expectation.note)}` : ''} |`,
      ]
    })
    return rows.length === 0 ? [] : [`| ${words.barHead.join(' | ')} |`, '| --- | --- | --- |', ...rows]
  }
  const holderLines = (level: number, holder: Role | Variant) => [
    ...section(
      level,
      words.facts,
      holder.facts.map((fact) => `- ${say(fact.text)} ${sourceOf(fact.source)}`),
    ),
    ...section(level, words.duties, dutyLines(holder.duties)),
    ...section(level, words.bar, barLines(holder.expectations)),
  ]

  const rolePage = (role: Role): HandbookPage => {
    const ways = framework.transitions.filter(({ from }) => from === role.id)
    const tracks = role.tracks.map(
      (id) => say(framework.tracks.find((track) => track.id === id)?.title) || escape(id),
    )
    const lines = [
      `# ${say(role.title)}`,
      '',
      ...(role.summary ? [say(role.summary), ''] : []),
      `- ${words.track}: ${tracks.join(', ')}`,
      ...(role.aliases.length > 0 ? [`- ${words.alias}: ${role.aliases.map(say).join(', ')}`] : []),
      ...role.experience.map(
        (one) =>
          `- ${words.experience}: ${yearsOf(one.years)}${one.text ? ` (${say(one.text)})` : ''}, ${sourceOf(one.source)}`,
      ),
      ...role.grades.map((grade) => {
        const scheme = framework.gradeSchemes.find(({ id }) => id === grade.scheme)
        const note = [
          grade.title && say(grade.title),
          scheme && say(scheme.title),
          scheme && !scheme.official && words.unofficial,
          grade.note && say(grade.note),
        ]
          .filter(Boolean)
          .join(', ')
        return `- ${words.grades}: ${escape(grade.id)}${note ? ` (${note})` : ''}`
      }),
      '',
      ...holderLines(2, role),
      ...role.disagreements.flatMap(({ about, claims }) =>
        section(
          2,
          `${words.disagree}: ${say(about)}`,
          claims.map((claim) => `- ${say(claim.text)} ${sourceOf(claim.source)}`),
        ),
      ),
      ...section(
        2,
        words.ways,
        ways.map(
          ({ to, kind, years, changes, source }) =>
            `- ${roleLink(to)} (${words.kind[kind]}${years ? `, ${yearsOf(years)}` : ''}): ${say(changes)} ${sourceOf(source)}`,
        ),
      ),
      ...role.variants.flatMap((variant) => [
        `## ${words.variant}: ${say(variant.title)}`,
        '',
        ...(variant.summary ? [say(variant.summary), ''] : []),
        ...holderLines(3, variant),
      ]),
      `[${words.back}](../README.md)`,
    ]
    return { path: `roles/${role.id}.md`, text: `${lines.join('\n')}\n` }
  }

  const competencyPage = (competency: Competency): HandbookPage => {
    const asking = framework.roles.flatMap((role) => {
      const expectation = role.expectations[competency.id]
      return expectation && expectation.level > 0
        ? [
            `- ${roleLink(role.id)}: ${expectation.level} ${levelTitle(competency, expectation.level)}, ${words[expectation.kind]}`,
          ]
        : []
    })
    const lines = [
      `# ${say(competency.title)}`,
      '',
      ...(competency.description ? [say(competency.description), ''] : []),
      ...scaleOf(competency).levels.flatMap(({ level, title, description }) => {
        const behaviours = competency.behaviours.filter((behaviour) => behaviour.level === level)
        return [
          `## ${words.level} ${level}: ${say(title)}`,
          '',
          ...(description ? [say(description), ''] : []),
          ...behaviours.flatMap((behaviour) => [
            `- ${say(behaviour.text)}`,
            ...(behaviour.note ? [`  ${say(behaviour.note)}`] : []),
          ]),
          '',
        ]
      }),
      ...section(2, words.expectedOf, asking),
      `[${words.back}](../README.md)`,
    ]
    return { path: `competencies/${competency.id}.md`, text: `${lines.join('\n')}\n` }
  }

  const front = [
    `# ${say(framework.title)} ${framework.version}`,
    '',
    ...(framework.description ? [say(framework.description), ''] : []),
    ...section(
      2,
      words.roles,
      framework.roles.map(
        (role) => `- ${roleLink(role.id, '.')}${role.summary ? `: ${say(role.summary)}` : ''}`,
      ),
    ),
    `## ${words.competencies}`,
    '',
    ...framework.areas.flatMap((area) =>
      section(
        3,
        say(area.title),
        framework.competencies
          .filter((competency) => competency.area === area.id)
          .map(
            ({ id, description }) =>
              `- ${competencyLink(id, '.')}${description ? `: ${say(description)}` : ''}`,
          ),
      ),
    ),
    ...section(
      2,
      words.orgRules,
      framework.orgRules.map(
        (rule) =>
          `- ${say(rule.title)}: ${escape(orgRuleText(framework, rule, language))}${rule.text ? `. ${say(rule.text)}` : ''}, ${sourceOf(rule.source)}`,
      ),
    ),
    ...section(
      2,
      words.sources,
      framework.sources.map(
        (source) =>
          `- ${[source.author && escape(source.author), say(source.title), source.publisher && escape(source.publisher), source.date].filter(Boolean).join(', ')}${source.url ? `, <${source.url.replaceAll(/[<>\s]/g, '')}>` : ''}${source.note ? `. ${say(source.note)}` : ''}`,
      ),
    ),
  ]
  return [
    { path: 'README.md', text: `${front.join('\n')}\n` },
    ...framework.roles.map(rolePage),
    ...framework.competencies.map(competencyPage),
  ]
}
