// About, through the real application on a real database.
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'

const app = await createTestApp()

test('about tells the versions of Rungs and PostgreSQL over plain HTTP', async () => {
  const response = await app.request('/api/about')
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    mode: 'local',
    postgres: expect.stringMatching(/^\d+/),
  })
})

test('about says the same to the typed client', async () => {
  const about = await app.client.about.get()
  expect(new Date(about.now).getTime()).toBe(app.clock.now.getTime())
})
