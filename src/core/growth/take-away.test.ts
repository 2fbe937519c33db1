// What people take away: the same figures in each format and both languages, safe to open.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Response } from '../assess/answers.ts'
import { buildInstrument } from '../assess/instrument.ts'
import { growthFramework } from './fixture.ts'
import { parseCsv, writeCsv, type CsvCell } from '../tables/csv.ts'
import { standingReportSchema } from './report-model.ts'
import { standingReport } from './report.ts'
import { CSV_COLUMNS, takeAway } from './take-away.ts'

const RUNS = process.env['RUNGS_VERIFY'] ? 10_000 : 200
const framework = growthFramework()
const instrument = buildInstrument(framework)
const responses: Response[] = [
  ...instrument.items
    .filter(({ competency, level }) => competency === 'coding' && level < 4)
    .map(({ id }) => ({ item: id, answer: 'on-my-own' as const })),
  { item: 'design-3a', answer: 'with-help', evidence: 'https://example.org/a?b=<1>&c=2' },
  { item: 'hiring-1a', answer: 'no-opportunity' },
]
const report = standingReport(framework, instrument, responses, {
  hash: 'ab'.repeat(32),
  assessedAt: '2026-03-02T09:00:00.000Z',
  finished: true,
  mode: 'quick',
  target: { role: 'architect', variant: null },
  self: { name: null, role: { role: 'senior', variant: null }, years: 6 },
})

test('the report fits its schema, and JSON brings all of it back', () => {
  expect(standingReportSchema.parse(report)).toEqual(report)
  expect(JSON.parse(takeAway(report, framework, 'json').text)).toEqual(report)
})

test('files are named after the framework, its version and the day', () => {
  expect(takeAway(report, framework, 'csv').filename).toBe('standing-small-1.0.0-2026-03-02.csv')
})

test('Markdown tells version, date, that it is self-assessed and expert-set, and every competency with its interval', () => {
  const { text } = takeAway(report, framework, 'markdown')
  expect(text).toContain('Small ladder, version 1.0.0')
  expect(text).toContain('2026-03-02')
  expect(text).toContain('Self-assessed')
  expect(text).toContain('Not yet calibrated')
  const coding = report.standing.competencies[0]!
  const [low, high] = coding.location.interval90.map((end) => end.toFixed(1))
  expect(text).toContain(`| The coding | ${coding.location.level.toFixed(1)} |`)
  expect(text).toContain(`${low}–${high}`)
  expect(text).toContain('| The hiring | not known yet (other answers suggest about')
  expect(text).toContain('https://example.org/a?b=%3C1%3E&c=2')
  expect(text).toContain('## Paths to Architect')
})

test('Chinese Markdown has no English of ours left', () => {
  const { text } = takeAway(report, framework, 'markdown', 'zh-Hans')
  expect(text).toContain('# 我的定位')
  expect(text).toContain('尚不清楚')
  const ours = text.replaceAll(
    /Technical|Management|Senior|Architect|Junior|Lead|Quiet head|Rungs|https?:\S+|The (?:book|talk)|`[0-9a-f]+`|coding|design|testing|planning|hiring|vision/g,
    '',
  )
  expect(ours).not.toMatch(/[A-Za-z]{3}/)
  expect(ours, 'Chinese punctuation').not.toMatch(/\p{Script=Han}[:;(]|[)] ?\p{Script=Han}/u)
})

test('CSV has a row for each competency and role with its uncertainty, and reads back to the same figures to three decimals', () => {
  const rows = parseCsv(takeAway(report, framework, 'csv').text)
  expect(rows[0]).toEqual([...CSV_COLUMNS])
  const cell = (row: CsvCell[], column: (typeof CSV_COLUMNS)[number]) => row[CSV_COLUMNS.indexOf(column)]
  const competencies = rows.filter((row) => cell(row, 'record') === 'competency')
  const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 1000)
  expect(competencies.map((row) => cell(row, 'low_90'))).toEqual(
    report.standing.competencies.map(({ known, location }) =>
      known && location.beyond.interval90[0] !== 'below' ? rounded(location.interval90[0]) : null,
    ),
  )
  expect(competencies.map((row) => cell(row, 'se_logits'))).toEqual(
    report.standing.competencies.map(({ known, location }) => (known ? rounded(location.sd) : null)),
  )
  const roles = rows.filter((row) => cell(row, 'record') === 'role')
  expect(roles.map((row) => cell(row, 'musts_open'))).toEqual(report.readiness.map(({ musts }) => musts.open))
  expect(roles.map((row) => cell(row, 'probability'))).toEqual(
    report.readiness.map(({ readiness }) => rounded(readiness)),
  )
  for (const row of rows)
    for (const value of row)
      if (typeof value === 'number') expect(String(value)).toMatch(/^-?\d+(\.\d{1,3})?$/)
})

