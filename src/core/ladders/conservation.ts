// Accounts for every visible text of a source: it stands in the framework, was left out by name, or is missing.
import type { FrameworkInput } from '../framework/model.ts'
import { withoutBullet } from './apply-rules.ts'
import type { LeaveOut } from './recipe.ts'
import { compileGlob, compileRegExp, type Pattern } from './pattern.ts'
import { parseSelector, select } from './selector.ts'
import { walk, type SourceNode, type SourcePlace } from './source.ts'
import { squeeze } from './stable-id.ts'
import type { Uses } from './uses.ts'

export interface Piece {
  readonly place: SourcePlace
  readonly text: string
  readonly outcome: 'conserved' | 'left-out' | 'missing'
  /** Entries of the framework that the text went into. */
  readonly targets: readonly string[]
  /** Why it was left out or is missing. */
  readonly reason?: string
  /** The rule that took it, counted from 0. */
  readonly rule?: number
}

/** Characters without white space. `ladder` is `visible` less `leftOut`; `share` is `conserved` of `ladder`, 0 to 1. */
export interface Account {
  readonly visible: number
  readonly leftOut: number
  readonly ladder: number
  readonly conserved: number
  /** Of those conserved: references and levels, which stand in the framework as its structure, not as words. */
  readonly asStructure: number
  readonly share: number
}

/** What a recipe leaves out by name: whole nodes with all below them, or lines of a text. */
export class LeftOut {
  private readonly nodes = new Map<SourceNode, string>()
  private readonly linePatterns: {
    file: Pattern | undefined
    nodes: Set<SourceNode> | undefined
    pattern: (line: string) => boolean
    reason: string
  }[] = []

  constructor(leaveOut: readonly LeaveOut[], files: readonly SourceNode[]) {
    for (const { file, at, lines, reason } of leaveOut) {
      const name = file === undefined ? undefined : compileGlob(file)
      const matching = files.filter(({ place }) => !name || name.test(place.file))
      const nodes = at === undefined ? matching : matching.flatMap((node) => select(node, parseSelector(at)))
      if (lines !== undefined) {
        this.linePatterns.push({
          file: name,
          nodes: at === undefined ? undefined : new Set(nodes),
          pattern: lineTest(lines),
          reason,
        })
        continue
      }
      for (const top of nodes)
        for (const node of walk(top)) if (!this.nodes.has(node)) this.nodes.set(node, reason)
    }
  }

  has = (node: SourceNode): boolean => this.nodes.has(node)
  reason = (node: SourceNode): string | undefined => this.nodes.get(node)

  lineReason = (node: SourceNode, line: string): string | undefined =>
    this.linePatterns.find(
      ({ file, nodes, pattern }) =>
        (nodes ? nodes.has(node) : !file || file.test(node.place.file)) && pattern(line),
    )?.reason
  hasLine = (node: SourceNode, line: string): boolean => this.lineReason(node, line) !== undefined
}

/** `!` before a pattern turns it round: the lines that do not match. */
function lineTest(lines: string): (line: string) => boolean {
  const not = lines.startsWith('!')
  const pattern = compileRegExp(not ? lines.slice(1) : lines)
  return (line) => pattern.test(line) !== not
}

