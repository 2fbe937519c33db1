// Changes of roles: what they ask, what they do, and what is said of them.
import type { Duty, Expectation, Framework, Role, Variant } from '../model.ts'
import { same, type Comparison } from './comparison.ts'

export function diffRoles(before: Framework, after: Framework, comparison: Comparison): void {
  comparison.pair('Roles', ['roles'], 'Role', before.roles, after.roles, (old, now, path) => {
    const label = comparison.words(now.title)
    comparison.fields('Roles', path, label, old, now, [
      'expectations',
      'duties',
      'variants',
      'grades',
      'title',
    ])
    if (!same(old.title, now.title))
      comparison.text(
        'Roles',
        [...path, 'title'],
        `Role "${comparison.words(old.title)}"`,
        'title',
        old.title,
        now.title,
      )
    diffExpectations(old, now, path, label, comparison)
    diffDuties(old.duties, now.duties, path, label, comparison)
    comparison.entries('Roles', [...path, 'grades'], `${label}: grade`, old.grades, now.grades)
    comparison.pair(
      'Roles',
      [...path, 'variants'],
      `${label}: variant`,
      old.variants,
      now.variants,
      (was, is, at) => {
        const variant = `${label} (${comparison.words(is.title)})`
        comparison.fields('Roles', at, variant, was, is, ['expectations', 'duties'])
        diffExpectations(was, is, at, variant, comparison)
        diffDuties(was.duties, is.duties, at, variant, comparison)
      },
    )
  })
}

function diffExpectations(
  before: Role | Variant,
  after: Role | Variant,
  path: string[],
  label: string,
  comparison: Comparison,
): void {
  const [old, now] = [before.expectations, after.expectations]
  for (const id of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const at = [...path, 'expectations', id]
    const what = comparison.competencyTitle(id)
    const [was, is] = [old[id], now[id]]
    if (was === undefined && is !== undefined)
      comparison.add(
        'added',
        'Roles',
        at,
        `${label} now asks ${what} ${bar(is)}, did not before`,
        undefined,
        is,
      )
    else if (was !== undefined && is === undefined)
      comparison.add('removed', 'Roles', at, `${label} no longer asks ${what}, was ${bar(was)}`, was)
    else if (was !== undefined && is !== undefined) diffExpectation(was, is, at, label, what, comparison)
  }
}

function diffExpectation(
  was: Expectation,
  is: Expectation,
  at: string[],
  label: string,
  what: string,
  comparison: Comparison,
): void {
  const shifted = was.kind !== is.kind
  if (was.level !== is.level) {
    const [now, before] = shifted
      ? [`${is.level} as a ${is.kind}`, `${was.level} as a ${was.kind}`]
      : [`${is.level}`, `${was.level}`]
    comparison.add(
      is.level > was.level ? 'raised' : 'lowered',
      'Roles',
      at,
      `${label} now asks ${what} ${now}, was ${before}`,
      was,
      is,
    )
  } else if (shifted) {
    comparison.add(
      is.kind === 'must' ? 'raised' : 'lowered',
      'Roles',
      at,
      `${label} asks ${what} ${is.level} now as a ${is.kind}, was a ${was.kind}`,
      was,
      is,
    )
  }
  if (!same(was.note, is.note))
    comparison.text('Roles', [...at, 'note'], `${label}, ${what}`, 'note', was.note, is.note)
}

const bar = ({ level, kind }: Expectation): string => (kind === 'must' ? `${level}` : `${level} as a should`)

function diffDuties(
  before: readonly Duty[],
  after: readonly Duty[],
  path: string[],
  label: string,
  comparison: Comparison,
): void {
  comparison.pair('Roles', [...path, 'duties'], `${label}: duty`, before, after, (old, now, at) => {
    const duty = `${label}, duty "${comparison.words(now.title)}"`
    comparison.fields('Roles', at, duty, old, now, ['competencies'])
    if (same(old.competencies, now.competencies)) return
    const gained = now.competencies
      .filter((id) => !old.competencies.includes(id))
      .map(comparison.competencyTitle)
    const lost = old.competencies
      .filter((id) => !now.competencies.includes(id))
      .map(comparison.competencyTitle)
    const parts = [
      gained.length > 0 ? `now exercises ${gained.join(', ')}` : '',
      lost.length > 0 ? `no longer exercises ${lost.join(', ')}` : '',
    ]
    const message =
      parts.filter((part) => part !== '').join('; ') || 'names its competencies in another order'
    comparison.add(
      'changed',
      'Roles',
      [...at, 'competencies'],
      `${duty}: ${message}`,
      old.competencies,
      now.competencies,
    )
  })
}