test('texts of a framework cannot become formulas in CSV or markup in Markdown', () => {
  const hostile = growthFramework({
    title: '=HYPERLINK("http://example.org";"x")',
    areas: [
      { id: 'craft', title: '<script>alert(1)</script>' },
      { id: 'people', title: '[click](http://example.org) | x' },
    ],
  })
  const bad = standingReport(hostile, buildInstrument(hostile), [], {
    ...{ hash: null, assessedAt: '2026-03-02', finished: false, mode: 'quick', target: null },
    self: { name: null, role: null, years: null },
  })
  expect(takeAway(bad, hostile, 'csv').text).toContain(`"'=HYPERLINK(""http`)
  const { text } = takeAway(bad, hostile, 'markdown')
  expect(text).toContain('\\<script\\>')
  expect(text).toContain('\\[click\\](http://example.org) \\| x')
})

const cells = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '=1+1',
    "'=x",
    '+1',
    '-1',
    '@a',
    '\ttab',
    '＝1',
    'a"b',
    'a,b',
    'a\r\nb',
    '12',
    '1e3',
    '',
    "''-x",
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.constant(null),
)

test('CSV comes back as it was written, whatever the cells hold, and no cell starts a formula', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cells, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
      (rows: CsvCell[][]) => {
        const text = writeCsv(rows)
        expect(parseCsv(text)).toEqual(rows)
        for (const row of rows) {
          for (const cell of row) {
            if (typeof cell !== 'string') continue
            const written = writeCsv([[cell]]).replace(/^"/, '')
            expect(written).not.toMatch(/^[=+\-@\t＝＋－＠]/u)
          }
        }
      },
    ),
    { seed: 20260306, numRuns: RUNS },
  )
}, 120_000)

test('Markdown counts musts before any percentage, numbers the steps of a way, and says whence each year comes', () => {
  const senior = instrument.items
    .filter(({ competency, level }) => ['coding', 'design', 'testing'].includes(competency) && level < 3)
    .map(({ id }, i) => ({ item: id, answer: i === 0 ? ('lead-others' as const) : ('on-my-own' as const) }))
  const far = standingReport(
    framework,
    instrument,
    senior,
    {
      ...{ hash: null, assessedAt: '2026-03-02', finished: true, mode: 'adaptive', target: null },
      self: { name: null, role: { role: 'junior', variant: null }, years: 1 },
    },
    { role: 'head', variant: null },
  )
  const { text } = takeAway(far, framework, 'markdown')
  const own = far.standing.opening.own!.musts
  expect(text).toContain(`Of Junior, your role: ${own.met + own.likely} of 2 musts met or likely`)
  expect(text).toMatch(/\n1\. \*\*Junior → Senior\*\*.*\n(?: {3}.*\n)+2\. \*\*/)
  expect(text).toContain('total years in the profession at Senior: 3.0 to 5.0 years (source: The book)')
  expect(text).toContain('(as you said)')
  expect(text).toContain('1.0 to 2.0 years for a whole level, 4 competencies side by side')
  expect(text).not.toContain('You meet the bar')
})

test('without a scored answer the result says not known and quotes no figure of the prior', () => {
  const responses = instrument.items.map(({ id }): Response => ({ item: id, answer: 'no-opportunity' }))
  const nothing = standingReport(framework, instrument, responses, {
    ...{ hash: 'ab'.repeat(32), assessedAt: '2026-03-02T09:00:00.000Z', finished: true, mode: 'quick' },
    ...{ target: null, self: { name: null, role: null, years: null } },
  })
  const text = takeAway(nothing, framework, 'markdown', 'en').text
  expect(text).toMatch(/not known yet \| +\| +\|/)
  expect(text).not.toContain('other answers suggest')
})

test('answers that do not fit together are said to in every format and both languages, and fitting ones are not', () => {
  const turned = instrument.items.map(({ id, level }): Response => ({
    item: id,
    answer: level > 2 ? 'on-my-own' : 'not-yet',
  }))
  const facts = {
    ...{ hash: null, assessedAt: '2026-03-02T09:00:00.000Z', finished: true, mode: 'quick' as const },
    ...{ target: null, self: { name: null, role: null, years: null } },
  }
  const odd = standingReport(framework, instrument, turned, facts)
  expect(standingReportSchema.parse(odd).fit.state).toBe('does-not-fit')
  const warning = (format: 'markdown' | 'csv', language: string, of = odd) =>
    takeAway(of, framework, format, language).text
  for (const format of ['markdown', 'csv'] as const) {
    expect(warning(format, 'en')).toContain('Your answers do not fit together')
    expect(warning(format, 'zh-Hans')).toContain('你的回答彼此对不上')
    expect(warning(format, 'en', report)).not.toContain('do not fit together')
  }
  expect(warning('markdown', 'en')).toContain('your other answers suggest')
  expect(JSON.parse(takeAway(odd, framework, 'json').text).fit.surprising).toHaveLength(3)
})
