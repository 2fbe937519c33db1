// Every message is asked for with all its arguments: the sources of the screens are read, and each call held to its message.
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { en } from './en.ts'

const ROOT = new URL('../../../', import.meta.url).pathname

/** The argument and tag names of an ICU message, at any depth. */
function argumentsOf(message: string): string[] {
  const names = [...message.matchAll(/\{(\w+)(?=[,}])/g)].map((match) => match[1] ?? '')
  const tags = [...message.matchAll(/<(\w+)>/g)].map((match) => match[1] ?? '')
  return [...new Set([...names.filter((name) => !/^\d+$/.test(name)), ...tags])]
}

type Tree = { readonly [key: string]: string | Tree }

/** The message at a path of keys joined by dots. */
function findMessage(words: Tree, path: string): string | undefined {
  let at: string | Tree | undefined = words
  for (const key of path.split('.')) at = typeof at === 'object' ? at[key] : undefined
  return typeof at === 'string' ? at : undefined
}

/** The texts that an expression can be, where it is a text or a choice between texts. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)]
  return ts.isParenthesizedExpression(node) ? textsOf(node.expression) : []
}

/** The names that an argument list gives; undefined where it cannot be seen in the source. */
function givenBy(node: ts.Expression | undefined): string[] | undefined {
  if (node === undefined) return []
  if (!ts.isObjectLiteralExpression(node)) return undefined
  const names: string[] = []
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property) || !property.name || !ts.isIdentifier(property.name)) return undefined
    names.push(property.name.text)
  }
  return names
}

interface Found {
  readonly checked: number
  readonly faults: string[]
}

/** Looks at every call of a function that `useTranslations` gave, in one file. */
function checkCalls(name: string, text: string, words: Tree): Found {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const faults: string[] = []
  let checked = 0
  const visit = (node: ts.Node, before: ReadonlyMap<string, string>): void => {
    const spaces = new Map(before)
    const children = ts.isBlock(node) || ts.isSourceFile(node) ? node.statements : []
    for (const statement of children)
      if (ts.isVariableStatement(statement))
        for (const { name: to, initializer } of statement.declarationList.declarations)
          if (
            initializer &&
            ts.isIdentifier(to) &&
            ts.isCallExpression(initializer) &&
            initializer.expression.getText() === 'useTranslations' &&
            initializer.arguments[0]
          )
            for (const space of textsOf(initializer.arguments[0])) spaces.set(to.text, space)
    if (ts.isCallExpression(node) && node.arguments[0]) {
      const called = ts.isPropertyAccessExpression(node.expression)
        ? node.expression.name.text === 'rich'
          ? node.expression.expression.getText()
          : ''
        : node.expression.getText()
      const space = spaces.get(called)
      const given = givenBy(node.arguments[1])
      if (space !== undefined && given)
        for (const key of textsOf(node.arguments[0])) {
          const message = findMessage(words, `${space}.${key}`)
          const missing = argumentsOf(message ?? '').filter((each) => !given.includes(each))
          checked += 1
          if (message === undefined || missing.length > 0) {
            const { line } = source.getLineAndCharacterOfPosition(node.getStart())
            const fault = message === undefined ? 'there is no such message' : `lacks ${missing.join(', ')}`
            faults.push(`${name}:${line + 1}: ${space}.${key} ${fault}`)
          }
        }
    }
    ts.forEachChild(node, (child) => visit(child, spaces))
  }
  visit(source, new Map())
  return { checked, faults }
}

test('every message that a screen asks for exists and is given all its arguments', () => {
  const files = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(ui|main\/web|features\/[^/]+\/ui)\/.*\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => `src/${file}`)
  const found = files.map((file) => checkCalls(file, readFileSync(ROOT + file, 'utf8'), en))
  expect(found.flatMap((each) => each.faults)).toEqual([])
  expect(found.reduce((sum, each) => sum + each.checked, 0)).toBeGreaterThan(500)
})

test('a call that forgets an argument is found, at its line', () => {
  const text = "function A() {\n  const t = useTranslations('a')\n  return t(x ? 'b' : 'c', { one: 1 })\n}\n"
  const { faults } = checkCalls('a.tsx', text, { a: { b: '{one} and {two}', c: '{one}' } })
  expect(faults).toEqual(['a.tsx:3: a.b lacks two'])
})
