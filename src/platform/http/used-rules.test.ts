// Holds the choice of a first paint's style rules.
import { expect, test } from 'vitest'
import { rulesOf, usedRules } from './used-rules.ts'

const used = (css: string, of: string): string => usedRules(rulesOf(css), of)

const html = '<div class="bar on"><a href="/">x</a></div>'

test.each([
  ['a rule without a class stays', 'a{color:red}', 'a{color:red}'],
  ['a class that is there stays', '.bar a:hover{color:red}', '.bar a:hover{color:red}'],
  ['a class that is not there goes', '.menu{color:red}.bar .menu{color:red}', ''],
  ['of several selectors those stay that can match', '.bar,.menu,.on{top:0}', '.bar,.on{top:0}'],
  ['a negation asks for nothing', '.bar:not(.menu,.off){top:0}', '.bar:not(.menu,.off){top:0}'],
  ['an alternative asks for nothing', ':where(.x,.y) .bar{top:0}', ':where(.x,.y) .bar{top:0}'],
  ['a value in brackets is no class', '.bar[title=".menu"]{top:0}', '.bar[title=".menu"]{top:0}'],
  ['a brace in a text ends nothing', '.menu{content:"}"}a{top:0}', 'a{top:0}'],
  [
    'a medium without rules goes',
    '@media print{.menu{top:0}}@media print{a{top:0}}',
    '@media print{a{top:0}}',
  ],
  ['fonts stay, movements go', '@font-face{src:x}@keyframes k{to{top:0}}', '@font-face{src:x}'],
  ['statements and remarks go', '@import "x";/* a{top:1px} */a{top:0}', 'a{top:0}'],
])('%s', (_, css, kept) => {
  expect(used(css, html)).toBe(kept)
})

test.each(['a{', '}', '{}', '"', '/*', '@media x{a{top:0}'])(
  'a broken sheet, as %j, throws nothing',
  (css) => {
    expect(typeof used(css, html)).toBe('string')
  },
)
