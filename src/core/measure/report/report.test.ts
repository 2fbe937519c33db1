// The report: hostile names stay text, both languages say the same, and every figure comes from the run.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse, withheldReasons, type Analysis } from '../analysis.ts'
import { exampleRatings } from '../example-ratings.ts'
import { itemCosts, momentsAt } from '../item-costs.ts'
import { parseRatingRows, type RatingRow } from '../ratings.ts'
import { fixed } from './figures.ts'
import { escaped, html } from './html.ts'
import { renderReport } from './report.ts'
import { layOutRuler, NARROW, shortened, textWidth, WIDE } from './ruler-layout.ts'

function analysed(rows: readonly RatingRow[]): Analysis {
  const ratings = parseRatingRows(rows, { lowest: 0, highest: 4 })
  if (!ratings.ok) throw new Error(JSON.stringify(ratings.refusals))
  const found = analyse(ratings.value, { bias: ['rater-item', 'person-group', 'group-item'] })
  if (!found.ok) throw new Error(JSON.stringify(found.refusals))
  return found.value
}

const small = exampleRatings({ persons: 12, items: ['one', 'two', 'three'] })
const example = analysed(small)

test('a name can never become markup, wherever the report shows it', () => {
  const hostile = `"'><script>alert(1)</script>&lt;\`\${x}</style></title><img src=x onerror=1>`
  const renamed = small.map((row) => ({
    ...row,
    person: row.group === 'self' || row.person === 'person-01' ? `${hostile}${row.person}` : row.person,
    rater: row.group === 'self' ? `${hostile}${row.rater}` : row.rater === 'peer-01' ? hostile : row.rater,
    item: row.item === 'one' ? hostile : row.item,
    group: row.group === 'manager' ? hostile : row.group!,
  }))
  const page = renderReport(analysed(renamed), { name: hostile, date: hostile })
  expect(page).not.toMatch(/<script|<img|onerror=1>/i)
  expect(page.match(/<style>/g)).toHaveLength(1)
  expect(page.match(/<\/title>/g)).toHaveLength(page.match(/<title>/g)!.length)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

test('text of any kind survives escaping, and holds no character that has a meaning in HTML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const safe = html`<p title="${text}">${text}</p>`.text
      expect(safe.slice(3, -4)).not.toMatch(/[<]|"(?!>).*"(?!>).*"/s)
      const back = escaped(text)
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&#96;', '`')
        .replaceAll('&amp;', '&')
      // oxlint-disable-next-line no-control-regex -- these are the characters that no document may hold
      expect(back).toBe(
        text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g, '\uFFFD'),
      )
    }),
    { seed: 4, numRuns: 300 },
  )
})

test('the page loads nothing and runs nothing', () => {
  const page = renderReport(example, { name: 'ratings.csv' })
  expect(page).not.toMatch(/<script|<link|@import|url\(|https?:|\son\w+=/i)
  expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'".replaceAll("'", '&#39;'))
})

test('everything said in English is said in Chinese, and the other way round', () => {
  const page = renderReport(example, { name: 'ratings.csv' })
  expect(page.match(/class="en"/g)!.length).toBeGreaterThan(80)
  expect(page.match(/class="zh"/g)).toHaveLength(page.match(/class="en"/g)!.length)
})

test('people stand by name, with the fair average of the run, and say why they may not be shown', () => {
  const page = renderReport(example, { name: 'ratings.csv' })
  const people = page.slice(page.indexOf('<h2 id="people">'), page.indexOf('<h2 id="raters">'))
  const names = [...people.matchAll(/<th scope="row">(person-\d+)<\/th>/g)].map((found) => found[1])
  expect(names).toEqual(names.toSorted((a, b) => a!.localeCompare(b!)))
  expect(names).toHaveLength(12)
  for (const { id, fairAverage } of example.measurement.persons) {
    const row = people.slice(people.indexOf(`>${id}<`)).split('</tr>', 1)[0]!
    expect(row).toContain(`<b>${fixed(fairAverage)}</b>`)
  }
})

test('a measure from two raters, of an unlinked set, or too uncertain is withheld with the reason', () => {
  const { measurement } = example
  const [first] = measurement.persons
  expect(withheldReasons({ ...first!, raters: 2, se: 0.3 }, measurement)).toEqual(['fewer-than-three-raters'])
  expect(withheldReasons({ ...first!, raters: 3, se: 0.81 }, measurement)).toEqual(['se-over-limit'])
  const two = { ...measurement, subsets: [...measurement.subsets, ...measurement.subsets] }
  expect(withheldReasons({ ...first!, raters: 3, se: 0.3, subset: 1 }, two)).toEqual(['not-linked'])
  expect(withheldReasons({ ...first!, raters: 3, se: 0.3 }, measurement)).toEqual([])
})

test('self-ratings move nobody: the measures are those of the ratings without them', () => {
  const without = analysed(small.filter((row) => row.group !== 'self'))
  expect(example.selfRatings).toBeGreaterThan(0)
  expect(example.self).toHaveLength(12)
  expect(example.measurement.persons.map(({ id, measure }) => [id, measure])).toEqual(
    without.measurement.persons.map(({ id, measure }) => [id, measure]),
  )
})

test('expected scores rebuilt from a measurement sum to the observed ones on every item', () => {
  const joint = analyse(example.ratings, { estimator: 'jml' })
  if (!joint.ok) throw new Error('refused')
  const { ratings, measurement } = joint.value
  const costs = itemCosts(ratings, measurement)
  const persons = new Map(measurement.persons.map((one) => [one.id, one.measure]))
  const raters = new Map(measurement.raters.map((one) => [one.id, one.measure]))
  for (const [i, id] of ratings.itemIds.entries()) {
    let residual = 0
    for (let r = 0; r < ratings.score.length; r++) {
      if (ratings.item[r] !== i) continue
      const at =
        persons.get(ratings.personIds[ratings.person[r]!]!)! -
        raters.get(ratings.raterIds[ratings.rater[r]!]!)!
      residual += ratings.score[r]! - momentsAt(costs.get(id)!, at).mean
    }
    expect(Math.abs(residual), id).toBeLessThan(1e-5)
  }
})

test('the ruler keeps everything inside its columns and in the order of the measures', () => {
  const costs = itemCosts(example.ratings, example.measurement)
  for (const shape of [WIDE, NARROW]) {
    const layout = layOutRuler(example.measurement, costs, shape)
    for (const dot of layout.dots) {
      const { x, width } = layout.columns[dot.facet]
      expect(dot.x).toBeGreaterThan(x)
      expect(dot.x).toBeLessThan(x + width)
      expect(dot.y).toBeGreaterThanOrEqual(layout.top - 5)
      expect(dot.y).toBeLessThanOrEqual(layout.bottom + 5)
    }
    for (const label of layout.labels)
      expect(label.x + textWidth(label.text)).toBeLessThanOrEqual(
        layout.columns[label.facet].x + layout.columns[label.facet].width,
      )
    const items = layout.dots.filter((dot) => dot.facet === 'item').toSorted((a, b) => a.measure - b.measure)
    expect(items.map((dot) => dot.y)).toEqual(items.map((dot) => dot.y).toSorted((a, b) => b - a))
    const scores = layout.zones.map((zone) => zone.category)
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
  }
})

test('many people become a histogram that counts each once', () => {
  const many = {
    ...example.measurement,
    persons: Array.from({ length: 3000 }, (_, k) => ({
      ...example.measurement.persons[k % 12]!,
      id: `p${k}`,
    })),
  }
  const layout = layOutRuler(many, itemCosts(example.ratings, example.measurement), WIDE)
  expect(layout.dots.some((dot) => dot.facet === 'person')).toBe(false)
  expect(layout.bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(3000)
})

test('a text is shortened to its width, in any script', () => {
  expect(shortened('architecture', 200)).toBe('architecture')
  expect(shortened('架构设计与演进能力', 50)).toMatch(/^架构.*…$/)
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 12, max: 300 }),
      (text, width) => textWidth(shortened(text, width)) <= width,
    ),
    { seed: 2 },
  )
})

