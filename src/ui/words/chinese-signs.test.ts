// Chinese sentences have Chinese signs: no half-width punctuation between characters, no space after a full stop.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = new URL('../../../', import.meta.url).pathname
/** Where Chinese is written for people to read; tests and readers of other people's files are not among them. */
const FILES = [
  ...readdirSync(join(ROOT, 'src/ui/words/zh-hans')).map((file) => `src/ui/words/zh-hans/${file}`),
  ...readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file}`)
    .filter((file) => /(words-chinese|words-zh-hans|terminal-words|mail-words|ladder-words)\.ts$/.test(file)),
]
const HAN = '\\p{Script=Han}'
const WRONG = new RegExp(
  [
    `(?<=[${HAN}）”])[,;:!?()](?=[${HAN}（“])`,
    `(?<=[${HAN}）”])[,;:] (?=[${HAN}（“])`,
    `(?<=[。！？，；：、]) +(?=[${HAN}（“\\d{])`,
    `(?<=[${HAN}]) +(?=[，。；：、！？（）“”])`,
    `(?<=[${HAN}])[.](?=['"\`\\s]|$)`,
  ].join('|'),
  'gu',
)

/** The wrong signs in a text, each with what stands around it. */
function wrongIn(text: string): string[] {
  return [...text.matchAll(WRONG)].map(({ index }) => text.slice(Math.max(0, index - 12), index + 12))
}

test('at least twelve files are looked at', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(15)
})

test.each(FILES)('%s has no half-width sign between characters and no space after a full stop', (file) => {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n')
  expect(lines.filter((line) => !/^\s*(\/\/|\/?\*)/.test(line)).flatMap(wrongIn)).toEqual([])
})

test.each(['共三步. ', '好,不好', '名称: 路径', '完成。 下一步', '你好 ，再见', '是(否)'])(
  '%j is found',
  (text) => {
    expect(wrongIn(text)).not.toEqual([])
  },
)
