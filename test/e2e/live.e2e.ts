// Open screens look again by themselves: what somebody else changes shows up in every tab, also after the server was killed.
import { randomUUID } from 'node:crypto'
import { expect, test } from './rungs.ts'

async function join(url: string, name: string): Promise<void> {
  const response = await fetch(`${url}/api/people`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: randomUUID(), name, from: '2024-01-01' }),
  })
  expect(response.status).toBe(201)
}

test('the list of people shows in two tabs who was added elsewhere, and again after the server was killed', async ({
  page,
  context,
  rungs,
}) => {
  await join(rungs.url, 'Ada Adams')
  await page.goto('/people')
  await expect(page.getByRole('row', { name: /Ada Adams/ })).toBeVisible()
  const other = await context.newPage()
  await other.goto('/people')
  await expect(other.getByRole('row', { name: /Ada Adams/ })).toBeVisible()

  await join(rungs.url, 'Ben Brown')
  for (const tab of [page, other]) await expect(tab.getByRole('row', { name: /Ben Brown/ })).toBeVisible()

  await rungs.restart()
  await join(rungs.url, 'Cem Can')
  for (const tab of [page, other])
    await expect(tab.getByRole('row', { name: /Cem Can/ })).toBeVisible({ timeout: 60_000 })
  // Whoever has the stream leaves; the other tab takes it.
  await page.close()
  await join(rungs.url, 'Dee Diaz')
  await expect(other.getByRole('row', { name: /Dee Diaz/ })).toBeVisible({ timeout: 60_000 })
})
