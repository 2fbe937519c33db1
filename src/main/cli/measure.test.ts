// rungs measure and agree as users run them: a process, its output, its exit code, and the figures of the core.
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { analyse } from '../../core/measure/analysis.ts'
import { exampleRatings } from '../../core/measure/example-ratings.ts'
import type { Estimator, StepModel } from '../../core/measure/measurement.ts'
import { MeasurementJson } from '../../core/measure/measurement-schema.ts'
import { parseRatingRows } from '../../core/measure/ratings.ts'
import { packageRoot } from '../../platform/package-root.ts'

const folder = mkdtempSync(join(tmpdir(), 'rungs-measure-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

function rungs(
  args: string[],
  input = '',
): Promise<{ code: number | null; out: string; err: string; seconds: number }> {
  return new Promise((resolve, reject) => {
    const started = Date.now()
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(packageRoot, 'src/main/cli/rungs.ts'), ...args],
      { cwd: packageRoot, timeout: 60_000 },
    )
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err, seconds: (Date.now() - started) / 1000 }))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

const rows = exampleRatings({ persons: 12, items: ['one', 'two', 'three'] })
const long = [
  'person,rater,item,score,group',
  ...rows.map((row) => [row.person, row.rater, row.item, row.score, row.group].join(',')),
].join('\n')
const file = write('long.csv', long)
const parsed = parseRatingRows(rows)
if (!parsed.ok) throw new Error('the example is refused')
const { value: ratings } = parsed

function wide(): string {
  const lines = new Map<string, (number | string)[]>()
  for (const { person, rater, group, item, score } of rows) {
    const key = [person, rater, group].join('\t')
    const cells = lines.get(key) ?? ['', '', '']
    cells[['one', 'two', 'three'].indexOf(item)] = score!
    lines.set(key, cells)
  }
  return [
    'person\trater\tgroup\tone\ttwo\tthree',
    ...[...lines].map(([key, cells]) => `${key}\t${cells.join('\t')}`),
  ].join('\n')
}

const RUNS: [Estimator, StepModel][] = [
  ['cml', 'rsm'],
  ['cml', 'pcm'],
  ['jml', 'rsm'],
  ['jml-eps', 'rsm'],
  ['mml', 'rsm'],
]

test.each(RUNS)(
  '--estimator %s --steps %s: JSON of the published shape, with the figures of the core',
  async (estimator, steps) => {
    const { code, out } = await rungs([
      'measure',
      file,
      '--estimator',
      estimator,
      '--steps',
      steps,
      '--bias',
      'all',
      '--json',
    ])
    expect(code).toBe(0)
    const json = MeasurementJson.parse(JSON.parse(out))
    const core = analyse(ratings, { estimator, steps })
    if (!core.ok) throw new Error('refused')
    const { measurement } = core.value
    expect(json.summary).toMatchObject({
      estimator,
      model: steps,
      dataHash: measurement.summary.dataHash,
      ratings: core.value.ratings.score.length,
    })
    expect(json.summary.gradient).toBeLessThanOrEqual(1e-8)
    for (const list of ['persons', 'raters', 'items'] as const) {
      const theirs = new Map(measurement[list].map((one) => [one.id, one]))
      expect(json[list]).toHaveLength(theirs.size)
      for (const one of json[list]) {
        expect(one.measure).toBeCloseTo(theirs.get(one.id)!.measure, 9)
        expect(one.se).toBeCloseTo(theirs.get(one.id)!.se, 9)
      }
    }
    expect(json.items.reduce((sum, item) => sum + item.measure, 0)).toBeCloseTo(0, 8)
    const counts = json.steps.filter((step) => step.item === null)
    if (steps === 'rsm') expect(counts.map((step) => step.category)).toEqual([1, 2, 3, 4])
  },
)

