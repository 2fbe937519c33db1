// Checks what a schema cannot: that ids exist and are unique, and that levels, years and languages agree.
// Works on the document as written, so that these faults are reported together with those of its shape.
import type { Mismatch } from './check-shape.ts'
import { entryKey, isMapValue, listOf, mapOf, own, TEXT_KEYS, type RawMap } from './document.ts'
import { checkScoring } from './check-scoring.ts'
import { describeValue, type FaultCode, type FaultPath } from './fault.ts'

const MOST_LISTED = 8

/** All reference faults of a document without `extends`, whatever its shape; parts of a wrong shape are passed over. */
export function checkReferences(document: RawMap, lintRules: readonly string[]): Mismatch[] {
  const out: Mismatch[] = []
  const report = (
    code: FaultCode,
    path: FaultPath,
    expected: string,
    got: string,
    extra: Partial<Mismatch> = {},
  ) => out.push({ code, path, expected, got, ...extra })

  const collect = (list: unknown, path: FaultPath, what: string, seen = new Set<string>()): Set<string> => {
    for (const [index, entry] of listOf(list).entries()) {
      const id = own(mapOf(entry), 'id')
      if (typeof id !== 'string') continue
      if (seen.has(id)) report('FW021', [...path, index, 'id'], `each ${what} id once`, `"${id}" again`)
      seen.add(id)
    }
    return seen
  }
  const refer = (
    value: unknown,
    known: ReadonlySet<string>,
    path: FaultPath,
    what: string,
    extra: Partial<Mismatch> = {},
  ) => {
    if (typeof value !== 'string' || known.has(value)) return
    const list =
      known.size === 0 ? ' (there is none)' : known.size <= MOST_LISTED ? ` (${[...known].join(', ')})` : ''
    report('FW020', path, `the id of ${/^[aeio]/.test(what) ? 'an' : 'a'} ${what}${list}`, `"${value}"`, {
      suggest: { word: value, from: known },
      ...extra,
    })
  }

  const section = (key: string) => own(document, key)
  const sources = collect(section('sources'), ['sources'], 'source')
  const tracks = collect(section('tracks'), ['tracks'], 'track')
  const schemes = collect(section('gradeSchemes'), ['gradeSchemes'], 'grade scheme')
  const areas = collect(section('areas'), ['areas'], 'area')
  const competencies = collect(section('competencies'), ['competencies'], 'competency')
  const roles = collect(section('roles'), ['roles'], 'role')
  collect(section('orgRules'), ['orgRules'], 'org rule')
  for (const [index, scheme] of listOf(section('gradeSchemes')).entries()) {
    refer(own(mapOf(scheme), 'source'), sources, ['gradeSchemes', index, 'source'], 'source')
  }

  const checkScale = (scale: unknown, path: FaultPath): number => {
    const levels = listOf(own(mapOf(scale), 'levels'))
    for (const [index, entry] of levels.entries()) {
      const level = own(mapOf(entry), 'level')
      if (typeof level === 'number' && level !== index + 1) {
        report(
          'FW024',
          [...path, 'levels', index, 'level'],
          `level ${index + 1} (levels run 1, 2, 3 … in order)`,
          `${level}`,
        )
      }
    }
    return levels.length
  }
  const ownTop = checkScale(section('scale'), ['scale'])

  const tops = new Map<string, number>()
  const behaviours = new Set<string>()
  for (const [index, entry] of listOf(section('competencies')).entries()) {
    const competency = mapOf(entry)
    const path = ['competencies', index]
    refer(own(competency, 'area'), areas, [...path, 'area'], 'area')
    const scale = own(competency, 'scale')
    const top = scale === undefined ? ownTop : checkScale(scale, [...path, 'scale'])
    const id = own(competency, 'id')
    if (typeof id === 'string') tops.set(id, top)
    for (const [level, list] of Object.entries(mapOf(own(competency, 'behaviours')))) {
      const at = [...path, 'behaviours', level]
      if (/^\d{1,2}$/.test(level) && top > 0 && (Number(level) < 1 || Number(level) > top)) {
        report('FW022', at, `a level of the scale, 1 to ${top}`, level, { aim: 'key' })
      }
      collect(list, at, 'behaviour', behaviours)
      for (const [position, behaviour] of listOf(list).entries()) {
        refer(own(mapOf(behaviour), 'source'), sources, [...at, position, 'source'], 'source')
      }
    }
  }

  const checkYears = (years: unknown, path: FaultPath) => {
    const { min, max } = mapOf(years)
    if (typeof min === 'number' && typeof max === 'number' && min > max) {
      report('FW023', [...path, 'max'], `at least the min of ${min} years`, describeValue(max))
    }
  }
  const checkExpectations = (map: unknown, path: FaultPath) => {
    for (const [id, value] of Object.entries(mapOf(map))) {
      refer(id, competencies, [...path, id], 'competency', { aim: 'key' })
      const level = isMapValue(value) ? own(value, 'level') : value
      const top = tops.get(id) ?? 0
      if (typeof level === 'number' && Number.isInteger(level) && top > 0 && level > top) {
        const at = isMapValue(value) ? [...path, id, 'level'] : [...path, id]
        report('FW022', at, `a level of ${id}, 0 to ${top}`, `${level}`)
      }
    }
  }
  const checkFacts = (role: RawMap, path: FaultPath) => {
    for (const [index, fact] of listOf(own(role, 'facts')).entries()) {
      refer(own(mapOf(fact), 'source'), sources, [...path, 'facts', index, 'source'], 'source')
    }
  }
  const checkDuties = (role: RawMap, path: FaultPath, seen: Set<string>) => {
    collect(own(role, 'duties'), [...path, 'duties'], 'duty', seen)
    for (const [index, entry] of listOf(own(role, 'duties')).entries()) {
      const duty = mapOf(entry)
      refer(own(duty, 'source'), sources, [...path, 'duties', index, 'source'], 'source')
      for (const [position, id] of listOf(own(duty, 'competencies')).entries()) {
        refer(id, competencies, [...path, 'duties', index, 'competencies', position], 'competency')
      }
    }
  }

  for (const [index, entry] of listOf(section('roles')).entries()) {
    const role = mapOf(entry)
    const path = ['roles', index]
    for (const [position, id] of listOf(own(role, 'tracks')).entries())
      refer(id, tracks, [...path, 'tracks', position], 'track')
    checkFacts(role, path)
    for (const [position, experience] of listOf(own(role, 'experience')).entries()) {
      refer(own(mapOf(experience), 'source'), sources, [...path, 'experience', position, 'source'], 'source')
      checkYears(own(mapOf(experience), 'years'), [...path, 'experience', position, 'years'])
    }
    for (const [position, disagreement] of listOf(own(role, 'disagreements')).entries()) {
      for (const [place, claim] of listOf(own(mapOf(disagreement), 'claims')).entries()) {
        refer(
          own(mapOf(claim), 'source'),
          sources,
          [...path, 'disagreements', position, 'claims', place, 'source'],
          'source',
        )
      }
    }
    collect(own(role, 'grades'), [...path, 'grades'], 'grade')
    for (const [position, grade] of listOf(own(role, 'grades')).entries()) {
      refer(own(mapOf(grade), 'scheme'), schemes, [...path, 'grades', position, 'scheme'], 'grade scheme')
    }
    checkExpectations(own(role, 'expectations'), [...path, 'expectations'])
    const duties = new Set<string>()
    checkDuties(role, path, duties)
    collect(own(role, 'variants'), [...path, 'variants'], 'variant')
    for (const [position, variantEntry] of listOf(own(role, 'variants')).entries()) {
      const variant = mapOf(variantEntry)
      const at = [...path, 'variants', position]
      checkFacts(variant, at)
      checkExpectations(own(variant, 'expectations'), [...at, 'expectations'])
      checkDuties(variant, at, new Set(duties))
    }
  }

  const edges = new Set<string>()
  for (const [index, entry] of listOf(section('transitions')).entries()) {
    const transition = mapOf(entry)
    const path = ['transitions', index]
    const { from, to } = transition
    refer(from, roles, [...path, 'from'], 'role')
    refer(to, roles, [...path, 'to'], 'role')
    refer(own(transition, 'source'), sources, [...path, 'source'], 'source')
    checkYears(own(transition, 'years'), [...path, 'years'])
    if (typeof from === 'string' && from === to)
      report('FW025', [...path, 'to'], 'another role than the one it leaves', `"${to}"`)
    const key = entryKey(transition)
    if (key !== undefined && edges.has(key)) report('FW027', path, 'each transition once', `${key} again`)
    if (key !== undefined) edges.add(key)
  }

  for (const [index, entry] of listOf(section('orgRules')).entries()) {
    const rule = mapOf(entry)
    const asks = mapOf(own(rule, 'asks'))
    refer(own(asks, 'role'), roles, ['orgRules', index, 'asks', 'role'], 'role')
    refer(own(rule, 'source'), sources, ['orgRules', index, 'source'], 'source')
    const { atLeast, atMost } = asks
    if (typeof atLeast === 'number' && typeof atMost === 'number' && atLeast > atMost) {
      report('FW023', ['orgRules', index, 'asks', 'atMost'], `at least ${atLeast}`, `${atMost}`)
    }
    for (const [position, condition] of listOf(own(rule, 'when')).entries()) {
      const { over, atLeast: from, under } = mapOf(condition)
      const at = ['orgRules', index, 'when', position]
      if (isMapValue(condition) && over === undefined && from === undefined && under === undefined) {
        report('FW028', at, 'a limit: over, atLeast or under', 'none')
      }
      const least = typeof over === 'number' ? over : from
      if (typeof least === 'number' && typeof under === 'number' && least >= under) {
        report('FW023', [...at, 'under'], `more than ${least}`, `${under}`)
      }
    }
  }

  checkScoring(section('scoring'), { refer, report, competencies: tops, roles, behaviours })
  for (const [index, rule] of listOf(own(mapOf(section('lint')), 'off')).entries()) {
    refer(rule, new Set(lintRules), ['lint', 'off', index], 'lint rule')
  }
  checkLanguages(document, refer)
  return out
}

/** Every language that a text is written in is declared. */
function checkLanguages(
  document: RawMap,
  refer: (
    value: unknown,
    known: ReadonlySet<string>,
    path: FaultPath,
    what: string,
    extra: Partial<Mismatch>,
  ) => void,
) {
  const written = own(document, 'languages')
  const declared = new Set(
    written === undefined ? ['en'] : listOf(written).filter((tag) => typeof tag === 'string'),
  )
  const walk = (value: unknown, path: (string | number)[], isText: boolean): void => {
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) {
        path.push(index)
        walk(entry, path, isText)
        path.pop()
      }
    } else if (isMapValue(value)) {
      for (const [key, entry] of Object.entries(value)) {
        path.push(key)
        if (!isText) walk(entry, path, TEXT_KEYS.has(key))
        else if (!declared.has(key))
          refer(key, declared, [...path], 'declared language', { code: 'FW026', aim: 'key' })
        path.pop()
      }
    }
  }
  walk(document, [], false)
}
