// A database that no server ever worked on: said in a sentence, and made where a verb may make it.
import { afterAll, expect, test, vi } from 'vitest'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../../platform/actor.ts'
import { makeDataFolder, removeDataFolder } from '../../../test/server-process.ts'
import { withDatabase, type OpenedDatabase } from './open-database.ts'

const data = makeDataFolder()
vi.stubEnv('DATABASE_URL', '')
afterAll(() => removeDataFolder(data))

const held = ({ db }: OpenedDatabase) =>
  db.transaction().execute(async (transaction) => {
    const owners = transaction
      .selectFrom('role_grant')
      .select(['organisation_id', 'person_id'])
      .where('role', '=', 'owner')
    const frameworks = transaction.selectFrom('framework').select('id').orderBy('id')
    return { owners: await owners.execute(), frameworks: await frameworks.execute() }
  })

test('a new folder holds no organisation, until it is made as a start makes it', async () => {
  await expect(withDatabase(data, held)).rejects.toThrow(
    'The database holds no organisation yet: start the server once.',
  )
  const made = await withDatabase(data, held, { make: true })
  expect(made.owners).toEqual([{ organisation_id: LOCAL_ORGANISATION, person_id: LOCAL_PERSON }])
  expect(made.frameworks.map(({ id }) => id)).toContain('coder-to-cto')
  // And is there from then on.
  expect(await withDatabase(data, held)).toEqual(made)
}, 90_000)
