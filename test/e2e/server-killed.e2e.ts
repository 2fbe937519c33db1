// The server is killed with -9 between answers, again and again: no acknowledged answer is lost or doubled.
import { en } from '../../src/ui/words/en.ts'
import { answersOf, call, KEYS } from './simulated-person.ts'
import type { ApiState } from './simulated-person.ts'
import { expect, test } from './rungs.ts'

const KILLS = process.env['RUNGS_VERIFY'] ? 50 : 3

interface Given {
  answers: { item: string; answer: string; position: number }[]
}

test(`${KILLS} times killed between answers, every acknowledged answer is there`, async ({ page, rungs }) => {
  test.setTimeout(60_000 + KILLS * 15_000)
  await page.goto('/assess?mode=whole-bank')
  await page.getByRole('button', { name: en.assess.begin }).click()
  await expect(page).toHaveURL(/\/assess\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)!
  const answerOf = await answersOf(rungs.url, 2.6)
  const acknowledged: { item: string; answer: string }[] = []
  for (let kill = 0; kill <= KILLS; kill += 1) {
    for (let given = 0; given < 2; given += 1) {
      const heading = page.locator('[data-item]')
      const item = (await heading.getAttribute('data-item'))!
      const answer = answerOf(item)
      const answered = page.locator(`[data-item="${item}"]`)
      if (given === 1 && kill < KILLS) {
        // In every other round the answer is given while the server is down: the page keeps it and sends it again.
        const down = rungs.restart('SIGKILL')
        if (kill % 2 === 0) await down
        await page.keyboard.press(KEYS[answer])
        await down
      } else await page.keyboard.press(KEYS[answer])
      await expect(answered).toHaveCount(0, { timeout: 20_000 })
      acknowledged.push({ item, answer })
    }
    const { answers } = await call<Given>(rungs.url, 'assessments/answers', { id })
    expect(
      answers.toSorted((a, b) => a.position - b.position).map(({ item, answer }) => ({ item, answer })),
    ).toEqual(acknowledged)
  }
  const { assessment } = await call<ApiState>(rungs.url, 'assessments/get', { id })
  expect(assessment.answered).toBe(acknowledged.length)
})