test('the same ratings give the same page, to the byte', () => {
  expect(renderReport(analysed(small), { name: 'x' })).toBe(renderReport(analysed(small), { name: 'x' }))
})

test('sets that no rating links stand in lanes of their own on the ruler, and the report says so', () => {
  const rows = ['A', 'B'].flatMap((team) =>
    exampleRatings({ persons: 8, items: ['one', 'two', 'three'] })
      .filter((row) => row.group !== 'self')
      .map((row) => ({ ...row, person: `${team} ${row.person}`, rater: `${team} ${row.rater}` })),
  )
  const analysis = analysed(rows)
  const costs = itemCosts(analysis.ratings, analysis.measurement)
  const layout = layOutRuler(analysis.measurement, costs, WIDE)
  expect(analysis.measurement.subsets).toHaveLength(2)
  expect(layout.lanes.map(({ facet, set }) => `${facet} ${set}`)).toEqual([
    'person 1',
    'person 2',
    'rater 1',
    'rater 2',
  ])
  const subsetOf = new Map(analysis.measurement.persons.map((one) => [one.id, one.subset]))
  for (const dot of layout.dots.filter((one) => one.facet === 'person')) {
    const lane = layout.lanes[subsetOf.get(dot.id)!]!
    expect(dot.x).toBeGreaterThan(lane.x)
    expect(dot.x).toBeLessThan(lane.x + lane.width)
  }
  expect(renderReport(analysis, { name: 'two-teams.csv' })).toContain('stands in a lane of its own')
  expect(renderReport(example, { name: 'one-team.csv' })).not.toContain('lane of its own')
})

test('where there are few people the ruler writes their names', () => {
  const costs = itemCosts(example.ratings, example.measurement)
  const named = layOutRuler(example.measurement, costs, WIDE).labels.filter((one) => one.facet === 'person')
  const names = named.flatMap((one) => one.ids)
  expect(new Set(names)).toEqual(new Set(example.measurement.persons.map((one) => one.id)))
})

test('a fair average has an interval that holds it', () => {
  const page = renderReport(example, { name: 'ratings.csv' })
  const people = page.slice(page.indexOf('<h2 id="people">'), page.indexOf('<h2 id="raters">'))
  for (const row of people.split('<tr>').slice(2)) {
    const fair = Number(/<b>([\d.]+)<\/b>/.exec(row)![1])
    const [, low, high] = />\s*([\d.]+) – ([\d.]+)\s*<\/td>/.exec(row)!
    expect(Number(low)).toBeLessThanOrEqual(fair)
    expect(Number(high)).toBeGreaterThanOrEqual(fair)
    expect(Number(high) - Number(low)).toBeGreaterThan(0.1)
  }
})
