// One Chinese word for each thing: no text for people holds a variant that the glossary's table refuses.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listTexts } from '../../core/framework/texts.ts'
import { parseFramework } from '../../core/framework/parse.ts'
import { en } from './en.ts'
import { zhHans } from './zh-hans.ts'

const ROOT = new URL('../../../', import.meta.url).pathname
/** Words of statistics and ours that hold a refused word in another sense. */
const FINE = ['标准误', '标准差', '标准化', '标准线']
/** Code that recognises other people's words or writes none for people to read. */
const NOT_FOR_PEOPLE = [
  'src/core/framework/lint/',
  'src/core/ladders/level-words.ts',
  'src/core/ladders/detect-table.ts',
  'src/core/ladders/spreadsheet-tables.ts',
  'src/core/measure/read-ratings.ts',
  'src/core/org/people-import/fields.ts',
]

interface Term {
  readonly english: string
  readonly chinese: string
  readonly refused: readonly { readonly word: string; readonly frameworks: boolean }[]
}

const glossary = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8')
const terms: Term[] = [
  ...(glossary.split('## The words in Chinese')[1] ?? '').matchAll(/^\| ([a-z].*?) \| (.*?) \| (.*?) ?\|$/gm),
].map(([, english = '', chinese = '', refused = '']) => ({
  english,
  chinese,
  refused: refused
    .split('、')
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => ({ word: each.replace('*', ''), frameworks: !each.endsWith('*') })),
}))

/** The refused words that a text holds. */
function refusedIn(text: string, framework: boolean): string[] {
  const rest = FINE.reduce((so, word) => so.replaceAll(word, ''), text)
  return terms
    .flatMap(({ refused }) => refused)
    .filter(({ word, frameworks }) => (frameworks || !framework) && rest.includes(word))
    .map(({ word }) => word)
}

const chineseFiles = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file}`)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|fixture/.test(file))
  .filter((file) => !NOT_FOR_PEOPLE.some((path) => file.startsWith(path)))
  .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const)
  .filter(([, text]) => /\p{Script=Han}/u.test(text))

test('the table of terms has been read', () => {
  expect(terms.length).toBeGreaterThan(35)
  expect(terms.flatMap(({ refused }) => refused).length).toBeGreaterThan(40)
  expect(chineseFiles.length).toBeGreaterThan(15)
  expect(refusedIn('必须项，强项，标准误', false)).toEqual(['必须', '强项'])
})

test('no screen, document or terminal word says a thing by another Chinese word than the glossary’s', () => {
  const found = chineseFiles.flatMap(([file, text]) =>
    text.split('\n').flatMap((line, at) => {
      const words = refusedIn(line.replace(/^[^\p{Script=Han}]*\/\/.*$/u, ''), false)
      return words.length > 0 ? [`${file}:${at + 1}: ${words.join(', ')} in ${line.trim()}`] : []
    }),
  )
  expect(found).toEqual([])
})

test.each(['coder-to-cto', 'data-engineering'])('%s says each thing by the glossary’s Chinese word', (id) => {
  const read = (name: string) => readFileSync(join(ROOT, `frameworks/${name}.yaml`), 'utf8')
  const load = (name: string) => ({ file: `${name}.yaml`, text: read(name) })
  const { framework } = parseFramework(read(id), { file: `${id}.yaml`, load })
  const found = listTexts(framework!).flatMap(({ path, text }) => {
    const chinese = typeof text === 'string' ? '' : (text['zh-Hans'] ?? '')
    const words = refusedIn(chinese, true)
    return words.length > 0 ? [`${path.join('.')}: ${words.join(', ')} in ${chinese}`] : []
  })
  expect(found).toEqual([])
})

type Tree = { readonly [key: string]: string | Tree }
const flat = (tree: Tree): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[key, value] as [string, string]]
      : flat(value).map(([rest, text]): [string, string] => [`${key}.${rest}`, text]),
  )

test('a label that is one of the terms in English is that term in Chinese', () => {
  const named = new Map(
    terms.flatMap(({ english, chinese }) =>
      english.split(/[,;] /).map((word, at) => [word, chinese.split('；')[at] ?? chinese] as const),
    ),
  )
  /** Where the same English word is another thing: a command, a kind of step, the page, a text that was imported. */
  const other = new Set(['nav.measure', 'standing.open', 'ladder.kind', 'measure.steps', 'import.source'])
  const english = new Map(flat(en))
  const wrong: string[] = []
  let checked = 0
  for (const [key, chinese] of flat(zhHans)) {
    const word = (english.get(key) ?? '').toLowerCase()
    const term = named.get(word) ?? named.get(word.replace(/s$/, '').replace(/ie$/, 'y'))
    if (term === undefined || other.has(key)) continue
    checked += 1
    if (!term.split('，').some((one) => chinese.includes(one.replace(/“.*”/, ''))))
      wrong.push(`${key}: ${english.get(key)} is ${chinese}, not ${term}`)
  }
  expect(wrong).toEqual([])
  expect(checked).toBeGreaterThan(30)
})
