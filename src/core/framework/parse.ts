// Parses a framework: text in, a framework or all its faults out, each with its file, line and column.
import { checkReferences } from './check-references.ts'
import { checkShape, type Mismatch } from './check-shape.ts'
import {
  documentExtrasSchema,
  entryKey,
  isMapValue,
  listOf,
  mapOf,
  own,
  removeSchema,
  type RawMap,
} from './document.ts'
import { type Fault, type FaultPath, type Place } from './fault.ts'
import { mergeDocuments, removeFrom } from './inherit.ts'
import { LINT_RULE_IDS } from './lint/rules.ts'
import { frameworkSchema, type Framework } from './model.ts'
import { nearestWord } from './nearest.ts'
import { placeAndOffset } from './places.ts'
import { translateInto } from './translate.ts'
import { DEFAULT_LIMITS, newPlaces, readYaml, type Limits, type SourceText } from './yaml-source.ts'

/** A text that `extends` or a translation refers to: under its own name, or why it cannot be had. */
export type Loaded = { readonly file: string; readonly text: string } | { readonly problem: string }
/** Finds the text behind a reference (a relative file or a built-in id) that stands in `from`. Must not throw. */
export type Load = (reference: string, from: string) => Loaded

export interface ParseOptions {
  /** The name that faults carry; default `framework.yaml`. */
  readonly file?: string
  /** Needed for `extends` and for translations in files of their own; without it these are faults. */
  readonly load?: Load
  readonly limits?: Partial<Limits>
  /** At most so many faults are listed, then one that counts the rest; default 1000. */
  readonly maxFaults?: number
}

/** Where an id path such as ['roles', 'architect', 'expectations', 'security'] stands; undefined where it leads nowhere. */
export type Locate = (path: FaultPath) => Place | undefined
export type ParseResult =
  | { readonly framework: Framework; readonly locate: Locate; readonly faults?: never }
  | { readonly faults: Fault[]; readonly framework?: never; readonly locate?: never }

const LONGEST_CHAIN = 16
const DOUBTFUL_WHEN_DAMAGED: ReadonlySet<string> = new Set(['FW011', 'FW020', 'FW032', 'FW033'])

/** The framework that `source` holds (YAML 1.2 or JSON), inheritance and translations resolved, or all its faults. Never throws. */
export function parseFramework(source: string, options: ParseOptions = {}): ParseResult {
  const reading = new Reading(options)
  const file = options.file ?? 'framework.yaml'
  const whole = reading.resolve(source, file, [file])
  if (whole === undefined) return { faults: reading.sorted() }
  const { value: root, text } = whole
  for (const mismatch of checkReferences(root, LINT_RULE_IDS)) reading.add(mismatch, root, text)
  const shape = checkShape(frameworkSchema, root)
  if (shape.mismatches) for (const mismatch of shape.mismatches) reading.add(mismatch, root, text)
  if (shape.value === undefined || reading.faults.length > 0) return { faults: reading.sorted() }
  return { framework: shape.value, locate: (path) => reading.locate(root, text, path) }
}

/** One parse under way: what was read, where it stands, and the faults so far. */
class Reading {
  readonly faults: Fault[] = []
  private readonly places = newPlaces()
  private readonly limits: Limits
  private readonly damage = new Map<string, number>()
  private readonly most: number
  private unlisted = 0
  private comparisons = 50_000_000

