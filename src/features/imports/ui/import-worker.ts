// The importing thread of the page: reads files, recognises a ladder, applies corrections; nothing leaves the browser.
import { readOwnForm, type Told } from '../../../core/ladders/own-form.ts'
import { partSource, type LadderPart } from '../../../core/ladders/part-source.ts'
import { proposeRecipes } from '../../../core/ladders/rank-recipes.ts'
import { parseRecipeText } from '../../../core/ladders/recipe-text.ts'
import { isReadable, readLadder } from '../../../core/ladders/read-ladder.ts'
import { parseRecipe } from '../../../core/ladders/import-ladder.ts'
import { slug } from '../../../core/ladders/stable-id.ts'
import { formatPlace, LADDER_LIMITS, type LadderFile } from '../../../core/ladders/source.ts'
import type { Recipe } from '../../../core/ladders/recipe.ts'
import type { DroppedFile } from '../../../ui/components/drop-area.tsx'
import { correctRecipe, renameEntry, withScoring, type Corrected, type Correction } from './correct-recipe.ts'
import { ImportSession, resultOf, type Made, type PassageChoices, type ResultView } from './import-session.ts'
import { knownRecipes } from './known-recipes.ts'
import type { Reach } from './source-groups.ts'
import type { SourcePage } from './source-view.ts'

export type ImportRequest =
  | {
      readonly kind: 'read'
      readonly files: readonly DroppedFile[]
      readonly name: string
      /** They are one ladder, whatever they look like. */
      readonly together: boolean
      /** The known recipe by which they were told from others, to begin with. */
      readonly recipe?: string | undefined
    }
  | { readonly kind: 'propose'; readonly index: number }
  | { readonly kind: 'page'; readonly file: number; readonly from: number; readonly onlyMissing: boolean }
  | { readonly kind: 'find'; readonly target: string }
  | { readonly kind: 'choices'; readonly passage: number }
  | {
      readonly kind: 'correct'
      readonly passage: number
      readonly reach: Reach
      readonly correction: Correction
    }
  | {
      readonly kind: 'rename'
      readonly list: 'competencies' | 'roles'
      readonly id: string
      readonly title: string
    }
  | { readonly kind: 'scoring'; readonly scoring: unknown }
  | { readonly kind: 'name'; readonly id: string; readonly title: string }
  | { readonly kind: 'recipe'; readonly text: string }
  | { readonly kind: 'undo' }

/** A way to read the source: a known recipe, what detection finds, or nothing to begin with. */
export interface ProposalView {
  readonly kind: 'known' | 'detected' | 'hand'
  /** Of a known recipe. */
  readonly name?: string
  readonly confidence?: number
  readonly reasons: readonly string[]
}

export type Step = 'opening' | 'reading' | 'recognising' | 'mapping'

export type ImportAnswer =
  | {
      readonly kind: 'progress'
      readonly step: Step
      readonly name?: string
      readonly done?: number
      readonly of?: number
    }
  | { readonly kind: 'refused'; readonly faults: readonly Told[] }
  | { readonly kind: 'several'; readonly parts: readonly LadderPart[] }
  | {
      readonly kind: 'ready'
      readonly form: 'framework' | 'spreadsheet' | 'case'
      readonly result: ResultView
      readonly notes: readonly Told[]
      readonly milliseconds: number
    }
  | {
      readonly kind: 'mapped'
      readonly shape: string
      readonly proposals: readonly ProposalView[]
      /** The one that the recipe began with. */
      readonly chosen: number
      readonly made: Made
      readonly result: ResultView | undefined
      readonly changes: number
      readonly first: boolean
      readonly milliseconds: number
    }
  | { readonly kind: 'correction-refused'; readonly faults: readonly string[] }
  | { readonly kind: 'page'; readonly page: SourcePage; readonly mark?: number }
  | { readonly kind: 'choices'; readonly choices: PassageChoices }

let session: ImportSession | undefined
let proposals: readonly { readonly view: ProposalView; readonly recipe: Recipe }[] = []
let chosen = 0
const older: { readonly recipe: Recipe; readonly chosen: number }[] = []

function answer(message: ImportAnswer): void {
  postMessage(message)
}

