// Ratings are measured in the browser: nothing leaves the page, a changed rating moves the ruler, and figures are Node's.
import { readFileSync } from 'node:fs'
import axe from 'axe-core'
import type { Page } from '@playwright/test'
import { analyse } from '../../src/core/measure/analysis.ts'
import { exampleRatings } from '../../src/core/measure/example-ratings.ts'
import { measure } from '../../src/core/measure/measure.ts'
import { MeasurementJson } from '../../src/core/measure/measurement-schema.ts'
import { parseRatingRows } from '../../src/core/measure/ratings.ts'
import { renderReport } from '../../src/core/measure/report/report.ts'
import { withoutSelf } from '../../src/core/measure/self-ratings.ts'
import { expect, test } from './rungs.ts'

const rows = exampleRatings({ persons: 14, items: ['design', 'delivery', 'mentoring'], seed: 11 })
const csv = [
  'person,rater,item,score,group',
  ...rows.map((row) => [row.person, row.rater, row.item, row.score, row.group].join(',')),
].join('\n')
const parsed = parseRatingRows(rows)
if (!parsed.ok) throw new Error('the example is refused')
const { value: ratings } = parsed

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

async function download(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ])
  return readFileSync(await file.path(), 'utf8')
}

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await checker.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map(
      (one) =>
        `${one.id}: ${one.nodes
          .map((node) => node.html)
          .join(' ')
          .slice(0, 300)}`,
    )
  })
}

test('dropped, measured, changed, undone: with the figures of Node and without a request', async ({
  page,
}) => {
  await page.goto('/measure?lang=en')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Many raters, one fair measure')
  expect(await findings(page)).toEqual([])
  // The code of the thread comes from this server once; after that nothing is asked of anybody.
  await drop(page, 'round.csv', csv)
  await expect(page.getByRole('heading', { name: 'Change a rating' })).toBeVisible()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.context().setOffline(true)

  const core = analyse(ratings)
  if (!core.ok) throw new Error('refused')
  const json = MeasurementJson.parse(JSON.parse(await download(page, 'JSON')))
  expect(json.summary.dataHash).toBe(core.value.measurement.summary.dataHash)
  for (const list of ['persons', 'raters', 'items'] as const) {
    const theirs = new Map(core.value.measurement[list].map((one) => [one.id, one]))
    expect(json[list]).toHaveLength(theirs.size)
    for (const one of json[list]) {
      expect(Math.abs(one.measure - theirs.get(one.id)!.measure), one.id).toBeLessThan(1e-9)
      expect(Math.abs(one.se - theirs.get(one.id)!.se), one.id).toBeLessThan(1e-9)
    }
  }

  const dot = page.locator('svg circle[data-marked=true]').first()
  const before = await dot.getAttribute('style')
  const cell = page.locator('select[aria-label*=" on "]').first()
  const was = await cell.inputValue()
  const now = was === '0' ? '4' : '0'
  await cell.selectOption(now)
  await expect(page.getByTestId('moved')).toContainText('moved from')
  await expect(page.getByText(/Measured again in [\d.]+ ms/)).toBeVisible()
  expect(await dot.getAttribute('style')).not.toBe(before)

  // The warm run ends where a cold one does.
  const { others } = withoutSelf(ratings)
  const person = others.personIds.indexOf('person-01')
  const [rater, item] = (await cell.getAttribute('aria-label'))!.split(' on ')
  const score = others.score.slice()
  const at = score.findIndex(
    (_, r) =>
      others.person[r] === person &&
      others.raterIds[others.rater[r]!] === rater &&
      others.itemIds[others.item[r]!] === item,
  )
  score[at] = Number(now)
  const cold = measure({ ...others, score })
  if (!cold.ok) throw new Error('refused')
  const changed = MeasurementJson.parse(JSON.parse(await download(page, 'JSON')))
  const theirs = new Map(cold.value.persons.map((one) => [one.id, one.measure]))
  for (const one of changed.persons) expect(Math.abs(one.measure - theirs.get(one.id)!)).toBeLessThan(1e-6)

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cell).toHaveValue(was)
  await expect(dot).toHaveAttribute('style', before!)
  expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([])
})

test('the report comes as a file that opens in the language of the page', async ({ page }) => {
  await page.goto('/measure?lang=zh-Hans')
  await page.getByRole('button', { name: '载入模拟示例' }).click()
  await expect(page.getByRole('heading', { name: '改一个评分' })).toBeVisible()
  await expect(page.getByText('虚构人员的模拟评分。')).toBeVisible()
  const report = await download(page, '报告')
  expect(report).toContain('<html lang="zh-Hans">')
  expect(report).toContain('虚构人员的模拟评分，仅供试用。')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Change a rating' })).toBeVisible()
  expect(await findings(page)).toEqual([])
})

test('what cannot be measured is refused with what is missing, and the next file is welcome', async ({
  page,
}) => {
  await page.goto('/measure?lang=en')
  await drop(page, 'broken.csv', 'person,rater,item,score\na,b,c,often\n')
  await expect(page.getByRole('alert')).toContainText(
    'line 2, column score: expected an integer score, got "often"',
  )
  await expect(page.getByRole('alert')).toContainText('Needed: whole numbers')
  expect(await findings(page)).toEqual([])
  await page.getByText('Or paste a table').click()
  await page.getByLabel(/Ratings as text/).fill(csv)
  await page.getByRole('button', { name: 'Measure this text' }).click()
  await expect(page.getByRole('heading', { name: 'The ruler' })).toBeVisible()
})

test('a file dropped on the page is read; one that is no text is said', async ({ page }) => {
  await page.goto('/measure?lang=en')
  await expect(page.getByText('Drop a CSV')).toBeVisible()
  const dropped = (bytes: number[]) =>
    page.evaluate((content) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(content)], 'dropped.csv'))
      const target = [...document.querySelectorAll('p')].find((one) =>
        one.textContent?.startsWith('Drop a CSV'),
      )!.parentElement!
      target.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    }, bytes)
  await dropped([0xff, 0xfe, 0x41, 0x00])
  await expect(page.getByRole('alert')).toContainText('not UTF-8')
  await dropped([...Buffer.from(csv)])
  await expect(page.getByRole('heading', { name: 'The ruler' })).toBeVisible()
})

test('the report reads well to axe in both languages, light and dark, and switches without a script', async ({
  page,
}) => {
  const whole = analyse(ratings, { bias: ['rater-item', 'person-group', 'group-item'] })
  if (!whole.ok) throw new Error('refused')
  const html = renderReport(whole.value, { name: 'round.csv', date: '2026-01-31' })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setContent(html)
    await expect(page.getByRole('heading', { name: 'Ratings report' })).toBeVisible()
    expect(await findings(page)).toEqual([])
    await page.getByLabel('中文').check({ force: true })
    await expect(page.getByRole('heading', { name: '评分测量报告' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Ratings report' })).toBeHidden()
    expect(await findings(page)).toEqual([])
  }
})