  constructor(private readonly options: ParseOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits }
    this.most = options.maxFaults ?? 1000
  }

  private read(text: string, file: string) {
    const result = readYaml(text, file, this.places, this.limits)
    for (const fault of result.faults) {
      if (this.faults.length < this.most) this.faults.push(fault)
      else this.unlisted++
    }
    if (result.damagedFrom !== undefined) this.damage.set(file, result.damagedFrom)
    return result
  }

  /** One document with what it extends under it and its translations in it; undefined when nothing can be said of it. */
  resolve(
    text: string,
    file: string,
    chain: readonly string[],
  ): { value: RawMap; text: SourceText } | undefined {
    const { value: written, source, damagedFrom } = this.read(text, file)
    if (!isMapValue(written)) {
      const nothing = written === undefined || written === null
      if (damagedFrom === undefined) {
        this.add(
          {
            code: 'FW010',
            path: [],
            expected: 'a framework: a map with rungs, id, version, title …',
            got: nothing ? 'an empty document' : 'something else',
          },
          written,
          source,
        )
      }
      return undefined
    }
    const { extends: parent, remove, translations, ...body } = written
    const extras: RawMap = {}
    for (const key of ['extends', 'remove', 'translations'])
      if (Object.hasOwn(written, key)) extras[key] = written[key]
    const shape = checkShape(documentExtrasSchema, extras)
    for (const mismatch of shape.mismatches ?? []) this.add(mismatch, written, source)

    const own = this.withoutExtras(written, body)
    let value: RawMap | undefined = own
    if (typeof parent === 'string') value = this.inherit(written, own, parent, remove, source, chain)
    else if (remove !== undefined) {
      this.add(
        {
          code: 'FW012',
          path: ['remove'],
          expected: 'remove only together with extends',
          got: '"remove"',
          aim: 'key',
        },
        written,
        source,
      )
    }
    if (value === undefined) return undefined
    for (const [language, tree] of Object.entries(mapOf(translations)))
      this.translate(value, written, language, tree, source)
    return { value, text: source }
  }

  private withoutExtras(written: RawMap, body: RawMap): RawMap {
    const place = this.places.written.get(written)
    if (place) this.places.written.set(body, place)
    return body
  }

  private inherit(
    written: RawMap,
    body: RawMap,
    reference: string,
    remove: unknown,
    source: SourceText,
    chain: readonly string[],
  ): RawMap | undefined {
    for (const key of ['id', 'version']) {
      if (!Object.hasOwn(body, key))
        this.add(
          {
            code: 'FW011',
            path: [key],
            expected: `"${key}" of its own (it is not inherited)`,
            got: 'nothing',
          },
          written,
          source,
        )
    }
    const loaded = this.load(reference, written, ['extends'], source)
    if (loaded === undefined) return undefined
    if (chain.includes(loaded.file) || chain.length >= LONGEST_CHAIN) {
      const got = chain.includes(loaded.file)
        ? [...chain, loaded.file].join(' extends ')
        : `a chain of more than ${LONGEST_CHAIN}`
      this.add(
        { code: 'FW031', path: ['extends'], expected: 'a framework that does not lead back here', got },
        written,
        source,
      )
      return undefined
    }
    const base = this.resolve(loaded.text, loaded.file, [...chain, loaded.file])
    if (base === undefined) return undefined
    const wanted = removeSchema.safeParse(remove ?? {})
    if (!wanted.success) return mergeDocuments(base.value, body, this.places)
    const { value, notThere } = removeFrom(base.value, wanted.data, this.places)
    for (const { path, id, candidates } of notThere) {
      this.add(
        {
          code: 'FW032',
          path,
          expected: 'an id that the extended framework has',
          got: `"${id}"`,
          aim: typeof path.at(-1) === 'string' ? 'key' : 'value',
          suggest: { word: id, from: candidates },
        },
        written,
        source,
      )
    }
    return mergeDocuments(value, body, this.places)
  }

  private load(reference: string, written: RawMap, path: FaultPath, source: SourceText) {
    const loaded = this.options.load?.(reference, source.file) ?? {
      problem: 'other files cannot be read here',
    }
    if (!('problem' in loaded)) return loaded
    this.add(
      {
        code: 'FW030',
        path,
        expected: 'a framework file inside of the folder, or a built-in id',
        got: `"${reference}": ${loaded.problem}`,
      },
      written,
      source,
    )
    return undefined
  }

  private translate(
    value: RawMap,
    written: RawMap,
    language: string,
    tree: unknown,
    source: SourceText,
  ): void {
    let branch = tree
    let holder = written
    let from: FaultPath = ['translations', language]
    let text = source
    if (typeof tree === 'string') {
      const loaded = this.load(tree, written, from, source)
      if (loaded === undefined) return
      const file = this.read(loaded.text, loaded.file)
      if (!isMapValue(file.value)) {
        if (file.damagedFrom === undefined)
          this.add(
            { code: 'FW010', path: [], expected: 'a map of ids to translated texts', got: 'something else' },
            file.value,
            file.source,
          )
        return
      }
      ;[branch, holder, from, text] = [file.value, file.value, [], file.source]
    }
    if (!isMapValue(branch)) return
    for (const { path, problem, candidates } of translateInto(value, branch, language, this.places)) {
      const expected =
        problem === 'no such entry'
          ? 'an entry that the framework has'
          : 'a text that the framework has in its first language'
      this.add(
        {
          code: 'FW033',
          path: [...from, ...path],
          expected,
          got: `"${path.join('.')}"`,
          aim: 'key',
          suggest: { word: String(path.at(-1)), from: candidates },
        },
        holder,
        text,
      )
    }
  }

  /** Adds a fault at its place, unless damage to the text above it makes it doubtful. */
  add(mismatch: Mismatch, root: unknown, fallback: SourceText): void {
    if (this.faults.length >= this.most) {
      this.unlisted++
      return
    }
    const { aim, suggest, ...rest } = mismatch
    const { place, source, offset } = placeAndOffset(root, mismatch.path, this.places, fallback, aim)
    if (this.damage.size > 0) {
      // What is missing or unknown may stand in the part that could not be read.
      if (DOUBTFUL_WHEN_DAMAGED.has(mismatch.code) || mismatch.got.startsWith('nothing')) return
      const damagedFrom = this.damage.get(source.file)
      if (damagedFrom !== undefined && offset >= damagedFrom) return
    }
    const suggestion = suggest && this.nearest(suggest.word, [...suggest.from])
    this.faults.push({ ...rest, ...place, ...(suggestion === undefined ? {} : { suggestion }) })
  }

  /** Comparing words costs the product of their lengths; hostile input must not make that the bulk of the work. */
  private nearest(word: string, candidates: string[]): string | undefined {
    this.comparisons -= candidates.reduce((sum, candidate) => sum + candidate.length * word.length, 0)
    return this.comparisons < 0 ? undefined : nearestWord(word, candidates)
  }

  /** All faults, in the order of their places, those of the first file first. */
  sorted(): Fault[] {
    const files = [...new Set(this.faults.map((fault) => fault.file))]
    const order = this.faults.toSorted(
      (a, b) =>
        files.indexOf(a.file) - files.indexOf(b.file) ||
        a.line - b.line ||
        a.column - b.column ||
        a.code.localeCompare(b.code),
    )
    const last = order.at(-1)
    if (this.unlisted === 0 || last === undefined) return order
    const { file, line, column } = last
    return [
      ...order,
      {
        code: 'FW099',
        file,
        line,
        column,
        path: [],
        expected: 'fewer faults',
        got: `${this.unlisted} more than are listed`,
      },
    ]
  }

  locate(root: RawMap, text: SourceText, path: FaultPath): Place | undefined {
    const written = documentPath(root, path)
    return written && placeAndOffset(root, written, this.places, text).place
  }
}

