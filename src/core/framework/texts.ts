// Every text of a framework with the id path where it stands.
import type { Duty, Framework, Role, Text, Variant } from './model.ts'
import type { Band } from './scoring.ts'

export type TextKind = 'behaviour' | 'own words' | 'from a source'

export interface PlacedText {
  readonly path: readonly (string | number)[]
  readonly text: Text
  /** What a source says is in its author's sense; behaviours and the rest are the framework author's own words. */
  readonly kind: TextKind
}

/** All texts, in the order of the model. */
export function listTexts(framework: Framework): PlacedText[] {
  const out: PlacedText[] = []
  const add = (
    path: (string | number)[],
    holder: object,
    keys: readonly string[],
    kind: TextKind = 'own words',
  ) => {
    for (const key of keys) {
      const text = (holder as Record<string, Text | undefined>)[key]
      if (text !== undefined) out.push({ path: [...path, key], text, kind })
    }
  }
  const addDuties = (path: string[], duties: readonly Duty[]) => {
    for (const duty of duties) add([...path, 'duties', duty.id], duty, ['title', 'text'])
  }
  const addFacts = (path: string[], holder: Role | Variant) => {
    for (const [index, fact] of holder.facts.entries())
      add([...path, 'facts', index], fact, ['text'], 'from a source')
    for (const [id, expectation] of Object.entries(holder.expectations))
      add([...path, 'expectations', id], expectation, ['note'])
  }

  add([], framework, ['title', 'description'])
  for (const source of framework.sources)
    add(['sources', source.id], source, ['title', 'note'], 'from a source')
  for (const track of framework.tracks) add(['tracks', track.id], track, ['title', 'description'])
  for (const scheme of framework.gradeSchemes)
    add(['gradeSchemes', scheme.id], scheme, ['title', 'note'], 'from a source')
  for (const level of framework.scale.levels)
    add(['scale', 'levels', String(level.level)], level, ['title', 'description'])
  for (const area of framework.areas) add(['areas', area.id], area, ['title', 'description'])
  for (const competency of framework.competencies) {
    add(['competencies', competency.id], competency, ['title', 'description'])
    for (const level of competency.scale?.levels ?? []) {
      add(['competencies', competency.id, 'scale', 'levels', String(level.level)], level, [
        'title',
        'description',
      ])
    }
    for (const behaviour of competency.behaviours) {
      add(['behaviours', behaviour.id], behaviour, ['text'], 'behaviour')
      add(['behaviours', behaviour.id], behaviour, ['note'])
    }
  }
  for (const role of framework.roles) {
    const path = ['roles', role.id]
    add(path, role, ['title'])
    for (const [index, text] of role.aliases.entries())
      out.push({ path: [...path, 'aliases', index], text, kind: 'own words' })
    add(path, role, ['summary'])
    addFacts(path, role)
    for (const [index, experience] of role.experience.entries())
      add([...path, 'experience', index], experience, ['text'], 'from a source')
    for (const [index, disagreement] of role.disagreements.entries()) {
      add([...path, 'disagreements', index], disagreement, ['about'])
      for (const [place, claim] of disagreement.claims.entries()) {
        add([...path, 'disagreements', index, 'claims', place], claim, ['text'], 'from a source')
      }
    }
    for (const grade of role.grades)
      add([...path, 'grades', grade.id], grade, ['title', 'note'], 'from a source')
    addDuties(path, role.duties)
    for (const variant of role.variants) {
      const at = [...path, 'variants', variant.id]
      add(at, variant, ['title', 'summary'])
      addFacts(at, variant)
      addDuties(at, variant.duties)
    }
  }
  for (const { from, to, changes } of framework.transitions)
    add(['transitions', `${from}>${to}`], { changes }, ['changes'])
  for (const rule of framework.orgRules) add(['orgRules', rule.id], rule, ['title', 'text'])
  const addBands = (path: (string | number)[], bands: readonly Band[]) => {
    for (const [index, band] of bands.entries()) add([...path, 'bands', index], band, ['title'])
  }
  const { scoring } = framework
  if (scoring) {
    add(['scoring'], scoring, ['note'])
    if (scoring.model === 'points') addBands(['scoring'], scoring.bands)
    for (const set of scoring.model === 'weighted-mean' ? scoring.sets : []) {
      add(['scoring', 'sets', set.id], set, ['title'])
      addBands(['scoring', 'sets', set.id], set.bands)
    }
  }
  return out
}

/** A text's words by language; a plain string is in the framework's first language. */
export function wordsByLanguage(text: Text, framework: Framework): [language: string, words: string][] {
  return typeof text === 'string' ? [[framework.languages[0] ?? 'en', text]] : Object.entries(text)
}
