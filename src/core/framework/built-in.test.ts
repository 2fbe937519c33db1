// Holds the two frameworks that ship with Rungs to what they promise: complete, bilingual, sourced and without findings.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

import { lintFramework } from './lint/lint.ts'
import type { Expectation, Framework, Role, Text } from './model.ts'
import { parseFramework, type Load } from './parse.ts'
import { reformatText } from './reformat.ts'
import { listTexts } from './texts.ts'

const textOf = (id: string) =>
  readFileSync(new URL(`../../../frameworks/${id}.yaml`, import.meta.url), 'utf8')
const load: Load = (reference) => ({ file: `frameworks/${reference}.yaml`, text: textOf(reference) })

function builtIn(id: string): Framework {
  const result = parseFramework(textOf(id), { file: `frameworks/${id}.yaml`, load })
  if (result.faults) throw new Error(result.faults.map((fault) => JSON.stringify(fault)).join('\n'))
  return result.framework
}

const wordsIn = (text: Text, language: string) => (typeof text === 'string' ? undefined : text[language])
const asked = (bar: Record<string, Expectation>) => Object.keys(bar).filter((id) => bar[id]!.level > 0)
const english = (role: Role, source: string) =>
  [...role.facts, ...role.variants.flatMap(({ facts }) => facts)]
    .filter((fact) => fact.source === source)
    .map(({ text }) => wordsIn(text, 'en'))
    .join('\n')

