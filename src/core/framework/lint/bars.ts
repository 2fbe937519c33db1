// Rules about what is asked and whether it can be measured: expectations, duties, levels.
import { textIn, type Competency, type Expectation, type Framework, type Role } from '../model.ts'
import type { Report } from './finding.ts'

export function checkBars(framework: Framework, report: Report): void {
  const competencies = new Map(framework.competencies.map((competency) => [competency.id, competency]))
  const fallen = checkFalls(framework, competencies, report)
  checkDuties(framework, report)
  for (const competency of framework.competencies) checkLevels(framework, competency, report)
  for (const role of framework.roles) {
    checkMusts(role.expectations, ['roles', role.id], competencies, fallen, report)
    for (const variant of role.variants)
      checkMusts(
        variant.expectations,
        ['roles', role.id, 'variants', variant.id],
        competencies,
        fallen,
        report,
      )
  }
}

/**
 * A fall is where both roles ask and the higher asks less: a role that does not speak of a competency is not at
 * level 0. A fall with a `note` that says why is meant, and is not reported. An expectation is reported once, whoever
 * asks more below it. Returns the reported places.
 */
function checkFalls(
  framework: Framework,
  competencies: Map<string, Competency>,
  report: Report,
): ReadonlySet<string> {
  const roles = new Map(framework.roles.map((role) => [role.id, role]))
  const falls = new Map<string, { path: string[]; lower: Set<string>; asked: string }>()
  for (const transition of framework.transitions) {
    const from = roles.get(transition.from)
    const to = roles.get(transition.to)
    if (transition.kind !== 'promotion' || !from || !to) continue
    for (const [id, before] of Object.entries(from.expectations)) {
      for (const [path, after] of barsOf(to, id)) {
        if (before.level <= after.level || after.note !== undefined) continue
        const what = textIn(competencies.get(id)?.title ?? id, 'en')
        const fall = falls.get(path.join('.')) ?? {
          path,
          lower: new Set<string>(),
          asked: `${textIn(to.title, 'en')} above it asks ${after.level}`,
        }
        fall.lower.add(`${textIn(from.title, 'en')} asks ${what} ${before.level}`)
        falls.set(path.join('.'), fall)
      }
    }
  }
  for (const { path, lower, asked } of falls.values())
    report(
      'expectation-falls',
      path,
      `${[...lower, asked].join(', ')}; raise it, or add a note that says why`,
    )
  return new Set(falls.keys())
}

function barsOf(role: Role, competency: string): [path: string[], expectation: Expectation][] {
  const holders: [string[], Record<string, Expectation>][] = [
    [['roles', role.id], role.expectations],
    ...role.variants.map((variant): [string[], Record<string, Expectation>] => [
      ['roles', role.id, 'variants', variant.id],
      variant.expectations,
    ]),
  ]
  return holders.flatMap(([path, expectations]) => {
    const expectation = expectations[competency]
    return expectation ? [[[...path, 'expectations', competency], expectation]] : []
  })
}

function checkDuties(framework: Framework, report: Report): void {
  const used = new Set<string>()
  for (const role of framework.roles) {
    for (const [path, duties] of [
      [['roles', role.id], role.duties] as const,
      ...role.variants.map(
        (variant) => [['roles', role.id, 'variants', variant.id], variant.duties] as const,
      ),
    ]) {
      for (const duty of duties) {
        for (const id of duty.competencies) used.add(id)
        if (duty.competencies.length > 0) continue
        report(
          'duty-without-competency',
          [...path, 'duties', duty.id],
          'names no competency that it exercises; add at least one',
        )
      }
    }
  }
  for (const { id } of framework.competencies) {
    if (!used.has(id))
      report(
        'competency-unused',
        ['competencies', id],
        'no duty of any role exercises it; add it to a duty, or drop it',
      )
  }
}

function checkLevels(framework: Framework, competency: Competency, report: Report): void {
  const described = new Set(competency.behaviours.map((behaviour) => behaviour.level))
  for (const { level } of (competency.scale ?? framework.scale).levels) {
    if (!described.has(level))
      report(
        'level-without-behaviour',
        ['competencies', competency.id, 'behaviours', String(level)],
        `level ${level} has no behaviour; write at least one`,
      )
  }
}

function checkMusts(
  expectations: Record<string, Expectation>,
  path: string[],
  competencies: Map<string, Competency>,
  fallen: ReadonlySet<string>,
  report: Report,
): void {
  for (const [id, { level, kind }] of Object.entries(expectations)) {
    if (kind !== 'must') continue
    const measured = competencies.get(id)?.behaviours.some((behaviour) => behaviour.level === level) ?? false
    // A fall to nothing is one fault, and was told as the fall that it is.
    if (measured || (level === 0 && fallen.has([...path, 'expectations', id].join('.')))) continue
    const message =
      level === 0
        ? 'a must at level 0 asks for nothing; raise it or drop it'
        : `a must at level ${level}, where no behaviour can measure it; write one, or make it a should`
    report('must-unmeasurable', [...path, 'expectations', id], message)
  }
}
