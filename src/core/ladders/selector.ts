// Selectors: how a recipe names nodes of a source, for example `h2[~Delivery]/li/li` or `levels/-/criteria/-`.
import { compileGlob, compileRegExp, SelectorError, type Pattern } from './pattern.ts'
import { valueOf, type SourceNode } from './source.ts'

type Test = (node: SourceNode) => boolean
interface Step {
  /** `**`: any number of levels, none included. */
  readonly anywhere: boolean
  readonly test: Test
}
export type Selector = readonly Step[]

/** Splits at `separator` outside of quotes and brackets. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let [current, brackets, quoted] = ['', 0, false]
  for (const letter of text) {
    if (letter === '"' && brackets === 0) quoted = !quoted
    else if (!quoted && letter === '[') brackets += 1
    else if (!quoted && letter === ']') brackets -= 1
    if (letter === separator && brackets === 0 && !quoted) {
      parts.push(current)
      current = ''
    } else current += letter
  }
  if (brackets !== 0 || quoted)
    throw new SelectorError(`expected each bracket and quote to be closed, got ${JSON.stringify(text)}`)
  return [...parts, current]
}

/** The steps of a selector. Throws SelectorError for one that cannot be read. */
export function parseSelector(text: string): Selector {
  return splitOutside(text, '/').map((part) => parseStep(part.trim()))
}

function parseStep(text: string): Step {
  const bracket = text.startsWith('"') ? text.indexOf('[', text.indexOf('"', 1)) : text.indexOf('[')
  const names = bracket < 0 ? text : text.slice(0, bracket)
  if (names === '**') return { anywhere: true, test: () => true }
  const tests: Test[] = [nameTest(names)]
  if (bracket >= 0) {
    for (const condition of splitOutside(text.slice(bracket).replaceAll('][', ']\u0000['), '\u0000')) {
      tests.push(conditionTest(condition.slice(1, -1)))
    }
  }
  return { anywhere: false, test: (node) => tests.every((test) => test(node)) }
}

function nameTest(names: string): Test {
  if (names === '*') return () => true
  const words = new Set<string>()
  const patterns: Pattern[] = []
  for (const name of splitOutside(names, '|')) {
    const quoted = name.startsWith('"')
    const word = quoted ? name.slice(1, -1) : name
    if (word === '') throw new SelectorError(`expected a name in each step, got ${JSON.stringify(names)}`)
    if (!quoted && word.includes('*')) patterns.push(compileGlob(word))
    else words.add(word)
  }
  return ({ name }) => words.has(name) || patterns.some((pattern) => pattern.test(name))
}

/** `=text`, `~pattern`, `key=text`, `key~pattern`, `@attribute=text`, each negated by a leading `!`. */
function conditionTest(condition: string): Test {
  const match = /^(!?)(@?[^=~]*)([=~])(.*)$/s.exec(condition)
  if (!match)
    throw new SelectorError(`expected a condition such as [=text] or [key~pattern], got [${condition}]`)
  const [, not, key, operator, wanted] = match as unknown as [string, string, string, string, string]
  const pattern = operator === '~' ? compileRegExp(wanted) : undefined
  const read = (node: SourceNode): string | undefined => {
    if (key === '') return valueOf(node)
    if (key === '@name') return node.name
    if (key.startsWith('@')) return node.attributes[key.slice(1)]
    const child = node.children.find(({ name }) => name === key)
    return child && valueOf(child)
  }
  return (node) => {
    const value = read(node)
    const holds = value !== undefined && (pattern ? pattern.test(value) : value === wanted)
    return holds !== (not === '!')
  }
}

/** The nodes below `from` that a selector names, in reading order, each once. */
export function select(from: SourceNode, selector: Selector): SourceNode[] {
  const found: SourceNode[] = []
  const seen = selector.some((step) => step.anywhere) ? new Set<SourceNode>() : undefined
  const search = (node: SourceNode, index: number): void => {
    const step = selector[index]
    if (step === undefined) {
      if (!seen?.has(node)) found.push(node)
      seen?.add(node)
      return
    }
    if (step.anywhere) search(node, index + 1)
    for (const child of node.children) {
      if (step.anywhere) search(child, index)
      else if (step.test(child)) search(child, index + 1)
    }
  }
  search(from, 0)
  return found
}

/** The nearest node above `node` that a selector of one step names. */
export function findAbove(node: SourceNode, selector: Selector): SourceNode | undefined {
  const test = selector[0]?.test ?? (() => true)
  for (let above = node.parent; above; above = above.parent) if (test(above)) return above
  return undefined
}