describe.each(['coder-to-cto', 'data-engineering'])('%s', (id) => {
  const framework = builtIn(id)
  const behaviours = framework.competencies.flatMap((competency) => competency.behaviours)

  test('has no lint finding', () => {
    expect(lintFramework(framework)).toEqual([])
  })

  test('is in canonical form', () => {
    expect(reformatText(textOf(id)).text).toBe(textOf(id))
  })

  test('has every text in English and in Chinese characters', () => {
    expect(framework.languages).toEqual(['en', 'zh-Hans'])
    const names = new Set(['CTO'])
    for (const { path, text } of listTexts(framework)) {
      expect(wordsIn(text, 'en'), path.join('.')).toMatch(/^[\u0020-\u007e]+$/)
      const chinese = wordsIn(text, 'zh-Hans')
      if (!names.has(chinese ?? '')) expect(chinese, path.join('.')).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  test('has 18 to 24 competencies on five levels with at least two behaviours each, all ids unique', () => {
    expect(framework.competencies.length).toBeGreaterThanOrEqual(18)
    expect(framework.competencies.length).toBeLessThanOrEqual(24)
    expect(framework.scale.levels.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5])
    for (const competency of framework.competencies) {
      for (const { level } of framework.scale.levels) {
        const count = competency.behaviours.filter((behaviour) => behaviour.level === level).length
        expect(count, `${competency.id} level ${level}`).toBeGreaterThanOrEqual(2)
      }
    }
    expect(new Set(behaviours.map((behaviour) => behaviour.id)).size).toBe(behaviours.length)
  })

  test('says each behaviour once in each language', () => {
    for (const language of framework.languages) {
      const words = behaviours.map(({ text }) => wordsIn(text, language))
      expect(new Set(words).size, language).toBe(words.length)
    }
  })

  test('asks 8 to 16 competencies of a role, each of them exercised by one of its duties', () => {
    for (const role of framework.roles) {
      const bar = asked(role.expectations)
      expect(bar.length, role.id).toBeGreaterThanOrEqual(8)
      expect(bar.length, role.id).toBeLessThanOrEqual(16)
      const exercised = new Set(role.duties.flatMap((duty) => duty.competencies))
      expect(
        bar.filter((competency) => !exercised.has(competency)),
        role.id,
      ).toEqual([])
    }
  })

  test('gives a reason for each expectation that it lets go', () => {
    const letGo = framework.roles.flatMap((role) =>
      Object.values(role.expectations).filter(({ level }) => level === 0),
    )
    for (const { note, kind } of letGo) expect([kind, note === undefined]).toEqual(['should', false])
  })
})

describe('coder-to-cto', () => {
  const framework = builtIn('coder-to-cto')
  const role = (id: string) => framework.roles.find((one) => one.id === id)!

  test('has the six roles on their tracks', () => {
    expect(framework.roles.map(({ id, tracks }) => [id, ...tracks])).toEqual([
      ['programmer', 'technical', 'management'],
      ['senior-programmer', 'technical', 'management'],
      ['architect', 'technical'],
      ['technical-manager', 'management'],
      ['technical-director', 'management'],
      ['cto', 'technical', 'management'],
    ])
  })

  test.each([
    [
      'programmer',
      '21cto',
      ['execution-level', 'requirements', 'cooperation and help', 'operational systems', 'data'],
    ],
    [
      'senior-programmer',
      'chen',
      [
        'core code',
        'challenges',
        'project management',
        'databases',
        'UML',
        'patterns',
        'algorithms',
        'P5 and P6',
      ],
    ],
    [
      'senior-programmer',
      '21cto',
      ['industrial grade', 'module', 'complex', 'Mentors', 'seven or eight', 'features', 'bugs'],
    ],
    [
      'architect',
      '21cto',
      [
        'distributed',
        'concurrent',
        'market',
        'technical debt',
        'layers',
        'interaction',
        'data management',
        'secure',
        'easy to operate',
        'core libraries',
        'discovery rules',
      ],
    ],
    ['architect', 'chen', ['e-commerce', 'caching', 'CDN', 'database scaling', 'business needs']],
    [
      'technical-manager',
      'chen',
      [
        'chose the management',
        'core modules',
        'Reviews code',
        'Allocates',
        'workload',
        'skills',
        'product, design, testing and operations',
      ],
    ],
    [
      'technical-manager',
      '21cto',
      [
        'Leads a team',
        'tasks',
        'risks',
        'tooling',
        'best practice',
        'newcomers',
        'hires',
        'retrospectives',
        'performance',
      ],
    ],
    [
      'technical-director',
      '21cto',
      [
        '20 people',
        'product lines',
        'resources',
        'platform teams',
        'architects',
        'departments',
        'internal coordination',
      ],
    ],
    [
      'technical-director',
      'chen',
      ['technical managers', 'business lines', "architect's expertise", 'platforms', 'strategy'],
    ],
    [
      'cto',
      '21cto',
      [
        'CEO, COO and CFO',
        'vision',
        'standards',
        'models for implementing',
        'high-performing',
        'frameworks',
        'employee development',
        'knowledge bases',
        'culture',
        'HR, marketing, finance and customer service',
        'reputation',
        'perspective',
        'learning',
        'market insight',
        'In the US',
        'In China',
      ],
    ],
    [
      'cto',
      'chen',
      [
        'highest',
        'business insight',
        'innovation',
        'research',
        'from end to end',
        'culture',
        'commercial, product and technical',
      ],
    ],
  ])('says of the %s what %s says', (id, source, words) => {
    const facts = english(role(id), source)
    expect(words.filter((word) => !facts.includes(word))).toEqual([])
  })

  test("keeps each source's years, and none for the roles that no source dates", () => {
    const years = (id: string) =>
      role(id).experience.flatMap(({ years: { min, max }, source }) => (source ? [[source, min, max]] : []))
    expect(years('programmer')).toEqual([['21cto', 3, 3]])
    expect(years('senior-programmer')).toEqual([
      ['chen', 3, 5],
      ['21cto', 7, 8],
    ])
    expect(years('architect')).toEqual([['chen', 5, 8]])
    expect(years('technical-director')).toEqual([['chen', 8, 10]])
    expect([...years('technical-manager'), ...years('cto')]).toEqual([])
  })

  test('keeps both sides where the sources disagree', () => {
    const sides = (id: string) =>
      role(id).disagreements.map(({ claims }) => new Set(claims.map(({ source }) => source)).size)
    expect([sides('senior-programmer'), sides('technical-director'), sides('cto')]).toEqual([[2], [2], [2]])
  })

  test('has the US and the Chinese CTO as variants with different bars', () => {
    const [us, cn] = role('cto').variants
    expect([us?.id, cn?.id]).toEqual(['us', 'cn'])
    expect(us?.expectations).not.toEqual(cn?.expectations)
    for (const variant of role('cto').variants)
      expect(variant.duties.map(({ source }) => source)).toEqual(['21cto', '21cto'])
  })

  test("marks Alibaba's grades as unofficial", () => {
    expect(role('senior-programmer').grades.map(({ id, scheme }) => [id, scheme])).toEqual([
      ['P5', 'alibaba'],
      ['P6', 'alibaba'],
    ])
    expect(framework.gradeSchemes).toEqual([
      expect.objectContaining({ id: 'alibaba', official: false, source: 'chen' }),
    ])
  })

  test('asks for a technical director above 20 developers on several product lines', () => {
    expect(framework.orgRules).toEqual([
      expect.objectContaining({
        when: [
          { measure: 'developers', over: 20 },
          { measure: 'product-lines', over: 1 },
        ],
        asks: { role: 'technical-director', atLeast: 1 },
        source: '21cto',
      }),
    ])
  })

  test('calls only the choice of management a transition of a source', () => {
    const sourced = framework.transitions.filter(({ source }) => source !== undefined)
    expect(sourced.map(({ from, to, source }) => [from, to, source])).toEqual([
      ['senior-programmer', 'technical-manager', 'chen'],
    ])
  })
})
