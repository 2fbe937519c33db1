// Tells whether files that came together are several ladders: parted by the recipes that know them, else by folder and format.
import { detectRecipe } from './detect.ts'
import { rankRecipes, takenByFile, WORTH, type NamedRecipe } from './rank-recipes.ts'
import type { LadderSource, SourceNode } from './source.ts'

export interface LadderPart {
  /** What the ladder is called: the title of the recipe that knows it, or the name of its folder or first file. */
  readonly name: string
  /** The known recipe by which it was told from the rest. */
  readonly recipe?: string
  /** Paths of its files. */
  readonly files: readonly string[]
}

/** What was dropped as one thing: a folder with all in it, or a file beside others. */
interface Entry {
  readonly name: string
  readonly isFolder: boolean
  readonly files: readonly SourceNode[]
}

interface Group {
  readonly name: string
  readonly recipe?: string
  readonly entries: Entry[]
}

/** From this confidence on, what detection makes of some of the files is taken to be a ladder of its own. */
const ALONE = 0.6
/** From this share on, one recipe knows all files, whatever single ones hold. */
const NEARLY_ALL = 0.9

/**
 * The ladders that the files hold, in the order of their files. One part where they belong together, or where nothing
 * tells them apart: a folder is one ladder unless two recipes know parts of it. `isFolder` says that they are all that
 * is in one folder, where their paths do not begin with its name.
 */
export function partSource(
  source: LadderSource,
  recipes: readonly NamedRecipe[],
  isFolder = commonFolder(source.files) !== '',
): LadderPart[] {
  const folder = commonFolder(source.files)
  const entries = entriesOf(source.files, folder)
  const claimed = claims(source, entries, recipes)
  const unclaimed = entries.filter((entry) => !claimed.some((group) => group.entries.includes(entry)))
  const groups = isFolder ? claimed : [...claimed, ...alone(source, unclaimed)]
  if (groups.length < 2) return [{ name: '', files: source.files.map(({ place }) => place.file) }]
  for (const entry of unclaimed)
    if (!groups.some((group) => group.entries.includes(entry))) nearest(groups, entry).entries.push(entry)
  const order = (group: Group) => Math.min(...group.entries.map((entry) => entries.indexOf(entry)))
  return groups
    .toSorted((a, b) => order(a) - order(b))
    .map(({ name, recipe, entries: own }) => ({
      name,
      ...(recipe === undefined ? {} : { recipe }),
      files: own.flatMap(({ files }) => files.map(({ place }) => place.file)),
    }))
}

/** The folder that holds every file, with a `/` at its end; empty where they stand beside each other. */
function commonFolder(files: readonly SourceNode[]): string {
  const first = files[0]?.place.file ?? ''
  const folder = first.slice(0, first.indexOf('/') + 1)
  return files.every(({ place }) => place.file.startsWith(folder)) ? folder : ''
}

function entriesOf(files: readonly SourceNode[], folder: string): Entry[] {
  const entries = new Map<string, SourceNode[]>()
  for (const file of files) {
    const path = file.place.file.slice(folder.length)
    const slash = path.indexOf('/')
    const name = slash < 0 ? path : path.slice(0, slash + 1)
    entries.set(name, [...(entries.get(name) ?? []), file])
  }
  return [...entries].map(([name, own]) => ({
    name: name.replace(/\/$|\.[^.]+$/, ''),
    isFolder: name.endsWith('/'),
    files: own,
  }))
}

/** Entries by the recipe that puts most of their text in its place; those that none knows are left out. */
function claims(source: LadderSource, entries: readonly Entry[], recipes: readonly NamedRecipe[]): Group[] {
  const groups = new Map<string, Group>()
  const shares = recipes.map((recipe) => ({ recipe, taken: takenByFile(source, recipe.recipe) }))
  for (const entry of entries) {
    const [best] = shares
      .map(({ recipe, taken }) => ({ recipe, share: shareOf(entry, taken) }))
      .toSorted((a, b) => b.share - a.share)
    if (!best || best.share < WORTH) continue
    const { name, recipe } = best.recipe
    const group = groups.get(name) ?? { name: recipe.framework.title, recipe: name, entries: [] }
    group.entries.push(entry)
    groups.set(name, group)
  }
  // A page of few words may fit a recipe by chance: what it makes of its entries has to be a ladder.
  const found = [...groups.values()].filter((group) =>
    rankRecipes(
      within(source, group.entries),
      recipes.filter(({ name }) => name === group.recipe),
    ).some(({ report }) => report.counts.behaviours > 0),
  )
  const [only] = found
  const taken = shares.find(({ recipe }) => recipe.name === only?.recipe)?.taken
  if (!only || !taken || found.length > 1 || shareOf({ files: source.files }, taken) < NEARLY_ALL)
    return found
  return [{ ...only, entries: [...entries] }]
}

const within = (source: LadderSource, entries: readonly Entry[]): LadderSource => ({
  ...source,
  files: entries.flatMap(({ files }) => files),
})

function shareOf({ files }: Pick<Entry, 'files'>, taken: ReturnType<typeof takenByFile>): number {
  const sum = (of: 'ladder' | 'taken') =>
    files.reduce((total, { place }) => total + (taken.get(place.file)?.[of] ?? 0), 0)
  return sum('ladder') === 0 ? 0 : sum('taken') / sum('ladder')
}

/** Folders, and files of one format together, that detection takes for ladders by themselves. */
function alone(source: LadderSource, entries: readonly Entry[]): Group[] {
  const groups = new Map<string, Group>()
  for (const entry of entries) {
    const key = entry.isFolder ? `${entry.name}/` : formatOf(entry)
    const group = groups.get(key) ?? { name: entry.name, entries: [] }
    group.entries.push(entry)
    groups.set(key, group)
  }
  return [...groups.values()].filter(({ entries: own }) => {
    const found = detectRecipe(within(source, own))
    return (
      found !== undefined &&
      found.confidence >= ALONE &&
      found.report.counts.behaviours > 0 &&
      found.report.counts.levels > 1
    )
  })
}

/** A file that is no ladder by itself goes with the first part of its format, else with the first. */
const nearest = (groups: readonly Group[], entry: Entry): Group =>
  groups.find(({ entries }) => entries.some((one) => formatOf(one) === formatOf(entry))) ?? groups[0]!

const FORMATS: Readonly<Record<string, string>> = {
  ...{ xlsx: 'workbook', xlsm: 'workbook', csv: 'table', tsv: 'table' },
  ...{ json: 'tree', yaml: 'tree', yml: 'tree' },
}
const formatOf = ({ files }: Entry): string => FORMATS[files[0]?.attributes['extension'] ?? ''] ?? 'document'
