// What a passage can be made into: the choices of the mapping, as rules of a recipe, and what each passage became.
import type { Piece } from '../../../core/ladders/conservation.ts'
import type { Recipe, Rule } from '../../../core/ladders/recipe.ts'

/** What a person can choose for a passage. `own` is the field that takes its text, `needs` are read from elsewhere. */
export const MEANINGS = {
  competency: { make: 'competency', own: 'title', needs: [] },
  'competency-text': { make: 'competency', own: 'description', needs: ['key'] },
  behaviour: { make: 'behaviour', own: 'text', needs: ['competency', 'level'] },
  level: { make: 'level', own: 'title', needs: [] },
  'level-text': { make: 'level', own: 'description', needs: ['key'] },
  role: { make: 'role', own: 'title', needs: [] },
  'role-text': { make: 'role', own: 'summary', needs: ['key'] },
  expectation: { make: 'expectation', own: 'level', needs: ['role', 'competency'] },
  duty: { make: 'duty', own: 'title', needs: ['role'] },
  fact: { make: 'fact', own: 'text', needs: ['role'] },
  grade: { make: 'grade', own: 'key', needs: ['role'] },
  area: { make: 'area', own: 'title', needs: [] },
  track: { make: 'track', own: 'title', needs: [] },
  weight: { make: 'weight', own: 'weight', needs: ['competency'] },
  band: { make: 'band', own: 'title', needs: ['from'] },
  framework: { make: 'framework', own: 'description', needs: [] },
} as const
export type Meaning = keyof typeof MEANINGS
export const MEANING_NAMES = Object.keys(MEANINGS) as Meaning[]

/** What a passage became, for its colour and label. */
export type Became =
  | 'competency'
  | 'behaviour'
  | 'level'
  | 'role'
  | 'expectation'
  | 'duty'
  | 'area'
  | 'scoring'
  | 'words'
  | 'left-out'
  | 'missing'
export const BECAME: readonly Became[] = [
  'competency',
  'behaviour',
  'level',
  'role',
  'expectation',
  'duty',
  'area',
  'scoring',
  'words',
  'left-out',
  'missing',
]

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase()

/** The words by which a recipe or framework calls its levels. */
export function levelNames(recipe: Recipe, titles: readonly string[]): ReadonlySet<string> {
  return new Set([...titles, ...recipe.scale.flatMap(({ title, aliases }) => [title, ...aliases])].map(plain))
}

/** What a piece of the report became. A reference counts as what it points to. */
export function becameOf(piece: Piece, recipe: Recipe, levels: ReadonlySet<string>): Became {
  if (piece.outcome !== 'conserved') return piece.outcome
  const kinds = new Set(piece.targets.map((target) => target.split('.')[0]))
  if (kinds.has('behaviours')) return 'behaviour'
  if (kinds.has('scale') || levels.has(plain(piece.text))) return 'level'
  const make: Rule['make'] | undefined = piece.rule === undefined ? undefined : recipe.rules[piece.rule]?.make
  if (make === 'weight' || make === 'band') return 'scoring'
  if (make === 'expectation') return 'expectation'
  if (make === 'duty' && kinds.has('roles')) return 'duty'
  if (kinds.has('competencies')) return 'competency'
  if (kinds.has('roles')) return 'role'
  if (kinds.has('areas') || kinds.has('tracks')) return 'area'
  return kinds.has('scoring') ? 'scoring' : 'words'
}
