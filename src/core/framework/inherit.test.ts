// Extending, removing and translating frameworks, with the places of everything kept.
import { expect, test } from 'vitest'

import { formatFault } from './fault.ts'
import { SMALL } from './fixture.ts'
import { parseFramework, type Load } from './parse.ts'

const files =
  (texts: Record<string, string>): Load =>
  (reference) => {
    const file = reference.replace('./', '')
    const text = texts[file]
    return text === undefined ? { problem: 'no such file' } : { file, text }
  }
const HEAD = 'rungs: 1\nextends: ./small.yaml\nid: child\nversion: 0.1.0\n'
const parseChild = (body: string, more: Record<string, string> = {}) =>
  parseFramework(HEAD + body, { file: 'child.yaml', load: files({ 'small.yaml': SMALL, ...more }) })
const childOf = (body: string) => {
  const { framework, faults } = parseChild(body)
  if (faults) throw new Error(faults.map(formatFault).join('\n'))
  return framework
}
const faultsOf = (body: string, more: Record<string, string> = {}) =>
  (parseChild(body, more).faults ?? []).map(formatFault)

test('a document that only extends is the other one under its own id and version', () => {
  const base = parseFramework(SMALL).framework!
  expect(childOf('')).toEqual({ ...base, id: 'child', version: '0.1.0' })
})

test('entries override by id, field by field, and new ones are appended', () => {
  const framework = childOf(
    'roles:\n  - { id: architect, title: Lead, expectations: { testing: 1 } }\n  - { id: fellow, title: Fellow, tracks: [technical] }\n' +
      'transitions:\n  - { from: programmer, to: architect, kind: lateral }\n  - { from: architect, to: fellow }\n',
  )
  expect(framework.roles.map((role) => role.id)).toEqual(['programmer', 'architect', 'fellow'])
  const architect = framework.roles[1]!
  expect(architect.title).toBe('Lead')
  expect(architect.expectations).toEqual({
    security: { level: 2, kind: 'must' },
    testing: { level: 1, kind: 'must' },
  })
  expect(architect.duties.map((duty) => duty.id)).toEqual(['design'])
  expect(framework.transitions).toEqual([
    { from: 'programmer', to: 'architect', kind: 'lateral', years: { min: 2, max: 4 } },
    { from: 'architect', to: 'fellow', kind: 'promotion' },
  ])
})

test('a text overrides one language, or all when it is a plain string', () => {
  const framework = childOf(
    'roles:\n  - { id: architect, title: { en: Lead } }\n  - { id: programmer, title: Coder }\n',
  )
  expect(framework.roles.map((role) => role.title)).toEqual(['Coder', { en: 'Lead', 'zh-Hans': '架构师' }])
})

test('a behaviour written under another level moves there, its text kept', () => {
  const framework = childOf(
    'competencies:\n  - id: security\n    behaviours: { 1: [{ id: sec-2 }], 2: [{ id: sec-3, text: Audits a team }] }\n',
  )
  expect(framework.competencies[0]?.behaviours).toEqual([
    {
      id: 'sec-1',
      text: { en: 'Reports a leaked key within the day', 'zh-Hans': '当天上报泄露的密钥' },
      level: 1,
    },
    {
      id: 'sec-2',
      text: { en: 'Writes the threat model of a service', 'zh-Hans': '为一个服务写威胁模型' },
      level: 1,
    },
    { id: 'sec-3', text: 'Audits a team', level: 2 },
  ])
})

test('null takes an inherited field away', () => {
  expect(
    childOf('transitions:\n  - { from: programmer, to: architect, years: null }\n').transitions[0],
  ).toEqual({
    from: 'programmer',
    to: 'architect',
    kind: 'promotion',
  })
})

test('remove takes entries away, and what refers to a removed competency or role goes with it', () => {
  const framework = childOf(
    'remove: { competencies: [security], duties: { architect: [design] }, behaviours: [test-2] }\n',
  )
  expect(framework.competencies.map((one) => one.id)).toEqual(['testing'])
  expect(framework.competencies[0]?.behaviours.map((one) => one.id)).toEqual(['test-1'])
  expect(framework.roles.map((role) => Object.keys(role.expectations))).toEqual([['testing'], ['testing']])
  expect(framework.roles.map((role) => role.duties.map((duty) => duty.competencies))).toEqual([
    [['testing']],
    [],
  ])
  expect(childOf('remove: { roles: [architect] }\n').transitions).toEqual([])
  expect(
    Object.keys(childOf('remove: { expectations: { architect: [testing] } }\n').roles[1]!.expectations),
  ).toEqual(['security'])
})

test('removing what is not there is a fault with the nearest id', () => {
  expect(faultsOf('remove: { roles: [architct], duties: { programer: [fix] } }\n')).toEqual([
    'child.yaml:5:19 FW032 remove.roles[0]: expected an id that the extended framework has, got "architct"; did you mean "architect"?',
    'child.yaml:5:40 FW032 remove.duties.programer: expected an id that the extended framework has, got "programer"; did you mean "programmer"?',
  ])
})

