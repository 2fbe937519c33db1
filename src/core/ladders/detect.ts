// Recognises a ladder's shape without a recipe, and proposes one: found patterns, what they would make, how sure.
import { detectDocuments } from './detect-document.ts'
import { detectTables } from './detect-table.ts'
import { detectTrees } from './detect-tree.ts'
import type { Proposal } from './proposal.ts'
import { importLadder, parseRecipe, type ImportReport } from './import-ladder.ts'
import type { LeaveOut, Recipe, RecipeInput } from './recipe.ts'
import { walk, type LadderSource, type SourceNode } from './source.ts'
import { slug } from './stable-id.ts'

export interface Detection {
  readonly recipe: Recipe
  /** 0 to 1: how much of the ladder the proposal keeps, less what it lacks (levels, roles, behaviours). */
  readonly confidence: number
  /** What was recognised, and what was not, in plain words. */
  readonly reasons: readonly string[]
  /** What the recipe makes of the source. */
  readonly report: ImportReport
}

const SIDE_FILES: LeaveOut[] = [
  { file: '**/LICENSE*|**/license*|**/LICENCE*|**/licence*', reason: 'a licence' },
  {
    file: '**/SOURCE.txt|**/CONTRIBUTING*|**/CHANGELOG*|**/CODE_OF_CONDUCT*',
    reason: 'about the files, not about roles',
  },
]

/**
 * The most fitting recipe for a source, or undefined where nothing like a ladder is in it. Every way of reading it is
 * tried and what it makes is measured; `name` becomes the framework's id and title.
 */
export function detectRecipe(source: LadderSource, name = 'ladder'): Detection | undefined {
  const files = source.files.filter((file) => !isSideFile(file))
  const schemas = files.filter(isSchema)
  const ladder = files.filter((file) => !schemas.includes(file) && !hasTwin(file, files))
  const twins = files.filter((file) => hasTwin(file, files))
  const leaveOut: LeaveOut[] = [
    ...SIDE_FILES,
    ...schemas.map(({ place }) => ({ file: place.file, reason: 'a schema of other files' })),
    ...twins.map(({ place }) => ({ file: place.file, reason: 'the same table in another format' })),
    ...navigation(ladder),
  ]
  const hidden = new Set(ladder.flatMap((file) => navigationOf(file).flatMap((node) => [...walk(node)])))
  const shapes = [
    ['tree', detectTrees(ladder)],
    ['table', detectTables(ladder, hidden)],
    ['headings', detectDocuments(ladder, hidden)],
  ] as const
  const found = shapes.flatMap(([shape, proposal]) =>
    proposal && proposal.rules.length > 0 ? [{ shape, proposal }] : [],
  )
  const choices = [...found.map((one) => [one]), ...(found.length > 1 ? [found] : [])]
  let best: Detection | undefined
  for (const choice of choices) {
    const detection = tryOut(source, name, choice, leaveOut)
    if (detection && (!best || detection.confidence > best.confidence)) best = detection
  }
  return best
}

function tryOut(
  source: LadderSource,
  name: string,
  choice: readonly { shape: NonNullable<Recipe['shape']>; proposal: Proposal }[],
  leaveOut: readonly LeaveOut[],
): Detection | undefined {
  const input: RecipeInput = {
    recipe: 1,
    framework: { id: slug(name) || 'ladder', title: name },
    shape: choice[0]!.shape,
    scale: choice.find(({ proposal }) => proposal.scale?.length)?.proposal.scale ?? [],
    rules: [
      ...choice.flatMap(({ proposal }) => proposal.rules),
      // What no pattern explains is kept as words, so that nothing of the ladder is lost before a person looks at it.
      { make: 'framework', at: '**/*[~\\p{L}]', unused: true, description: '.' },
    ],
    leaveOut: [...leaveOut, ...choice.flatMap(({ proposal }) => proposal.leaveOut ?? [])],
  }
  const parsed = parseRecipe(input)
  if (!parsed.recipe) return undefined
  const { framework, report } = importLadder(source, parsed.recipe)
  if (!framework) return undefined
  const { counts, characters, pieces } = report
  const onlyKept = pieces.filter(
    ({ outcome, targets }) => outcome === 'conserved' && targets.every((target) => target === 'framework'),
  )
  const unexplained =
    onlyKept.reduce((sum, { text }) => sum + text.length, 0) /
    Math.max(
      1,
      pieces.reduce((sum, { text, outcome }) => sum + (outcome === 'left-out' ? 0 : text.length), 0),
    )
  const lacks = [
    ...(counts.behaviours === 0 ? ['no behaviours were recognised'] : []),
    ...(counts.roles === 0 ? ['no roles were recognised'] : []),
    ...(counts.levels < 2 ? ['no levels were recognised'] : []),
  ]
  const confidence = Math.max(
    0.05,
    characters.share * (1 - 0.7 * unexplained) -
      (counts.behaviours === 0 ? 0.3 : 0) -
      (counts.roles === 0 ? 0.1 : 0) -
      (counts.levels < 2 ? 0.1 : 0),
  )
  const reasons = [
    ...choice.flatMap(({ proposal }) => proposal.reasons),
    ...lacks,
    ...(unexplained > 0.02
      ? [`${Math.round(unexplained * 100)} % of the words fit no pattern; they are kept in the description`]
      : []),
  ]
  return { recipe: parsed.recipe, confidence, reasons, report }
}

const isSideFile = ({ place }: SourceNode) =>
  /(^|\/)(licen[cs]e|source\.txt$|contributing|changelog|code_of_conduct)/i.test(place.file)
const isSchema = (file: SourceNode) =>
  file.children.some(({ name }) => name === '$schema') &&
  file.children.some(({ name }) => name === 'properties' || name === 'definitions' || name === '$defs')

/** A JSON file beside a CSV file of the same name. */
const hasTwin = ({ attributes }: SourceNode, files: readonly SourceNode[]) =>
  attributes['extension'] === 'json' &&
  files.some(
    (other) =>
      other.attributes['extension'] === 'csv' &&
      other.attributes['base'] === attributes['base'] &&
      other.attributes['folder'] === attributes['folder'],
  )

const NAVIGATION = /^(?:nav|header|footer|aside)$/
const NAVIGATION_NAME = /(?:^|[-_ ])(?:toc|nav|navbar|menu|sidebar|breadcrumbs?|footer)(?:$|[-_ ])/i

/** Parts of pages that lead to other pages. */
function navigationOf(file: SourceNode): SourceNode[] {
  return [...walk(file)].filter(
    ({ name, attributes }) =>
      name === 'section' &&
      (NAVIGATION.test(attributes['tag'] ?? '') || NAVIGATION_NAME.test(attributes['id'] ?? '')),
  )
}

function navigation(files: readonly SourceNode[]): LeaveOut[] {
  const names = new Set<string>()
  for (const node of files.flatMap(navigationOf)) {
    const id = node.attributes['id'] ?? ''
    names.add(
      NAVIGATION.test(node.attributes['tag'] ?? '') ? `[@tag=${node.attributes['tag']}]` : `[@id=${id}]`,
    )
  }
  return [...names]
    .slice(0, 50)
    .map((condition) => ({ at: `**/section${condition}`, reason: 'navigation between pages' }))
}