const visibleLength = (text: string) => text.replaceAll(/\s+/g, '').length
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/[*_`\\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s:–—-]+|[\s:]+$/g, '')
    .toLowerCase()

/** A text this long is taken as found wherever the framework has it; a shorter one only where a rule put it. */
const TELLING = 24
/** A key, level or reference longer than this is prose, and has to be found as words. */
const LONGEST_REFERENCE = 80

/** All texts of a framework, to look up others in. */
class Words {
  private readonly whole = new Set<string>()
  private readonly byTarget = new Map<string, string>()
  private readonly everything: string
  private readonly known = new Map<string, boolean>()

  constructor(framework: FrameworkInput) {
    const all: string[] = []
    const collect = (value: unknown, into: string[]): void => {
      if (typeof value === 'string') {
        const text = plain(value)
        into.push(text)
        this.whole.add(text)
        for (const line of value.split('\n')) this.whole.add(plain(withoutBullet(line)))
      } else if (typeof value === 'number') into.push(String(value))
      else if (Array.isArray(value)) for (const entry of value) collect(entry, into)
      else if (typeof value === 'object' && value !== null)
        for (const entry of Object.values(value)) collect(entry, into)
    }
    const keep = (target: string, value: unknown) => {
      const texts: string[] = []
      collect(value, texts)
      this.byTarget.set(target, `${this.byTarget.get(target) ?? ''}\n${texts.join('\n')}`)
      for (const text of texts) all.push(text)
    }
    const { competencies, roles, tracks, areas, sources, scale, scoring, ...rest } = framework
    for (const competency of competencies) {
      keep(`competencies.${competency.id}`, competency)
      for (const behaviour of Object.values(competency.behaviours ?? {}).flat()) {
        const texts: string[] = []
        collect(behaviour, texts)
        this.byTarget.set(`behaviours.${behaviour.id}`, texts.join('\n'))
      }
    }
    for (const role of roles ?? []) keep(`roles.${role.id}`, role)
    for (const track of tracks ?? []) keep(`tracks.${track.id}`, track)
    for (const area of areas ?? []) keep(`areas.${area.id}`, area)
    for (const source of sources ?? []) keep(`sources.${source.id}`, source)
    keep('scale', scale)
    keep('scoring', scoring)
    keep('framework', rest)
    this.everything = all.join('\n')
  }

  /** Whether a text is a whole value or line of the framework, or, when long enough to tell, part of one. */
  has(text: string): boolean {
    const words = plain(text)
    if (words === '' || this.whole.has(words)) return true
    if (words.length < TELLING) return false
    let known = this.known.get(words)
    if (known === undefined) this.known.set(words, (known = this.everything.includes(words)))
    return known
  }

  /** Whether an entry of the framework has a text, also one too short to tell elsewhere. */
  hasIn(target: string, text: string): boolean {
    const words = plain(text)
    const texts = this.byTarget.get(target)
    if (texts === undefined) return false
    for (let at = texts.indexOf(words); at >= 0; at = texts.indexOf(words, at + 1)) {
      const letter = /[\p{L}\p{N}]/u
      if (!letter.test(texts[at - 1] ?? ' ') && !letter.test(texts[at + words.length] ?? ' ')) return true
    }
    return false
  }
}

/** The account of a source against the framework made from it, with one piece for each visible text. */
export function accountFor(
  files: readonly SourceNode[],
  framework: FrameworkInput | undefined,
  leftOut: LeftOut,
  uses: Uses,
): { account: Account; pieces: Piece[] } {
  const words = framework && new Words(framework)
  const pieces: Piece[] = []
  let [visible, left, conserved, asStructure] = [0, 0, 0, 0]
  for (const file of files) {
    for (const node of walk(file)) {
      if (node.text === '') continue
      const size = visibleLength(node.text)
      visible += size
      const reason = leftOut.reason(node)
      if (reason !== undefined) {
        left += size
        pieces.push({ place: node.place, text: node.text, outcome: 'left-out', targets: [], reason })
        continue
      }
      const own = uses.of(node)
      const targets = [
        ...new Set(own.filter(({ failure }) => failure === undefined).map(({ target }) => target)),
      ]
      const inWords = (text: string): boolean =>
        words !== undefined &&
        ((words.has(text) && (plain(text).length >= TELLING || targets.length > 0)) ||
          targets.some((target) => words.hasIn(target, text)))
      let missing = 0
      let lineReason: string | undefined
      for (const written of node.text.split('\n')) {
        const line = withoutBullet(written)
        const length = visibleLength(written)
        const excuse = leftOut.lineReason(node, line)
        if (excuse !== undefined) {
          left += length
          lineReason = excuse
          continue
        }
        const hit =
          inWords(line) || inParts(node, line, inWords)
            ? 'words'
            : words && isStructure(own, line)
              ? 'structure'
              : undefined
        if (hit === undefined) missing += length
        else conserved += length
        if (hit === 'structure') asStructure += length
      }
      const failure = own.find((use) => use.failure !== undefined)?.failure
      const rule = own[0]?.rule
      pieces.push({
        place: node.place,
        text: node.text,
        outcome:
          missing > 0
            ? 'missing'
            : lineReason !== undefined && targets.length === 0
              ? 'left-out'
              : 'conserved',
        targets,
        ...(rule === undefined ? {} : { rule }),
        ...(missing > 0
          ? {
              reason:
                failure ??
                (own.length === 0
                  ? 'no rule takes it'
                  : 'a rule uses it, but not all of its words are in the framework'),
            }
          : lineReason === undefined
            ? {}
            : { reason: lineReason }),
      })
    }
  }
  const ladder = visible - left
  return {
    account: {
      visible,
      leftOut: left,
      ladder,
      conserved,
      asStructure,
      share: ladder === 0 ? 0 : conserved / ladder,
    },
    pieces,
  }
}

/** A key is conserved where the entry's id holds it, a reference where it led to its entry or level. */
function isStructure(uses: ReturnType<Uses['of']>, text: string): boolean {
  if (text.length > LONGEST_REFERENCE) return false
  const name = squeeze(text)
  return uses.some(
    ({ kind, failure, target }) =>
      failure === undefined &&
      (kind === 'reference' || (kind === 'name' && name !== '' && squeeze(target).includes(name))),
  )
}

/** A text that rules took apart: its bold beginning and the rest, or the entries of a list in one cell. */
function inParts(node: SourceNode, line: string, found: (text: string) => boolean): boolean {
  const { lead, rest } = node.attributes
  const whole = (text: string) => found(text) || splitFound(text, found)
  if (lead !== undefined && rest !== undefined && whole(lead) && rest.split('\n').every(whole)) return true
  return splitFound(line, found)
}

function splitFound(text: string, found: (text: string) => boolean): boolean {
  const parts = text
    .split(/[|;]|,\s| - /)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts.length > 1 && parts.every(found)
}
