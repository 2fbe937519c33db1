// Parse and lint of a framework of 50 roles and 5,000 behaviours, as ratios to parsing its YAML or JSON alone.
import { parse } from 'yaml'

import { checkDocument } from '../src/core/framework/check-document.ts'
import { lintFramework } from '../src/core/framework/lint/lint.ts'
import { formatFramework } from '../src/core/framework/format.ts'
import type { Framework } from '../src/core/framework/model.ts'
import { parseFramework } from '../src/core/framework/parse.ts'

const ROLES = 50
const COMPETENCIES = 250
const LEVELS = 5
const PER_LEVEL = 4
const ROUNDS = 7

const text = (en: string, zh: string) => ({ en, 'zh-Hans': zh })
const range = (count: number) => Array.from({ length: count }, (_, index) => index)

const framework: Framework = {
  rungs: 1,
  id: 'large',
  version: '1.0.0',
  title: text('Large', '大'),
  languages: ['en', 'zh-Hans'],
  sources: [],
  tracks: [{ id: 'technical', title: text('Technical', '技术') }],
  gradeSchemes: [],
  scale: {
    levels: range(LEVELS).map((level) => ({
      level: level + 1,
      title: text(`Level ${level + 1}`, `${level + 1}级`),
    })),
  },
  areas: [{ id: 'craft', title: text('Craft', '手艺') }],
  competencies: range(COMPETENCIES).map((c) => ({
    id: `c${c}`,
    area: 'craft',
    title: text(`Competency ${c}`, `能力项${c}`),
    behaviours: range(LEVELS * PER_LEVEL).map((b) => ({
      id: `c${c}-${b}`,
      text: text(
        `Writes the report number ${c}-${b} on the load test of a module before its release`,
        `在模块发布之前撰写第${c}-${b}份压力测试报告`,
      ),
      level: Math.floor(b / PER_LEVEL) + 1,
    })),
  })),
  roles: range(ROLES).map((r) => ({
    id: `r${r}`,
    title: text(`Role ${r}`, `角色${r}`),
    aliases: [],
    tracks: ['technical'],
    facts: [],
    experience: [],
    disagreements: [],
    grades: [],
    expectations: Object.fromEntries(
      range(20).map((e) => [`c${(r * 5 + e) % COMPETENCIES}`, { level: LEVELS, kind: 'must' as const }]),
    ),
    duties: range(5).map((d) => ({
      id: `d${d}`,
      title: text(`Does task ${d}`, `完成任务${d}`),
      competencies: [`c${r * 5 + d}`],
    })),
    variants: [],
  })),
  transitions: range(ROLES - 1).map((r) => ({ from: `r${r}`, to: `r${r + 1}`, kind: 'promotion' as const })),
  orgRules: [],
}

const yaml = formatFramework(framework)
const json = formatFramework(framework, 'json')
const parsed = parseFramework(yaml)
if (parsed.framework === undefined) throw new Error('the generated framework has faults')
const { framework: read, locate } = parsed
const findings = lintFramework(read, { locate })

const document = JSON.parse(json) as unknown

const tasks: Record<string, () => unknown> = {
  'YAML parse alone': () => parse(yaml),
  'JSON parse alone': () => JSON.parse(json),
  'parseFramework of YAML': () => parseFramework(yaml),
  'parseFramework of JSON': () => parseFramework(json),
  'checkDocument of its data': () => checkDocument(document),
  lintFramework: () => lintFramework(read, { locate }),
  'formatFramework as YAML': () => formatFramework(read),
}
// Tasks take turns, so that a slow moment of the machine falls on all of them.
const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, [] as number[]]))
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, task] of Object.entries(tasks)) {
    const start = performance.now()
    task()
    times[name]!.push(performance.now() - start)
  }
}
const median = (name: string) => times[name]!.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
const behaviours = COMPETENCIES * LEVELS * PER_LEVEL
console.log(
  `${ROLES} roles, ${behaviours} behaviours in two languages; ${(yaml.length / 1e6).toFixed(2)} M characters of YAML, ${(json.length / 1e6).toFixed(2)} M of JSON; ${findings.length} findings; medians of ${ROUNDS} rounds`,
)
console.log('| task | ms | to YAML parse alone | to JSON parse alone |\n| --- | ---: | ---: | ---: |')
for (const name of Object.keys(tasks)) {
  const ms = median(name)
  console.log(
    `| ${name} | ${ms.toFixed(1)} | ${(ms / median('YAML parse alone')).toFixed(2)} | ${(ms / median('JSON parse alone')).toFixed(1)} |`,
  )
}