/** The document path of an id path: entries of lists by id, level or `from>to`; a behaviour by `behaviours`, id. */
function documentPath(root: RawMap, path: FaultPath): (string | number)[] | undefined {
  const out: (string | number)[] = []
  let current: unknown = root
  let rest = path
  if (path[0] === 'behaviours' && path.length > 1) {
    const found = findBehaviour(root, String(path[1]))
    if (found === undefined) return undefined
    out.push(...found.path)
    current = found.value
    rest = path.slice(2)
  }
  for (const key of rest) {
    if (typeof current !== 'object' || current === null) break
    const step =
      Array.isArray(current) && typeof key === 'string'
        ? current.findIndex((entry) => entryKey(entry) === key)
        : key
    if (step === -1 || !Object.hasOwn(current, step)) break
    out.push(step)
    current = (current as Record<string | number, unknown>)[step]
  }
  return out.length === 0 && path.length > 0 ? undefined : out
}

function findBehaviour(root: RawMap, id: string): { path: (string | number)[]; value: unknown } | undefined {
  for (const [index, competency] of listOf(own(root, 'competencies')).entries()) {
    for (const [level, list] of Object.entries(mapOf(own(mapOf(competency), 'behaviours')))) {
      const position = listOf(list).findIndex((entry) => entryKey(entry) === id)
      if (position >= 0)
        return { path: ['competencies', index, 'behaviours', level, position], value: listOf(list)[position] }
    }
  }
  return undefined
}
