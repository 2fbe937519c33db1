// The handbook: a page for each role and competency, every text of the framework on one of them, no dead link.
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { builtInFramework } from '../../../test/built-in.ts'
import { listTexts } from '../framework/texts.ts'
import { textIn } from '../framework/model.ts'
import { exportHandbook } from './handbook.ts'

interface Tree {
  readonly type: string
  readonly value?: string
  readonly url?: string
  readonly children?: readonly Tree[]
}

const wordsOf = (tree: Tree): string => (tree.value ?? '') + (tree.children ?? []).map(wordsOf).join('')
const linksOf = (tree: Tree): string[] => [
  ...(tree.type === 'link' ? [tree.url!] : []),
  ...(tree.children ?? []).flatMap(linksOf),
]

describe.each(['en', 'zh-Hans'])('in %s', (language) => {
  const framework = builtInFramework('coder-to-cto')
  const pages = exportHandbook(framework, language)

  test('there is a front page and one for each role and competency', () => {
    expect(pages.map(({ path }) => path)).toEqual([
      'README.md',
      ...framework.roles.map(({ id }) => `roles/${id}.md`),
      ...framework.competencies.map(({ id }) => `competencies/${id}.md`),
    ])
  })

  test('every text of roles and competencies reads as it was written', () => {
    const read = pages.map(({ text }) => wordsOf(fromMarkdown(text) as Tree)).join('\n')
    for (const { path, text } of listTexts(framework)) {
      if (!['roles', 'competencies', 'sources'].includes(String(path[0]))) continue
      expect(read, path.join('.')).toContain(textIn(text, language, 'en').replaceAll(/\s*\n\s*/g, ' '))
    }
  })

  test('no link between the pages is dead', () => {
    const known = new Set(pages.map(({ path }) => path))
    for (const { path, text } of pages) {
      for (const url of linksOf(fromMarkdown(text))) {
        if (/^https?:/.test(url)) continue
        expect(known.has(new URL(url, `file:///${path}`).pathname.slice(1)), `${path} -> ${url}`).toBe(true)
      }
    }
  })
})

test('markup in a text stays text', () => {
  const framework = builtInFramework('coder-to-cto')
  const hostile = { ...framework, title: '<script>x</script> [a](b) | **c** # `d`' }
  const [front] = exportHandbook(hostile, 'en')
  const tree = fromMarkdown(front!.text) as Tree
  expect(wordsOf(tree.children![0]!)).toBe(`<script>x</script> [a](b) | **c** # \`d\` ${framework.version}`)
})
