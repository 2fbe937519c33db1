// Changes of competencies and of their behaviours, which are told apart by id wherever they stand.
import type { Behaviour, Framework } from '../model.ts'
import { same, type Comparison } from './comparison.ts'

export function diffCompetencies(before: Framework, after: Framework, comparison: Comparison): void {
  comparison.pair(
    'Competencies',
    ['competencies'],
    'Competency',
    before.competencies,
    after.competencies,
    (old, now, path) => {
      const label = `Competency "${comparison.words(now.title)}"`
      comparison.fields('Competencies', path, label, old, now, ['behaviours', 'scale'])
      comparison.scale(path, `${label}, its scale`, old.scale, now.scale)
      // An empty scale of its own cannot be: one that comes or goes shows as its levels.
      diffOrder(old.behaviours, now.behaviours, path, label, comparison)
    },
  )
  diffBehaviours(before, after, comparison)
}

interface Standing {
  readonly competency: string
  readonly behaviour: Behaviour
}

function diffBehaviours(before: Framework, after: Framework, comparison: Comparison): void {
  const index = (framework: Framework) =>
    new Map(
      framework.competencies.flatMap(({ id, behaviours }) =>
        behaviours.map((behaviour): [string, Standing] => [behaviour.id, { competency: id, behaviour }]),
      ),
    )
  const [old, now] = [index(before), index(after)]
  const kept = (framework: Framework) => new Set(framework.competencies.map(({ id }) => id))
  const [oldCompetencies, nowCompetencies] = [kept(before), kept(after)]
  const place = ({ competency, behaviour }: Standing) =>
    `${comparison.competencyTitle(competency)} ${behaviour.level}`

  for (const [id, standing] of old) {
    // What goes with its whole competency was said with it.
    if (now.has(id) || !nowCompetencies.has(standing.competency)) continue
    comparison.add(
      'removed',
      'Behaviours',
      ['behaviours', id],
      `${place(standing)} loses "${comparison.words(standing.behaviour.text)}"`,
      standing.behaviour,
    )
  }
  for (const [id, standing] of now) {
    const path = ['behaviours', id]
    const earlier = old.get(id)
    if (earlier === undefined) {
      if (!oldCompetencies.has(standing.competency)) continue
      comparison.add(
        'added',
        'Behaviours',
        path,
        `${place(standing)} gains "${comparison.words(standing.behaviour.text)}"`,
        undefined,
        standing.behaviour,
      )
      continue
    }
    if (earlier.competency !== standing.competency || earlier.behaviour.level !== standing.behaviour.level) {
      const message = `"${comparison.words(standing.behaviour.text)}" now stands at ${place(standing)}, was ${place(earlier)}`
      comparison.add('moved', 'Behaviours', path, message, place(earlier), place(standing))
    }
    comparison.fields(
      'Behaviours',
      path,
      `Behaviour ${id} (${place(standing)})`,
      earlier.behaviour,
      standing.behaviour,
      ['level'],
    )
  }
}

function diffOrder(
  old: readonly Behaviour[],
  now: readonly Behaviour[],
  path: string[],
  label: string,
  comparison: Comparison,
): void {
  const level = new Map(now.map(({ id, level: at }) => [id, at]))
  const unmoved = new Set(
    old.flatMap((behaviour) => (level.get(behaviour.id) === behaviour.level ? [behaviour.id] : [])),
  )
  const ids = (list: readonly Behaviour[]) => list.map(({ id }) => id).filter((id) => unmoved.has(id))
  if (!same(ids(old), ids(now)))
    comparison.add(
      'reordered',
      'Behaviours',
      [...path, 'behaviours'],
      `${label}: its behaviours stand in another order`,
    )
}
