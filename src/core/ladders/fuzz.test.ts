// Mutated files into each reader: never a throw, never a hang, bounded nodes and memory. 100,000 each by RUNGS_VERIFY, else 1,000.
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { detectRecipe } from './detect.ts'
import { readLadder } from './read-ladder.ts'
import { LADDER_LIMITS, walk } from './source.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 100_000 : 1_000
/** Time for all runs of one reader; a single run over SLOWEST is a hang. */
const TIMEOUT = process.env['RUNGS_VERIFY'] ? 3_600_000 : 60_000
const SLOWEST = 2_000
/** Bytes of a mutated file; Markdown takes longest for its size. */
const largest = (path: string) => (path.endsWith('.md') ? 1_200 : 6_000)
/** How much more memory the process may hold at any time than before the runs: nothing may pile up. */
const MEMORY = 400_000_000

const SEEDS: Record<string, Uint8Array> = {
  'a.csv': strToU8(
    'Role,Skill,Level,Description\nEngineer,"Testing, and more",1,"You can:\n- write tests\n- ""quote"""\nLead,Design,2,Leads the design\n',
  ),
  'a.tsv': strToU8(
    'Skill\tBeginner\tExpert\nTesting\tWrites the tests asked for\tSets how tests are written\n',
  ),
  'a.json': strToU8(
    JSON.stringify(
      {
        tracks: {
          A: {
            displayName: 'A',
            milestones: [{ summary: 'Does it well', signals: ['Delivers features that are small'] }],
          },
        },
        titles: [{ label: 'E', minPoints: 0 }],
      },
      null,
      1,
    ),
  ),
  'a.yaml': strToU8(
    'levels:\n  - id: junior\n    name: Junior\nthemes: &t\n  - {id: x, name: "X y"}\ncompetencies:\n  - level: junior\n    theme: x\n    summary: >\n      Delivers well defined tasks\n      with support\nagain: *t\n',
  ),
  'a.md': strToU8(
    '---\ntitle: T\n---\n# Framework\n\n## Delivery\n\nPlans **work**.\n\n- **Beginner**\n  - You understand scope before taking on tasks.\n- **Expert**\n  - You lead.\n\n| Name | A |\n|--|--|\n| x | 1 |\n\n<table><tr><th>Beginner<th>Expert</tr><tr><td><ul><li>one</ul><td>two</tr></table>\n',
  ),
  'a.html': strToU8(
    '<body><nav id="toc"><a href="x">Nav</a></nav><main><h1>IC3 Engineer</h1><h2>Results</h2><p><strong>Impact</strong></p><ul><li>I deliver<ul><li>inner</ul></ul><table><tr><td colspan=2 rowspan=3>a<td>b</table><script>x</script></main>',
  ),
  'a.xlsx': zipSync(
    {
      'xl/workbook.xml': strToU8(
        '<workbook xmlns:r="r"><sheets><sheet name="D" sheetId="1" r:id="r1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
      ),
      'xl/sharedStrings.xml': strToU8('<sst><si><t>Beginner</t></si><si><t>Writes tests</t></si></sst>'),
      'xl/worksheets/s.xml': strToU8(
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>',
      ),
    },
    // Stored, not packed, so that mutations reach the XML too.
    { level: 0 },
  ),
}

/** A small generator with a seed (mulberry32): the same mutations in every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}

const TOKENS = [
  '"',
  '""',
  '\n',
  '\t',
  '{',
  '[',
  '}',
  ']',
  ': ',
  '- ',
  '&a ',
  '*a ',
  '<',
  '</',
  '<table>',
  '<td colspan=999>',
  '<h9>',
  '**',
  '|',
  '```',
  '> ',
  '# ',
  '\0',
  '\uFEFF',
  '\u{1F680}',
  'A1:XFD1048576',
  '<!--',
  '<![CDATA[',
  '&amp;',
  '---\n',
  '99999999999',
].map((token) => strToU8(token))

function mutate(seed: Uint8Array, random: () => number, most: number): Uint8Array {
  let bytes = seed.slice()
  for (let count = 1 + Math.floor(random() * 6); count > 0; count--) {
    const at = Math.floor(random() * bytes.length)
    const kind = Math.floor(random() * 5)
    if (kind === 0) bytes[at] = Math.floor(random() * 256)
    else if (kind === 1) bytes = bytes.slice(0, Math.max(1, at))
    else {
      const piece =
        kind === 2
          ? TOKENS[Math.floor(random() * TOKENS.length)]!
          : bytes.slice(at, at + Math.floor(random() * 60))
      const times = kind === 4 ? 1 + Math.floor(random() * 30) : 1
      const to = Math.floor(random() * bytes.length)
      const next = new Uint8Array(bytes.length + piece.length * times)
      next.set(bytes.slice(0, to))
      for (let index = 0; index < times; index++) next.set(piece, to + index * piece.length)
      next.set(bytes.slice(to), to + piece.length * times)
      bytes = next
    }
    if (bytes.length > most) bytes = bytes.slice(0, most)
  }
  return bytes
}

test.each(Object.entries(SEEDS))(
  `${RUNS} mutations of %s: no throw, no hang, bounded nodes and memory`,
  (path, seed) => {
    const random = generator(20_260_311)
    let [slowest, most, held] = [0, 0, 0]
    const before = process.memoryUsage().heapUsed
    for (let run = 0; run < RUNS; run++) {
      const bytes = mutate(seed, random, largest(path))
      const started = performance.now()
      let source
      try {
        source = readLadder([{ path, bytes }], { ...LADDER_LIMITS, nodes: 50_000 })
        // Recognising and importing what was read must hold as well; a sample, because it costs more.
        if (run % 50 === 0) detectRecipe(source)
      } catch (error) {
        throw new Error(
          `run ${run}: ${JSON.stringify(new TextDecoder('latin1').decode(bytes).slice(0, 2000))}`,
          { cause: error },
        )
      }
      slowest = Math.max(slowest, performance.now() - started)
      if (run % 100 === 0) held = Math.max(held, process.memoryUsage().heapUsed - before)
      for (const file of source.files) most = Math.max(most, [...walk(file)].length)
    }
    expect(slowest).toBeLessThan(SLOWEST)
    expect(most).toBeLessThanOrEqual(50_000)
    expect(held).toBeLessThan(MEMORY)
  },
  TIMEOUT,
)
