// The guide to the command line names every verb, argument, option and exit code that the program has, and no other.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../platform/package-root.ts'
import { EXIT } from './exit.ts'
import { rungsProgram } from './program.ts'

const guide = readFileSync(join(packageRoot, 'docs/guide/cli.md'), 'utf8')
const verbs = rungsProgram().commands

/** The guide's section on a verb, from its heading to the next. */
const sectionOf = (verb: string): string =>
  guide.split(/^### /m).find((part) => part.startsWith(`\`${verb}\``)) ?? ''

/** "--off <rule>" and "[framework]" as the guide writes them, in its tables' first cells. */
const firstCells = (section: string): string[] =>
  [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, cell]) => cell!)

test.each(verbs.map((verb) => [verb.name(), verb] as const))(
  '%s: the guide has each of its arguments and options as the help writes them, and no other',
  (name, verb) => {
    const section = sectionOf(name)
    expect(section, `a section "### \`${name}\`" in docs/guide/cli.md`).not.toBe('')
    const has = [
      ...verb.registeredArguments.map((argument) => {
        const text = argument.variadic ? `${argument.name()}...` : argument.name()
        return argument.required ? `<${text}>` : `[${text}]`
      }),
      ...verb.options.map(({ flags }) => flags),
    ]
    expect(firstCells(section).toSorted()).toEqual(has.toSorted())
  },
)

test('the guide has a section for each verb and for no other, and each exit code', () => {
  const sections = [...guide.matchAll(/^### `([a-z]+)`/gm)].map(([, name]) => name!)
  expect(sections.toSorted()).toEqual(verbs.map((verb) => verb.name()).toSorted())
  const codes = [...guide.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
  expect(codes).toEqual(Object.values(EXIT))
})

test('every choice of an option is named, and its default', () => {
  for (const verb of verbs)
    for (const option of verb.options) {
      const row = sectionOf(verb.name())
        .split('\n')
        .find((line) => line.startsWith(`| \`${option.flags}\``))!
      for (const choice of option.argChoices ?? []) expect(row, option.flags).toContain(choice)
      if (typeof option.defaultValue === 'string' || typeof option.defaultValue === 'number')
        expect(row, option.flags).toContain(String(option.defaultValue))
    }
})