async function read({
  files,
  name,
  together,
  recipe: told,
}: Extract<ImportRequest, { kind: 'read' }>): Promise<void> {
  const started = performance.now()
  const faults: Told[] = []
  const opened: LadderFile[] = []
  let total = 0
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
  for (const [at, { path, file }] of files.entries()) {
    if (!isReadable(path)) {
      if (files.length === 1)
        faults.push({
          place: path,
          message:
            'expected a table (csv, tsv, xlsx), a tree (yaml, json) or a document (md, html), got another kind of file',
        })
      continue
    }
    if (file.size > LADDER_LIMITS.fileBytes) {
      faults.push({
        place: path,
        message: `expected a file of at most ${LADDER_LIMITS.fileBytes / 1e6} MB, got ${megabytes(file.size)} MB`,
      })
      continue
    }
    total += file.size
    if (total > LADDER_LIMITS.totalBytes || opened.length >= LADDER_LIMITS.files) {
      faults.push({
        place: path,
        message: `expected at most ${LADDER_LIMITS.files} files of ${LADDER_LIMITS.totalBytes / 1e6} MB together, got more`,
      })
      break
    }
    answer({ kind: 'progress', step: 'opening', name: path, done: at, of: files.length })
    opened.push({ path, bytes: new Uint8Array(await file.arrayBuffer()) })
  }
  if (faults.length === 0 && opened.length === 0)
    faults.push({
      place: name,
      message: 'expected at least one file with something in it, got none that can be read',
    })
  if (faults.length > 0) return answer({ kind: 'refused', faults })
  answer({ kind: 'progress', step: 'reading', name, done: opened.length, of: opened.length })
  const source = readLadder(opened)
  const own = readOwnForm(opened, source)
  if (own?.faults) return answer({ kind: 'refused', faults: own.faults })
  if (own)
    return answer({
      kind: 'ready',
      form: own.form,
      result: resultOf(own.framework),
      notes: own.notes,
      milliseconds: performance.now() - started,
    })
  const unreadable = source.problems.filter(({ severity }) => severity === 'fault')
  if (unreadable.length > 0)
    return answer({
      kind: 'refused',
      faults: unreadable.map(({ place, message }) => ({ place: formatPlace(place), message })),
    })
  answer({ kind: 'progress', step: 'recognising', name })
  const known = knownRecipes()
  const parts = together ? [] : partSource(source, known)
  if (parts.length > 1) return answer({ kind: 'several', parts })
  const hand = emptyRecipe(name)
  const proposed = proposeRecipes(source, known, name)
  const isTold = (one: (typeof proposed)[number]) => told !== undefined && one.name === told
  proposals = [
    ...[...proposed.filter(isTold), ...proposed.filter((one) => !isTold(one))].map(
      ({ name: recipeName, confidence, reasons, recipe }) => ({
        view: {
          ...(recipeName === undefined
            ? { kind: 'detected' as const }
            : { kind: 'known' as const, name: recipeName }),
          ...{ confidence, reasons },
        },
        recipe,
      }),
    ),
    ...(hand ? [{ view: { kind: 'hand' as const, reasons: [] }, recipe: hand }] : []),
  ]
  const [first] = proposals
  if (!first)
    return answer({
      kind: 'refused',
      faults: [{ place: name, message: 'expected a text to make a framework of, got none' }],
    })
  answer({ kind: 'progress', step: 'mapping', name })
  session = new ImportSession(source, first.recipe)
  older.length = 0
  chosen = 0
  show(started, true)
}

/** Where nothing is recognised the person maps by hand, beginning with words that nothing explains. */
function emptyRecipe(name: string): Recipe | undefined {
  return parseRecipe({
    recipe: 1,
    framework: { id: slug(name) || 'ladder', title: name },
    rules: [{ make: 'framework', at: '**/*[~\\p{L}]', unused: true, description: '.' }],
  }).recipe
}

/** Tells what the session's recipe makes. */
function show(started: number, first: boolean): void {
  if (!session) return
  const { made, result } = session.outcome
  answer({
    kind: 'mapped',
    shape: session.recipe.shape ?? 'mixed',
    proposals: proposals.map(({ view }) => view),
    chosen,
    made,
    result,
    changes: older.length,
    first,
    milliseconds: performance.now() - started,
  })
}

/** Takes a corrected recipe where it makes a framework; else the one before stays and the person is told why. */
function take(corrected: Corrected): void {
  if (!session) return
  if (!corrected.recipe) return answer({ kind: 'correction-refused', faults: corrected.faults ?? [] })
  const before = session.recipe
  const hadResult = session.hasFramework
  const started = performance.now()
  const { made, result } = session.run(corrected.recipe)
  if (!result && hadResult) {
    session.run(before)
    return answer({ kind: 'correction-refused', faults: made.faults.map(({ message }) => message) })
  }
  older.push({ recipe: before, chosen })
  show(started, false)
}

/** Reads the source another way; what was corrected before can be had back by undoing. */
function propose(index: number): void {
  const proposal = proposals[index]
  if (!session || !proposal || index === chosen) return
  const started = performance.now()
  older.push({ recipe: session.recipe, chosen })
  chosen = index
  session.run(proposal.recipe)
  show(started, false)
}

addEventListener('message', ({ data: request }: MessageEvent<ImportRequest>) => {
  if (request.kind === 'read')
    return void read(request).catch((error: unknown) =>
      answer({
        kind: 'refused',
        faults: [{ place: request.name, message: error instanceof Error ? error.message : String(error) }],
      }),
    )
  if (!session) return
  if (request.kind === 'page')
    answer({ kind: 'page', page: session.page(request.file, request.from, request.onlyMissing) })
  else if (request.kind === 'find') {
    const found = session.find(request.target)
    if (found)
      answer({ kind: 'page', page: session.page(found.file, found.from, false), mark: found.passage })
  } else if (request.kind === 'choices') {
    const choices = session.choices(request.passage)
    if (choices) answer({ kind: 'choices', choices })
  } else if (request.kind === 'correct') {
    const selection = session.selection(request.passage, request.reach)
    if (selection) take(correctRecipe(session.recipe, session.files, selection, request.correction))
  } else if (request.kind === 'rename')
    take(renameEntry(session.recipe, request.list, request.id, request.title))
  else if (request.kind === 'scoring') take(withScoring(session.recipe, request.scoring))
  else if (request.kind === 'name')
    take({
      recipe: {
        ...session.recipe,
        framework: { ...session.recipe.framework, id: request.id, title: request.title },
      },
    })
  else if (request.kind === 'recipe') take(parseRecipeText(request.text))
  else if (request.kind === 'propose') propose(request.index)
  else {
    const before = older.pop()
    if (!before) return
    const started = performance.now()
    chosen = before.chosen
    session.run(before.recipe)
    show(started, false)
  }
})
