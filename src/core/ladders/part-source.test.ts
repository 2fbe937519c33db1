// Files of several ladders that came together are told apart; those of one stay one.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpusPath } from '../../../test/corpus.ts'
import { readFolder } from '../../../test/golden/ladders/read-folder.ts'
import { shippedRecipes as recipes } from '../../../test/recipes.ts'
import { partSource } from './part-source.ts'
import { readLadder } from './read-ladder.ts'
import type { LadderFile } from './source.ts'

const corpus = corpusPath()
const file = (path: string, text: string): LadderFile => ({ path, bytes: new TextEncoder().encode(text) })
const parts = (...files: LadderFile[]) => partSource(readLadder(files), recipes)

const TABLE =
  'Skill,Beginner,Advanced,Expert\nDelivery,Ships small changes with help,Plans releases of the team,Sets how we ship our work\nQuality,Tests the work that is theirs,Reviews tests of the team,Sets how we test our work\n'
const PAGE =
  '# Design\n\n## Research\n\n| Beginner | Advanced | Expert |\n| --- | --- | --- |\n| Talks to one user a week | Plans rounds of interviews | Sets how we learn from users |\n'

test('one file, and files of one format, are one ladder', () => {
  expect(parts(file('a.csv', TABLE))).toHaveLength(1)
  expect(parts(file('a.csv', TABLE), file('b.csv', TABLE.replaceAll('the team', 'our team')))).toHaveLength(1)
})

test('two folders, or a table and pages, that are ladders by themselves are two', () => {
  expect(parts(file('makers/a.csv', TABLE), file('designers/b.csv', TABLE))).toEqual([
    { name: 'designers', files: ['designers/b.csv'] },
    { name: 'makers', files: ['makers/a.csv'] },
  ])
  expect(parts(file('makers.csv', TABLE), file('design.md', PAGE)).map(({ files }) => files)).toEqual([
    ['design.md'],
    ['makers.csv'],
  ])
})

test('a folder with both in it is one, and what is no ladder by itself goes with the rest', () => {
  expect(parts(file('all/makers.csv', TABLE), file('all/design.md', PAGE))).toHaveLength(1)
  expect(
    parts(file('makers.csv', TABLE), file('notes.md', '# Notes\n\nWe wrote this in spring.\n')),
  ).toHaveLength(1)
})

describe.skipIf(corpus === undefined)('published ladders (skipped where the corpus is absent)', () => {
  const folder = (name: string) => readFolder(join(corpus!, 'ladders', name))
  const base = ({ path, bytes }: LadderFile) => ({ path: path.replace(/^.*\//, ''), bytes })

  test('the Mews workbook and the Etsy pages are two ladders, each with its recipe', () => {
    const workbook = folder('mews').find(({ path }) => path.endsWith('.xlsx'))!
    const pages = folder('etsy').filter(({ path }) => path.endsWith('.md'))
    expect(parts(base(workbook), ...pages.map(base))).toEqual([
      { name: 'Etsy Engineering Career Ladder', recipe: 'etsy', files: ['competencies.md', 'index.md'] },
      { name: 'Mews Tech Career Framework', recipe: 'mews', files: ['mews-competencies-template.xlsx'] },
    ])
  })

  test('their whole folders are told apart, beside each other or in one', () => {
    const both = ['mews', 'etsy'].flatMap((name) =>
      folder(name).map(({ path, bytes }) => ({ path: `${name}/${path}`, bytes })),
    )
    for (const prefix of ['', 'ladders/'])
      expect(
        parts(...both.map(({ path, bytes }) => ({ path: prefix + path, bytes }))).map(({ recipe }) => recipe),
      ).toEqual(['etsy', 'mews'])
  })

  test.each(recipes.map(({ name }) => name))('the files of %s are one ladder', (name) => {
    const dropped = folder(name).map(({ path, bytes }) => ({ path: `${name}/${path}`, bytes }))
    expect(parts(...dropped)).toHaveLength(1)
  })
})
