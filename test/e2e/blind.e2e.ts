// While somebody answers, nothing on their way says which level a role expects or a behaviour has.
import { en } from '../../src/ui/words/en.ts'
import { assess, call } from './simulated-person.ts'
import { expect, test } from './rungs.ts'

const FRAMEWORK = '/frameworks/coder-to-cto'
const A_LEVEL = /\blevel \d/i

test('an open assessment hides levels on every screen until they are asked for', async ({ page, rungs }) => {
  const { assessment } = await assess(rungs.url, 2.6, 'adaptive', 3)
  const { standing } = await call<{ standing: { competencies: { competency: string; answered: number }[] } }>(
    rungs.url,
    'standings/get',
    { assessment: assessment.id },
  )
  const answered = standing.competencies.find((each) => each.answered > 0)!.competency
  const main = page.locator('main')
  const level = main.getByRole('img', { name: A_LEVEL })
  await page.goto(`/assess/${assessment.id}`)
  await expect(page.locator('[data-item]')).toBeVisible()
  await expect(main).toContainText(en.question.blind)
  expect(await main.innerText()).not.toMatch(A_LEVEL)

  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(en.search.placeholder).fill('threat model')
  const results = page.getByRole('dialog')
  await expect(results.getByText(/threat model/i).first()).toBeVisible()
  expect(await results.innerText()).not.toMatch(A_LEVEL)
  await page.keyboard.press('Escape')

  for (const path of [
    `${FRAMEWORK}/roles/architect`,
    `${FRAMEWORK}/competencies`,
    `${FRAMEWORK}/competencies/security`,
    `${FRAMEWORK}/compare?a=architect&b=cto`,
    `/standings/${assessment.id}/gaps/architect`,
    `/standings/${assessment.id}/report`,
    `/standings/${assessment.id}/paths?to=architect`,
  ]) {
    await page.goto(path)
    await expect(page.getByText(en.question.folded), path).toBeVisible()
    await expect(level, path).toHaveCount(0)
    expect(await main.innerText(), path).not.toMatch(A_LEVEL)
  }
  await page.goto(`${FRAMEWORK}/roles/architect`)
  await page.getByRole('button', { name: en.question.unfold }).click()
  await expect(level.first()).toBeVisible()

  await page.goto(`/standings/${assessment.id}`)
  await expect(page.getByLabel(en.standing.against)).toHaveValue('none')

  // The explanation of a number lists the answers behind it, without the level that each behaviour has.
  const why = await call<{ answers: { level: number }[] }>(rungs.url, 'standings/why', {
    assessment: assessment.id,
    competency: answered,
  })
  const titles = await call<{ framework: { scale: { levels: { level: number; title: { en: string } }[] } } }>(
    rungs.url,
    'frameworks/get',
    { framework: 'coder-to-cto' },
  )
  const title = titles.framework.scale.levels.find((each) => each.level === why.answers[0]!.level)!.title.en
  await page.goto(`/standings/${assessment.id}?why=${answered}`)
  const panel = page.getByRole('dialog')
  await expect(panel.getByText(en.why.answers)).toBeVisible()
  await expect(panel.getByText(new RegExp(`· ${title} ·`))).toHaveCount(0)

  await call(rungs.url, 'assessments/finish', { id: assessment.id })
  await page.goto(`${FRAMEWORK}/roles/architect`)
  await expect(level.first()).toBeVisible()
  await expect(page.getByText(en.question.folded)).toHaveCount(0)
  await page.goto(`/standings/${assessment.id}?why=${answered}`)
  await expect(panel.getByText(new RegExp(`· ${title} ·`)).first()).toBeVisible()
})
