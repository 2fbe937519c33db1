// Everything can be done without a mouse, and the focus is where a reader expects it.
import { en } from '../../src/ui/words/en.ts'
import { assess } from './simulated-person.ts'
import { expect, test } from './rungs.ts'

test('from the first page to an answered question with the keyboard alone', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: en.app.skip })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: en.ladder.start })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: en.assess.title })).toBeFocused()
  await page.getByRole('radio', { name: new RegExp(en.assess.adaptive) }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: new RegExp(`^${en.assess.quick}`) })).toBeChecked()
  await page.getByLabel(en.assess.years).focus()
  await page.keyboard.type('6')
  await page.keyboard.press('Enter')
  const question = page.locator('[data-item]')
  await expect(question).toBeFocused()
  const first = await question.getAttribute('data-item')
  await page.keyboard.press('3')
  await expect(question).not.toHaveAttribute('data-item', first!)
  await expect(question).toBeFocused()
  await page.keyboard.press('u')
  await expect(question).toHaveAttribute('data-item', first!)
})

test('the map is walked with Tab, and a station opens with Enter', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: /^From Senior programmer to Architect/ }).focus()
  await expect(
    page.getByRole('heading', { level: 2, name: 'From Senior programmer to Architect' }),
  ).toBeVisible()
  await page.getByRole('link', { name: /^Architect, / }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Architect' })).toBeFocused()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('the palette finds a behaviour by its words and goes there', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(en.search.placeholder).fill('code users depend payment')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/competencies\/coding\?behaviour=/)
  await expect(page.locator('[data-sought="true"]')).toBeVisible()
})

test('the language changes at once and stays', async ({ page, rungs }) => {
  await assess(rungs.url, 2.6, 'quick', 3)
  await page.goto('/')
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await expect(page.getByRole('link', { name: '继续上次的自评' })).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
})