test('faults carry the file in which the node stands', () => {
  const broken = {
    'small.yaml': SMALL.replace(
      'area: craft\n    title: { en: Testing',
      'area: crft\n    title: { en: Testing',
    ),
  }
  expect(faultsOf('roles:\n  - { id: architect, expectations: { securty: 2 } }\n', broken)).toEqual([
    expect.stringMatching(
      /^small\.yaml:\d+:11 FW020 competencies\[1\]\.area: .*"crft"; did you mean "craft"\?$/,
    ),
    expect.stringMatching(
      /^child\.yaml:6:38 FW020 roles\[1\]\.expectations\.securty: .*did you mean "security"\?$/,
    ),
  ])
})

test('an id that stands twice in the extending document is a fault, not an override of itself', () => {
  expect(faultsOf('roles:\n  - { id: architect }\n  - { id: architect }\n')[0]).toMatch(
    /^child\.yaml:7:5 FW011|^child\.yaml:7:11 FW021/,
  )
})

test('circles, missing files and documents without an id of their own are refused', () => {
  const circle = {
    'a.yaml': 'rungs: 1\nextends: ./b.yaml\nid: a\nversion: 1.0.0\n',
    'b.yaml': 'rungs: 1\nextends: ./a.yaml\nid: b\nversion: 1.0.0\n',
  }
  const codes = (text: string, file: string, load?: Load) =>
    parseFramework(text, { file, ...(load ? { load } : {}) }).faults?.map(
      (fault) => `${fault.file}:${fault.line} ${fault.code}`,
    )
  expect(codes(circle['a.yaml'], 'a.yaml', files(circle))).toEqual(['b.yaml:2 FW031'])
  expect(codes('extends: ./x.yaml\n', 'a.yaml', files({}))).toContain('a.yaml:1 FW030')
  expect(codes('extends: ./x.yaml\n', 'a.yaml')).toContain('a.yaml:1 FW030')
  expect(codes('rungs: 1\nextends: ./small.yaml\n', 'a.yaml', files({ 'small.yaml': SMALL }))).toEqual([
    'a.yaml:1 FW011',
    'a.yaml:1 FW011',
  ])
  let serial = 0
  const endless: Load = () => ({
    file: `${serial++}.yaml`,
    text: 'rungs: 1\nextends: ./next.yaml\nid: a\nversion: 1.0.0\n',
  })
  expect(codes('extends: ./next.yaml\nid: a\nversion: 1.0.0\n', 'a.yaml', endless)?.at(-1)).toMatch(/FW031$/)
})

const PLAIN = SMALL.replaceAll(/\{ en: ([^{},]+), zh-Hans: [^{}]+ \}/g, '$1')

test('translations are laid in by id: texts of entries, of behaviours by id alone, of lists by position', () => {
  const source = `${PLAIN.replace('    duties:\n      - { id: design', '    aliases: [Designer]\n    duties:\n      - { id: design')}translations:
  zh-Hans:
    title: 小阶梯
    scale: { levels: { 2: { title: 独立 } } }
    roles: { architect: { title: 架构师, aliases: { 1: 设计者 }, duties: { design: { title: 设计系统 } } } }
    behaviours: { sec-1: 当天上报泄露的密钥, sec-2: { text: 写威胁模型 } }
`
  const { framework, faults } = parseFramework(source)
  expect(faults).toBeUndefined()
  expect(framework?.title).toEqual({ en: 'Small ladder', 'zh-Hans': '小阶梯' })
  expect(framework?.scale.levels[1]?.title).toEqual({ en: 'Works', 'zh-Hans': '独立' })
  expect(framework?.roles[1]).toMatchObject({
    title: { 'zh-Hans': '架构师' },
    aliases: [{ en: 'Designer', 'zh-Hans': '设计者' }],
  })
  expect(framework?.roles[1]?.duties[0]?.title).toEqual({ en: 'Designs systems', 'zh-Hans': '设计系统' })
  expect(framework?.competencies[0]?.behaviours.map((one) => one.text)).toEqual([
    { en: 'Reports a leaked key within the day', 'zh-Hans': '当天上报泄露的密钥' },
    { en: 'Writes the threat model of a service', 'zh-Hans': '写威胁模型' },
  ])
})

test('a translation may be in a file of its own, and its faults carry that file', () => {
  const load = files({
    'zh.yaml': 'title: 小阶梯\nroles:\n  architct: { title: 架构师 }\nbehaviours:\n  sec-9: 无\n',
  })
  const { faults } = parseFramework(`${PLAIN}translations: { zh-Hans: ./zh.yaml }\n`, {
    file: 'a.yaml',
    load,
  })
  expect(faults?.map(formatFault)).toEqual([
    'zh.yaml:3:3 FW033 roles.architct: expected an entry that the framework has, got "roles.architct"; did you mean "architect"?',
    'zh.yaml:5:3 FW033 behaviours.sec-9: expected an entry that the framework has, got "behaviours.sec-9"; did you mean "sec-1"?',
  ])
})

test('a language that is not declared is a fault where it is written', () => {
  const { faults } = parseFramework(
    SMALL.replace('title: { en: Architect, zh-Hans:', 'title: { en: Architect, fr:'),
    { file: 'a.yaml' },
  )
  expect(faults?.map(formatFault)).toEqual([
    expect.stringMatching(
      /^a\.yaml:43:29 FW026 roles\[1\]\.title\.fr: expected the id of a declared language \(en, zh-Hans\), got "fr"/,
    ),
  ])
})
