// Org rules as sentences: every condition and both ends of what is asked, in both languages.
import { expect, test } from 'vitest'
import { builtInFramework } from '../../../test/built-in.ts'
import { diffFrameworks } from './diff/diff.ts'
import type { OrgRule } from './model.ts'
import { orgRuleText } from './org-rule-text.ts'

const framework = builtInFramework('coder-to-cto')
const rule = (when: OrgRule['when'], asks: Omit<OrgRule['asks'], 'role'>) => ({
  when,
  asks: { role: 'technical-director', ...asks },
})

test.each([
  [
    rule(
      [
        { measure: 'developers', over: 20 },
        { measure: 'product-lines', atLeast: 2 },
      ],
      { atLeast: 1 },
    ),
    'more than 20 developers and 2 or more product lines ask for at least 1 Technical director',
    '开发人员多于 20，且产品线不少于 2时，需要至少 1 名技术总监',
  ],
  [
    rule([{ measure: 'managers', under: 3 }], { atMost: 1 }),
    'fewer than 3 managers ask for at most 1 Technical director',
    '管理者少于 3时，需要至多 1 名技术总监',
  ],
  [
    rule([{ measure: 'teams', atLeast: 4, under: 9 }], { atLeast: 1, atMost: 2 }),
    '4 or more teams and fewer than 9 teams ask for 1 to 2 Technical director',
    '团队不少于 4，且团队少于 9时，需要1 至 2 名技术总监',
  ],
])('%j', (one, english, chinese) => {
  expect(orgRuleText(framework, one, 'en')).toBe(english)
  expect(orgRuleText(framework, one, 'zh-Hans')).toBe(chinese)
})

test('a changed rule is told in words, with what it said before', () => {
  const after = structuredClone(framework)
  const developers = after.orgRules[0]!.when.find(({ measure }) => measure === 'developers')!
  developers.over = 30
  const changes = diffFrameworks(framework, after)
  expect(changes).toHaveLength(1)
  expect(changes[0]!.message).toMatch(/now says: more than 30 developers .*; was: more than 20 developers/)
  expect(changes[0]!.message).not.toMatch(/[{}]/)
})