test('wide tables, JSON lines and standard input say the same as the long file', async () => {
  const lines = rows.map((row) => JSON.stringify(row)).join('\n')
  const runs = await Promise.all([
    rungs(['measure', write('wide.tsv', wide()), '--json']),
    rungs(['measure', write('lines.jsonl', lines), '--json']),
    rungs(['measure', '-', '--json'], long),
  ])
  const [first, ...rest] = runs.map(({ out }) => MeasurementJson.parse(JSON.parse(out)))
  for (const other of rest) {
    expect(other.summary.dataHash).toBe(first!.summary.dataHash)
    const theirs = new Map(first!.persons.map((one) => [one.id, one.measure]))
    for (const one of other.persons) expect(one.measure).toBeCloseTo(theirs.get(one.id)!, 9)
  }
})

test('columns are mapped by --facets, and anchors hold', async () => {
  const renamed = write('renamed.csv', long.replace('person,rater,item,score,group', 'who,by,what,mark,kind'))
  const anchors = write('anchors.yaml', 'items: {one: -0.4}\n')
  const { code, out } = await rungs([
    'measure',
    renamed,
    '--facets',
    'person=who,rater=by,item=what,score=mark,group=kind',
    '--scale',
    '0-4',
    '--anchors',
    anchors,
    '--json',
  ])
  expect(code).toBe(0)
  const json = MeasurementJson.parse(JSON.parse(out))
  expect(json.items.find((item) => item.id === 'one')).toMatchObject({ measure: -0.4, se: 0, anchored: true })
  const unknown = await rungs([
    'measure',
    file,
    '--anchors',
    write('wrong.csv', 'facet,id,value\nitem,nothing,1\n'),
  ])
  expect([unknown.code, unknown.err]).toEqual([
    2,
    expect.stringMatching(/nothing.*\n.*needed: .*\[anchor-unknown\]/s),
  ])
})

test('tables for people: measures with intervals, nobody ranked, raters needed', async () => {
  const { code, out, err } = await rungs(['measure', file])
  // A slow machine tells its progress there, and nothing else may stand there.
  expect([code, err.replaceAll(/^rungs: .* s\n/gm, '')]).toEqual([0, ''])
  expect(out).toMatch(/self-ratings kept apart/)
  expect(out).toMatch(/person-01 +4 .* to /)
  const names = [...out.matchAll(/^(person-\d\d) .*(?:yes|no: .*)$/gm)].map((found) => found[1])
  expect(names).toEqual(names.toSorted((a, b) => a!.localeCompare(b!)))
  expect(out).toMatch(/Raters needed for a dependability of 0.8/)
  expect(out).toMatch(/relative gradient \d/)
})

test('--profiles and --calibrate add cells with their shrinkage and bootstrap limits, repeatable by the seed', async () => {
  const args = ['measure', file, '--profiles', '--calibrate', '20', '--seed', '5', '--json']
  const [first, second] = await Promise.all([rungs(args), rungs(args)])
  const json = MeasurementJson.parse(JSON.parse(first.out))
  expect(json.profiles?.cells.length).toBe(36)
  expect(json.profiles?.cells.every((cell) => cell.shrinkage >= 0 && cell.shrinkage <= 1)).toBe(true)
  const raters = json.fit.filter((one) => one.facet === 'rater')
  expect(raters.every((one) => one.infitP !== null && one.infitLimits![0] <= one.infitLimits![1])).toBe(true)
  expect(MeasurementJson.parse(JSON.parse(second.out)).fit).toEqual(json.fit)
})

test('--profiles shows cells in the terminal; a rater in two roles is told apart', async () => {
  const data = long.replaceAll(/,one,/g, ',craft/one,')
  const { code, out } = await rungs(['measure', '-', '--profiles'], data)
  expect(code).toBe(0)
  expect(out).toMatch(/People by competency .*\n.*\nperson-01 +craft +-?\d/)
  const roles = ['ann', 'bo', 'cy', 'di'].flatMap((person, p) =>
    ['ann', 'bo', 'cy', 'di'].flatMap((rater, r) =>
      ['i', 'j', 'k'].map(
        (item, i) =>
          `${person},${rater},${item},${(p + r * i + i) % 4},${p === r ? 'self' : p < r ? 'manager' : 'peer'}`,
      ),
    ),
  )
  const told = await rungs(['measure', '-'], ['person,rater,item,score,group', ...roles].join('\n'))
  expect(told.code).toBe(0)
  expect(told.out).toMatch(/12 self-ratings kept apart/)
  expect(told.out).toMatch(/^bo \(manager\) +manager/m)
  expect(told.out).toMatch(/^bo \(peer\) +peer/m)
})

