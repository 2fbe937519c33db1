// Each lint rule finds what it is for, passes what a good author writes, and can be switched off.
import { expect, test } from 'vitest'

import { builtInFramework } from '../../../../test/built-in.ts'
import { SMALL } from '../fixture.ts'
import { textIn } from '../model.ts'
import { parseFramework } from '../parse.ts'
import { lintFramework } from './lint.ts'
import { LINT_RULE_IDS, type LintRule } from './rules.ts'
import { findSecondStatement } from './several.ts'
import { skeleton } from './skeleton.ts'
import { findTrait, findUnmeasurable } from './wording.ts'

function lintText(source: string, off: string[] = []) {
  const { framework, faults, locate } = parseFramework(source, { file: 'a.yaml' })
  if (faults) throw new Error(JSON.stringify(faults[0]))
  return lintFramework(framework, { off, locate })
}
const edit = (...changes: [string, string][]) =>
  changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the fixture has no ${from}`)
    return text.replace(from, to)
  }, SMALL)

test('a good small framework has no finding', () => {
  expect(lintText(SMALL)).toEqual([])
})

/** Rule, path, source, and a part of the line where it must be found. */
const BROKEN: [LintRule, string, string, string][] = [
  [
    'expectation-falls',
    'roles.architect.expectations.security',
    edit(['security: 2, testing', 'security: 0, testing']),
    'security: 0, testing',
  ],
  [
    'behaviour-repeats',
    'behaviours.test-1',
    edit(['Adds a failing test before a fix', 'Quickly reports a leaked key within the day']),
    'id: test-1',
  ],
  [
    'behaviour-several',
    'behaviours.sec-2',
    edit(['threat model of a service', 'threat model of a service and trains the team']),
    'id: sec-2',
  ],
  [
    'wording-unmeasurable',
    'behaviours.sec-2',
    edit(['Writes the threat model of a service', 'Has a good understanding of threats']),
    'id: sec-2',
  ],
  [
    'wording-trait',
    'roles.architect.duties.design.title',
    edit(['Designs systems', 'Is a rockstar of systems']),
    'id: design',
  ],
  [
    'competency-unused',
    'competencies.testing',
    edit(['competencies: [testing, security]', 'competencies: [security]']),
    'id: testing',
  ],
  [
    'duty-without-competency',
    'roles.architect.duties.design',
    edit([', competencies: [security], source: book', '']),
    'id: design',
  ],
  [
    'level-without-behaviour',
    'competencies.testing.behaviours.2',
    edit(
      ['测试 }\n    behaviours:\n      1:', '测试 }\n    behaviours:\n      1: # the only one'],
      [
        '      2:\n        - { id: test-2, text: { en: Removes flaky tests from the build, zh-Hans: 从构建中清除不稳定的测试 } }\n',
        '',
      ],
    ),
    '# the only one',
  ],
  [
    'role-unreachable',
    'roles.architect',
    edit(
      ['from: programmer, to: architect', 'from: architect, to: programmer'],
      ['years: { min: 2, max: 4 }', 'kind: return'],
    ),
    'id: architect',
  ],
  [
    'must-unmeasurable',
    'roles.programmer.expectations.security',
    edit(['security: 1', 'security: 0']),
    'security: 0',
  ],
  [
    'translation-missing',
    'competencies.security.title',
    edit(['title: { en: Security, zh-Hans: 安全 }', 'title: Security']),
    'title: Security',
  ],
]

test('every rule is tried', () => {
  expect(BROKEN.map(([rule]) => rule).toSorted()).toEqual(LINT_RULE_IDS.toSorted())
})

for (const [rule, path, source, part] of BROKEN) {
  test(`${rule} is found with its path and line, and its switches turn it off`, () => {
    const found = lintText(source).filter((finding) => finding.rule === rule)
    expect(found.map((finding) => finding.path.join('.'))).toEqual([path])
    const line = source.split('\n').findIndex((text) => text.includes(part)) + 1
    expect(found[0]?.place).toMatchObject({ file: 'a.yaml', line })
    expect(lintText(source, [rule]).filter((finding) => finding.rule === rule)).toEqual([])
    expect(
      lintText(`${source}lint: { off: [${rule}] }\n`).filter((finding) => finding.rule === rule),
    ).toEqual([])
  })
}

test('an expectation may fall with a note that says why, and silence is no fall', () => {
  const why = edit([
    'security: 2, testing',
    'security: { level: 0, kind: should, note: { en: Held by the platform team, zh-Hans: 由平台团队负责 } }, testing',
  ])
  expect(lintText(why)).toEqual([])
  expect(lintText(edit(['security: 2, testing: {', 'testing: {']))).toEqual([])
})

test('a must of a variant is checked against the behaviours too', () => {
  const source = edit([
    'years: { min: 5, max: 8 }, source: book }\n',
    'years: { min: 5, max: 8 }, source: book }\n    variants: [{ id: us, title: { en: US, zh-Hans: 美国 }, expectations: { security: 0 } }]\n',
  ])
  expect(lintText(source).map(({ rule, path }) => `${rule} ${path.join('.')}`)).toEqual([
    'expectation-falls roles.architect.variants.us.expectations.security',
  ])
})

test('an expectation that falls below two roles is one finding that names both', () => {
  const framework = structuredClone(builtInFramework('coder-to-cto'))
  const into = framework.transitions.filter(
    ({ to, kind }) => to === 'technical-director' && kind === 'promotion',
  )
  expect(into.length).toBeGreaterThan(1)
  const asking = into.map(({ from }) => framework.roles.find(({ id }) => id === from)!)
  for (const role of asking) role.expectations['coding'] = { level: 3, kind: 'must' }
  framework.roles.find(({ id }) => id === 'technical-director')!.expectations['coding'] = {
    level: 1,
    kind: 'must',
  }
  const falls = lintFramework(framework).filter(
    ({ rule, path }) => rule === 'expectation-falls' && path.join('.').includes('technical-director'),
  )
  expect(falls).toHaveLength(1)
  for (const { title } of asking) expect(falls[0]!.message).toContain(textIn(title, 'en'))
})

test.each([
  ['en', 'Writes the test plan and reviews the code of others'],
  ['en', 'Writes the runbook; keeps it up to date'],
  ['en', 'Opens the incident, tells the users what is known'],
  ['en', 'Proposes a design as well as its rollout'],
  ['en', 'Plans the release. Announces it'],
  ['zh-Hans', '编写测试计划并评审代码'],
  ['zh-Hans', '编写运行手册；每月更新'],
  ['zh-Hans', '编写方案，同时指导新人'],
])('two statements in one are found: %s %s', (language, text) => {
  expect(findSecondStatement(text, language)).toBeTypeOf('string')
})

test.each([
  ['en', 'Reviews the risks and costs of a design before it is built'],
  ['en', 'Finds and fixes the cause of a fault'],
  ['en', 'Writes tests that fail first and pass after the change'],
  ['en', 'Lists the modules, interfaces and owners of a system'],
  ['en', 'Explains what failed and why it was not noticed'],
  ['en', 'Keeps a log of decisions that the team reads and questions'],
  ['en', 'Allocates the work by capacity and skills.'],
  ['zh-Hans', '为高并发接口编写压测脚本'],
  ['zh-Hans', '合并重复的模块与接口'],
  ['zh-Hans', '先在一个团队试点某项实践，再推广到其他团队'],
  ['zh-Hans', '列出风险和应对办法。'],
])('one statement passes: %s %s', (language, text) => {
  expect(findSecondStatement(text, language)).toBeUndefined()
})

test.each([
  ['en', 'Good understanding of networks'],
  ['en', 'Familiar with Kubernetes'],
  ['en', 'Is able to design modules'],
  ['en', 'Understands the domain'],
  ['en', 'Has strong knowledge of SQL'],
  ['en', 'Demonstrates awareness of security'],
  ['en', 'Escalates as appropriate'],
  ['en', 'Tries to write tests'],
  ['zh-Hans', '熟悉分布式系统'],
  ['zh-Hans', '了解常用设计模式'],
  ['zh-Hans', '具备良好的沟通能力'],
  ['zh-Hans', '对业务有深入的理解'],
  ['zh-Hans', '能够设计模块'],
  ['zh-Hans', '具有较强的学习能力'],
])('unmeasurable wording is found: %s %s', (language, text) => {
  expect(findUnmeasurable(text, language)).toBeTypeOf('string')
})

test.each([
  ['en', 'Explains the design to people who are not familiar with it'],
  ['en', 'Checks the understanding of a requirement by restating it'],
  ['en', 'Tries a new tool on a throw-away branch'],
  ['en', 'Asks who knows the code before changing it'],
  ['en', 'Canvasses three teams before a standard changes'],
  ['zh-Hans', '向不熟悉系统的同事讲解架构'],
  ['zh-Hans', '会诊跨团队的故障'],
  ['zh-Hans', '建立容量模型，预测系统的负载能力上限'],
])('what can be observed passes: %s %s', (language, text) => {
  expect(findUnmeasurable(text, language)).toBeUndefined()
})

test.each([
  ['en', 'He reviews the code'],
  ['en', 'A coding ninja'],
  ['en', 'Passionate about quality'],
  ['en', 'Hires smart people'],
  ['zh-Hans', '聪明地解决问题'],
  ['zh-Hans', '对技术充满激情'],
  ['zh-Hans', '她负责评审'],
])('trait and gendered words are found: %s %s', (language, text) => {
  expect(findTrait(text, language)).toBeTypeOf('string')
})

test.each([
  ['en', 'Deploys a smart contract to the test chain'],
  ['en', 'Themes the pages of the shop'],
  ['en', 'Checks the cache hit rate'],
  ['zh-Hans', '推广到其他团队'],
  ['zh-Hans', '帮助他人成长，让他们独立交付'],
])('acts pass: %s %s', (language, text) => {
  expect(findTrait(text, language)).toBeUndefined()
})

test('statements that differ only in degree have one skeleton, and others have not', () => {
  expect(skeleton('Writes very clear tests', 'en')).toBe(skeleton('Writes the test quickly.', 'en'))
  expect(skeleton('熟练地编写测试', 'zh-Hans')).toBe(skeleton('编写测试。', 'zh-Hans'))
  expect(skeleton('Reviews the weekly plan', 'en')).not.toBe(skeleton('Reviews the plan', 'en'))
  expect(skeleton('编写测试', 'zh-Hans')).not.toBe(skeleton('评审测试', 'zh-Hans'))
})
