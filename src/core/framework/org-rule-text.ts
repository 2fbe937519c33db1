// An org rule as a sentence, in English or Simplified Chinese: when an organisation needs a role, and how many.
import { textIn, type Framework, type OrgRule } from './model.ts'

type Condition = OrgRule['when'][number]

interface Words {
  readonly measures: Record<Condition['measure'], string>
  readonly over: (measure: string, count: number) => string
  readonly atLeast: (measure: string, count: number) => string
  readonly under: (measure: string, count: number) => string
  readonly any: (measure: string) => string
  readonly and: string
  readonly asks: (role: string, least: number | undefined, most: number | undefined) => string
  readonly rule: (when: string, asks: string) => string
}

const english: Words = {
  measures: {
    developers: 'developers',
    'product-lines': 'product lines',
    teams: 'teams',
    'people-per-manager': 'people per manager',
    managers: 'managers',
  },
  over: (measure, count) => `more than ${count} ${measure}`,
  atLeast: (measure, count) => `${count} or more ${measure}`,
  under: (measure, count) => `fewer than ${count} ${measure}`,
  any: (measure) => `any number of ${measure}`,
  and: ' and ',
  asks: (role, least, most) =>
    least !== undefined && most !== undefined
      ? least === most
        ? `exactly ${least} ${role}`
        : `${least} to ${most} ${role}`
      : most !== undefined
        ? `at most ${most} ${role}`
        : `at least ${least ?? 1} ${role}`,
  rule: (when, asks) => `${when} ask for ${asks}`,
}

const chinese: Words = {
  measures: {
    developers: '开发人员',
    'product-lines': '产品线',
    teams: '团队',
    'people-per-manager': '每位管理者所带人数',
    managers: '管理者',
  },
  over: (measure, count) => `${measure}多于 ${count}`,
  atLeast: (measure, count) => `${measure}不少于 ${count}`,
  under: (measure, count) => `${measure}少于 ${count}`,
  any: (measure) => `${measure}不限`,
  and: '，且',
  asks: (role, least, most) =>
    least !== undefined && most !== undefined
      ? least === most
        ? `恰好 ${least} 名${role}`
        : `${least} 至 ${most} 名${role}`
      : most !== undefined
        ? `至多 ${most} 名${role}`
        : `至少 ${least ?? 1} 名${role}`,
  rule: (when, asks) => `${when}时，需要${asks}`,
}

/** "more than 20 developers and 2 or more product lines ask for at least 1 Technical director". */
export function orgRuleText(
  framework: Framework,
  rule: Pick<OrgRule, 'when' | 'asks'>,
  language: string,
): string {
  const words = language.startsWith('zh') ? chinese : english
  const role = framework.roles.find(({ id }) => id === rule.asks.role)
  const title = role ? textIn(role.title, language, framework.languages[0]) : rule.asks.role
  const when = rule.when.map((condition) => conditionText(condition, words)).join(words.and)
  return words.rule(when, words.asks(title, rule.asks.atLeast, rule.asks.atMost))
}

function conditionText({ measure, over, atLeast, under }: Condition, words: Words): string {
  const name = words.measures[measure]
  const parts = [
    ...(over === undefined ? [] : [words.over(name, over)]),
    ...(atLeast === undefined ? [] : [words.atLeast(name, atLeast)]),
    ...(under === undefined ? [] : [words.under(name, under)]),
  ]
  return parts.length === 0 ? words.any(name) : parts.join(words.and)
}
