// Many people at once: a large file with its progress, and everybody else meanwhile.
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { detectMapping } from '../../core/org/people-import/fields.ts'
import { readPeopleTables } from '../../core/org/people-import/table.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../../platform/actor.ts'
import type { ImportEvent } from './import-commands.ts'

const app = await createTestApp()
const { people } = app.client
const MANY = process.env['RUNGS_VERIFY'] === undefined ? 1_000 : 20_000

const csv = [
  'id,name,email,manager,department,team,title,grade,start',
  ...Array.from({ length: MANY }, (_, n) => {
    const manager = n === 0 ? '' : `E${Math.floor((n - 1) / 8)}`
    return `E${n},Given Family${n},given.family${n}@example.org,${manager},Department ${Math.floor(n / 200)},Team ${Math.floor(n / 10)},Engineer,G${n % 9},2024-01-02`
  }),
].join('\n')

async function bring(apply?: string): Promise<ImportEvent[]> {
  const table = readPeopleTables({ path: 'people.csv', bytes: new TextEncoder().encode(csv) }).tables[0]!
  const events: ImportEvent[] = []
  const file = {
    ...{ table: structuredClone(table) as never, mapping: detectMapping(table.headings), day: '2026-03-02' },
    ...(apply === undefined ? {} : { apply }),
  }
  for await (const event of await people.import(file)) events.push(event)
  return events
}
const previewIn = (events: ImportEvent[]) => {
  const found = events.at(-1)
  if (found?.kind !== 'preview') throw new Error('no preview')
  return found.preview
}

test(
  `a file of ${MANY} people is previewed, applied with its progress, and then changes nothing more`,
  { timeout: 600_000 },
  async () => {
    const preview = previewIn(await bring())
    expect(preview.faults).toEqual([])
    expect(preview.counts.join).toBe(MANY)
    const events = await bring(preview.hash)
    expect(events.at(-1)).toMatchObject({ kind: 'applied', people: MANY })
    const written = events.flatMap((event) =>
      event.kind === 'progress' && event.step === 'write' ? [event] : [],
    )
    expect(written.length).toBeGreaterThan(1)
    expect(written.map(({ done }) => done)).toEqual(written.map(({ done }) => done).toSorted((a, b) => a - b))
    expect(written.at(-1)!.done).toBe(written.at(-1)!.total)
    // The database knows at once how many there are, or the org chart of thousands would take minutes.
    const counted = await app.database.owner.pool.query<{ known: number }>(
      "select reltuples::int as known from pg_class where oid = 'public.reporting_line'::regclass",
    )
    expect(counted.rows[0]!.known).toBeGreaterThan(MANY / 2)
    const again = previewIn(await bring())
    expect(Object.values(again.counts).every((count) => count === 0)).toBe(true)
    expect(again.unchanged).toBe(MANY)
  },
)

test(
  'while people are being changed elsewhere, others wait without keeping anybody from reading',
  { timeout: 120_000 },
  async () => {
    const holder = await app.database.owner.pool.connect()
    try {
      // What a long import of another process holds.
      await holder.query(
        `begin; select pg_advisory_xact_lock(hashtextextended('people ${LOCAL_ORGANISATION}', 0))`,
      )
      let done = 0
      const writes = Array.from({ length: 25 }, async (_, n) => {
        await people.correct({ id: LOCAL_PERSON, name: `Name ${n}` })
        done += 1
      })
      expect((await people.summary()).people).toBe(MANY)
      expect(done).toBe(0)
      await holder.query('commit')
      await Promise.all(writes)
      expect(done).toBe(25)
      expect((await people.get({ id: LOCAL_PERSON })).person.name).toMatch(/^Name \d+$/)
    } finally {
      holder.release(true)
    }
  },
)