test('--report writes the page, and a folder that is not there is said', async () => {
  const report = join(folder, 'report.html')
  const { code } = await rungs(['measure', file, '--report', report, '--language', 'zh-Hans', '--json'])
  expect(code).toBe(0)
  const page = readFileSync(report, 'utf8')
  expect(page).toMatch(/^<!doctype html>\s*<html lang="zh-Hans">/)
  expect(page).toContain('long.csv')
  const nowhere = await rungs(['measure', file, '--report', join(folder, 'no', 'report.html')])
  expect(nowhere.code).toBe(2)
})

test('agree: alpha of Krippendorff’s published example, and why others are not defined', async () => {
  const n = null
  const judged = [
    [1, 1, n, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [n, 5, 5, 5],
    [n, n, 1, 1],
    [n, n, 3, n],
  ]
  const lines = judged.flatMap((scores, p) =>
    scores.flatMap((score, r) => (score === null ? [] : [`u${p},r${r},i,${score}`])),
  )
  const data = write('krippendorff.csv', ['person,rater,item,score', ...lines].join('\n'))
  const { code, out } = await rungs(['agree', data, '--json'])
  expect(code).toBe(0)
  const { agreement } = JSON.parse(out) as { agreement: MeasurementJson['agreement'] }
  const value = (id: string) => agreement.coefficients.find((one) => one.id === id)!.value.toFixed(3)
  expect(['nominal', 'ordinal', 'interval', 'ratio'].map((metric) => value(`alpha-${metric}`))).toEqual([
    '0.743',
    '0.815',
    '0.849',
    '0.797',
  ])
  expect(value('gwet-ac-unweighted')).toBe('0.775')
  expect(agreement.notDefined.find((gap) => gap.id === 'ICC(2,1)')?.reason).toBe('unequal-raters')
  const text = await rungs(['agree', data])
  expect(text.out).toMatch(/alpha-ordinal +0\.815 +0\.\d+ to /)
  expect(text.out).toMatch(/Not defined on these ratings\n.*ICC\(1,1\)/)
})

test.each([
  ['no score column', 'person,rater,item\na,b,c\n', /no.*score|column for the item/, 'columns-unclear'],
  ['no rater column', 'person,item,score\na,b,1\n', /no column is named as the rater/, 'columns-unclear'],
  [
    'a score that is no number',
    'person,rater,item,score\na,b,c,NaN\n',
    /line 2, column score: expected an integer score, got "NaN"/,
    'score-not-integer',
  ],
  [
    'half a score',
    'person,rater,item,score\na,b,c,2.5\n',
    /expected an integer score, got "2.5"/,
    'score-not-integer',
  ],
  [
    'an infinite score',
    'person,rater,item,score\na,b,c,1e999\n',
    /expected an integer score/,
    'score-not-integer',
  ],
  ['an empty file', '', /no rows/, 'no-ratings'],
  [
    'ids that collide',
    'person,rater,item,score\nAnn,b,c,1\nann,b,d,2\n',
    /differ only by case/,
    'duplicate-id',
  ],
  ['one rater', 'person,rater,item,score\na,r,i,1\nb,r,i,2\na,r,j,2\nb,r,j,1\n', /rater/, undefined],
  [
    'self-ratings only',
    'person,rater,item,score,group\na,a,i,1,self\na,a,j,2,self\n',
    /self-ratings/,
    'no-ratings',
  ],
  ['all the same', 'person,rater,item,score\na,r,i,1\na,s,i,1\nb,r,i,1\nb,s,i,1\n', /./, undefined],
])('refused with what is missing: %s', async (_, text, message, refusal) => {
  const { code, out, err } = await rungs(['measure', '-'], text)
  if (refusal === undefined && code === 0) {
    // A measure with the reason it is wide is an answer as well; a silent one is not.
    expect(out).toMatch(/Caution|fewer-than-three-raters/)
    return
  }
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toMatch(message)
  expect(err).toMatch(/needed: \S/)
  if (refusal !== undefined) expect(err).toContain(`[${refusal}]`)
})

test.each([
  [['measure', '/no/such/file.csv'], /there is no such file/],
  [['measure', 'src'], /is a folder/],
  [['measure', 'package.json', '--estimator', 'guess'], /Allowed choices/],
  [['measure', 'package.json', '--scale', '4-0'], /--scale: expected lowest-highest/],
  [['measure', 'package.json', '--facets', 'boss=x'], /--facets: expected name=column/],
  [['measure', 'package.json', '--bias', 'gossip'], /no bias kind "gossip"/],
  [['agree', 'package.json', '--level', '1.5'], /shares between 0 and 1/],
])('%j is bad usage', async (args, message) => {
  const { code, err } = await rungs(args)
  expect([code, err]).toEqual([2, expect.stringMatching(message)])
})

test('two sets without a common rater are measured with a caution and the ratings that would join them', async () => {
  const lines = ['a', 'b', 'c'].flatMap((p, k) =>
    ['r', 's', 't'].flatMap((r, j) =>
      ['i', 'j', 'k'].map(
        (i, m) => `${p}1,${r}1,${i},${(k + j * m + m) % 4}\n${p}2,${r}2,${i},${(k * 2 + j + m) % 4}`,
      ),
    ),
  )
  const data = ['person,rater,item,score', ...lines].join('\n')
  const { code, out } = await rungs(['measure', '-'], data)
  expect(code).toBe(0)
  expect(out).toMatch(/Caution: the ratings fall into 2 subsets/)
  expect(out).toMatch(/would join sets 1 and 2: \S+ judges \S+/)
  expect(out).toMatch(/no: not-linked/)
  const chinese = await rungs(['measure', '-', '--language', 'zh-Hans'], data)
  expect(chinese.out).toContain(
    '注意：评分分成了几组，组与组之间没有共同的评分人，只能在组内比较。 [disconnected]',
  )
  expect(chinese.out).not.toContain('Caution')
})

test.each(['measure', 'agree'])(
  'rungs %s says in Chinese what is wrong, where, and what it needs',
  async (verb) => {
    const { code, out, err } = await rungs(
      [verb, '-', '--language', 'zh-Hans'],
      'person,rater,item,score\na,r,i,1.5\n',
    )
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain('standard input：有些分数不是整数。')
    expect(err).toMatch(/具体：line 2, column score: .*1\.5/)
    expect(err).toContain('需要：整数分数，每个整数对应量表的一档 [score-not-integer]')
  },
)

test('names cannot write to the terminal', async () => {
  const data = long.replaceAll('person-01', 'e\u001B[31mvil')
  const { code, out } = await rungs(['measure', '-'], data)
  expect(code).toBe(0)
  expect(out.includes('\u001B')).toBe(false)
  expect(out).toContain('e\uFFFD[31mvil')
})

test('10 million rows are refused within seconds and without holding them', async () => {
  const path = join(folder, 'huge.csv')
  const handle = openSync(path, 'w')
  writeSync(handle, 'person,rater,item,score\n')
  const chunk = 'p,r,i,1\n'.repeat(100_000)
  for (let k = 0; k < 100; k++) writeSync(handle, chunk)
  closeSync(handle)
  const { code, err, seconds } = await rungs(['measure', path])
  expect(code).toBe(2)
  expect(err).toMatch(/more than the 8,000,000 ratings of one run\n.*needed: a split/)
  expect(seconds).toBeLessThan(30)
}, 60_000)
