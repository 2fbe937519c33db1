// Rounds through the real application: opened, rated, closed; each sees what is theirs, and leavers have an answer.
import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { buildRoundWorld, fillSheets, ROUND_RULE, submitAll } from '../../../test/round-world.ts'
import { LOCAL_ORGANISATION } from '../../platform/actor.ts'
import { closeDueRounds } from './close-round.ts'

const app = await createTestApp()
const world = await buildRoundWorld(app)
const { unit, boss, members, partner, otherPartner, stranger, clientOf } = world
const { pool } = app.database.owner
const asPartner = clientOf(partner).rounds
const open = async (more: object = {}) =>
  await asPartner.open({
    ...{ key: randomUUID(), unit, name: 'Spring', framework: 'coder-to-cto', rule: ROUND_RULE },
    ...{ closesOn: '2026-03-20', mostPeers: 7, ...more },
  })
const count = async (table: string, where = 'true') =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`)).rows[0]!.n
const notFound = { status: 404 }

test('a whole round: opened, raters agreed, rated, closed once, read by whom the rule opens it to', async () => {
  const key = randomUUID()
  const board = await open({ key })
  expect((await open({ key })).round.id).toBe(board.round.id)
  expect(board.subjects).toHaveLength(8)
  for (const { sheets, enough, behaviours } of board.subjects) {
    expect(sheets.map(({ kind }) => kind).toSorted()).toEqual([
      'manager',
      ...Array<string>(7).fill('peer'),
      'self',
    ])
    expect([enough, behaviours >= 20 && behaviours <= 28]).toEqual([true, true])
  }
  const { id } = board.round
  const [ada, ben] = members as [string, string]
  // Nobody is asked before the round is started.
  expect((await clientOf(ada).rounds.list()).sheets).toEqual([])
  await expect(clientOf(ada).rounds.get({ id })).rejects.toMatchObject(notFound)
  await expect(clientOf(otherPartner).rounds.get({ id })).rejects.toMatchObject(notFound)
  await expect(
    clientOf(otherPartner).rounds.open({
      ...{
        key: randomUUID(),
        unit,
        name: 'X',
        framework: 'coder-to-cto',
        rule: ROUND_RULE,
        closesOn: '2026-03-20',
      },
    }),
  ).rejects.toMatchObject({ status: 403 })

  const started = await asPartner.start({ id })
  expect(started.round.state).toBe('running')
  expect(await count('mail.outbox', "kind = 'round-invitation'")).toBe(9)

  const mine = (await clientOf(ada).rounds.list()).sheets
  expect(mine).toHaveLength(8)
  const sheet = mine.find(({ subject }) => subject.id === ben)!
  const seen = await clientOf(ada).rounds.sheet({ sheet: sheet.id })
  expect(JSON.stringify(seen)).not.toMatch(/"level"|expect|"must"|"should"|"role"|architect"/)
  // Nor does the name of a behaviour say its level: it is its place on the form.
  expect(seen.items.map(({ id: place }) => place)).toEqual(seen.items.map((_, at) => String(at + 1)))
  const item = seen.items[0]!.id
  const given = {
    sheet: sheet.id,
    key: randomUUID(),
    item,
    answer: 'with-help' as const,
    evidence: 'as in March',
  }
  await Promise.all([clientOf(ada).rounds.rate(given), clientOf(ada).rounds.rate(given)])
  expect(await count('rating', `sheet_id = '${sheet.id}'`)).toBe(1)
  const { rows: said } = await pool.query<{ form: string[]; item: string }>(
    `select o.form, g.item from rating g join round_rater s on s.id = g.sheet_id
     join round_subject o on o.round_id = s.round_id and o.person_id = s.subject_id where s.id = '${sheet.id}'`,
  )
  expect(said[0]!.item).toBe(said[0]!.form[0])
  await expect(clientOf(ada).rounds.rate({ ...given, answer: 'on-my-own' })).rejects.toMatchObject({
    status: 409,
  })
  await clientOf(ada).rounds.rate({ ...given, key: randomUUID(), answer: 'no-opportunity' })
  const changed = await clientOf(ada).rounds.sheet({ sheet: sheet.id })
  expect(changed.items[0]).toMatchObject({ answer: 'no-opportunity', evidence: 'as in March' })
  await expect(clientOf(ada).rounds.submit({ sheet: sheet.id })).rejects.toThrow(/no answer yet/)
  for (const other of [ben, boss, partner, stranger]) {
    await expect(clientOf(other).rounds.sheet({ sheet: sheet.id })).rejects.toMatchObject(notFound)
    await expect(clientOf(other).rounds.rate({ ...given, key: randomUUID() })).rejects.toMatchObject(notFound)
  }
  await expect(
    clientOf(ada).rounds.rate({ ...given, key: randomUUID(), item: 'nothing' }),
  ).rejects.toMatchObject({
    status: 400,
  })
  await fillSheets(app, [...members.slice(1), boss])
  await submitAll(clientOf(ada))
  await expect(clientOf(ada).rounds.rate({ ...given, key: randomUUID() })).rejects.toMatchObject({
    status: 409,
  })
  expect((await asPartner.get({ id })).progress).toMatchObject({ subjects: 8, asked: 72, submitted: 72 })

  // Nothing is read before the close, by anybody.
  await expect(clientOf(ada).rounds.result({ id, subject: ada })).rejects.toMatchObject(notFound)
  const ways = [closeDueRounds(app.system()), asPartner.close({ id }), closeDueRounds(app.system())]
  await Promise.allSettled(ways)
  expect((await asPartner.get({ id })).round.state).toBe('closed')
  expect(await count('audit', "action = 'round.close'")).toBe(1)

  const own = await clientOf(ada).rounds.result({ id, subject: ada })
  expect(own.competencies).toHaveLength(8)
  for (const { self, others, refusal } of own.competencies) {
    expect([self !== null, refusal]).toEqual([true, null])
    expect(others.map(({ kinds, raters }) => `${kinds.join()} ${raters}`).toSorted()).toEqual([
      'manager 1',
      'peer 7',
    ])
    for (const { low, level, high } of others) expect([low <= level, level <= high]).toEqual([true, true])
  }
  expect((await clientOf(ada).rounds.results({ person: ada })).rounds.map((one) => one.id)).toEqual([id])
  // The manager reads what rests on three raters or more: neither what the person says, nor what one rater said.
  const opened = (await clientOf(boss).rounds.result({ id, subject: ada })).competencies
  for (const [at, { self, others }] of opened.entries()) {
    const peers = own.competencies[at]!.others.filter(({ kinds }) => kinds.join() === 'peer')
    expect([self, others]).toEqual([null, peers.map((one) => ({ ...one, raw: null }))])
  }
  const raw = own.competencies.flatMap(({ others }) => others.flatMap((one) => one.raw ?? []))
  expect(raw.length).toBeGreaterThan(0)
  expect(own.rawHidden).toBe(false)
  expect(
    await count('audit', `action = 'result.read' and actor_id = '${boss}' and subject_id = '${ada}'`),
  ).toBe(1)
  // Whoever is rated is told once, in both languages, and the mail says nothing of the result.
  expect(await count('mail.outbox', `key like 'round ${id} result %' and body not like '%level%'`)).toBe(8)
  expect(
    await count('mail.outbox', `key = 'round ${id} result ${ada}' and body like '%/results/${ada}%'`),
  ).toBe(1)
  for (const other of [ben, partner, otherPartner, stranger]) {
    await expect(clientOf(other).rounds.result({ id, subject: ada })).rejects.toMatchObject(notFound)
    expect((await clientOf(other).rounds.results({ person: ada })).rounds).toEqual([])
  }
  const { notes } = await clientOf(ada).rounds.list()
  expect(notes).toHaveLength(1)
  expect(notes[0]).toMatchObject({ subjects: 7, refusal: null })
  expect(notes[0]!.severity!.se).toBeGreaterThan(0)
})

test('who rated somebody as a peer reads no result of theirs by any right; a delegate’s read says in whose place', async () => {
  const [ada, ben, cleo] = members as [string, string, string]
  const { id } = (await open({ name: 'Handed over', rule: { ...ROUND_RULE, opensToPartner: true } })).round
  await asPartner.addRater({ id, subject: cleo, rater: partner, kind: 'peer' })
  await asPartner.start({ id })
  const mails = (to: string) => count('mail.outbox', `key like 'round ${id} invitation %' and ${to}`)
  expect(await mails("body like '%you are named%'")).toBe(1)
  expect(await mails(`person_id = '${boss}' and body like '%large enough%'`)).toBe(0)
  expect(await mails("body like '%Only groups large enough%'")).toBe(9)
  await fillSheets(app, [...members, boss, partner])
  await asPartner.close({ id })
  const handsTo = async (person: string) => {
    await pool.query(
      `insert into delegation (organisation_id, id, from_person, to_person, starts, ends, made_at, made_by)
       values ($1, gen_random_uuid(), $2, $3, '2026-01-01', '2027-01-01', now(), $2)`,
      [LOCAL_ORGANISATION, boss, person],
    )
  }
  const sight = async (reader: string, subject: string) => {
    const { db } = app.context(world.actorOf(reader))
    const seen = await db
      .selectFrom('round_result')
      .select('cell')
      .where('round_id', '=', id)
      .where('subject_id', '=', subject)
      .execute()
    return seen.length > 0
  }
  await handsTo(ben)
  await handsTo(stranger)
  const refused = { status: 403, data: { refusal: 'rated-in-group' } }
  await expect(clientOf(ben).rounds.result({ id, subject: ada })).rejects.toMatchObject(refused)
  await expect(asPartner.result({ id, subject: cleo })).rejects.toMatchObject(refused)
  expect((await clientOf(ben).rounds.results({ person: ada })).rated.map((one) => one.id)).toContain(id)
  expect((await clientOf(ben).rounds.results({ person: ada })).rounds.map((one) => one.id)).not.toContain(id)
  expect([await sight(ben, ada), await sight(partner, cleo), await sight(partner, ada)]).toEqual([
    ...[false, false, true],
  ])
  // The named manager stands alone, and reads; somebody who rated nobody reads in the manager's place.
  expect((await clientOf(boss).rounds.result({ id, subject: ada })).competencies).toHaveLength(8)
  expect((await asPartner.result({ id, subject: ada })).competencies).toHaveLength(8)
  expect((await clientOf(stranger).rounds.result({ id, subject: ada })).competencies).toHaveLength(8)
  const { rows } = await clientOf(ada).privacy.trace({})
  const reads = rows.filter(({ action }) => action === 'result.read').slice(0, 3)
  expect(reads.map(({ by, reason, inPlaceOf }) => [by?.id, reason, inPlaceOf])).toEqual([
    [stranger, 'as-delegate', { id: boss, name: 'Boss' }],
    [partner, 'as-partner', null],
    [boss, 'as-manager', null],
  ])
  const taken = unzipSync(new Uint8Array(await (await clientOf(ada).privacy.export({})).arrayBuffer()))
  expect(strFromU8(taken['tables/audit.json']!)).toMatch(/"inPlaceOf": "somebody else"/)
  // A manager who is one of the others is one of a group too.
  const unnamed = (await open({ name: 'Unnamed', rule: { ...ROUND_RULE, managerNamed: false } })).round
  await asPartner.start(unnamed)
  await fillSheets(app, [...members, boss])
  await asPartner.close(unnamed)
  const result = { id: unnamed.id, subject: ada }
  await expect(clientOf(boss).rounds.result(result)).rejects.toMatchObject(refused)
  expect((await clientOf(stranger).rounds.result(result)).competencies).toHaveLength(8)
  await pool.query('delete from delegation')
})

test('late, declined, left, moved: each has its answer at the close', async () => {
  const [ada, ben, cleo, dan] = members as [string, string, string, string]
  const { round } = await open({ name: 'Autumn', closesOn: '2026-03-25' })
  const { id } = round
  await asPartner.start({ id })
  const sheetOf = async (rater: string, subject: string) =>
    (await clientOf(rater).rounds.list()).sheets.find((s) => s.round.id === id && s.subject.id === subject)!
      .id
  const declined = await sheetOf(ben, ada)
  await clientOf(ben).rounds.decline({ sheet: declined, reason: 'know-too-little' })
  await expect(
    clientOf(ben).rounds.rate({
      ...{ sheet: declined, key: randomUUID(), item: 'x', answer: 'not-yet' },
    }),
  ).rejects.toMatchObject({ status: 409 })
  await expect(
    clientOf(ada).rounds.decline({ sheet: await sheetOf(ada, ada), reason: 'other' }),
  ).rejects.toMatchObject({
    status: 409,
  })
  const late = await sheetOf(cleo, ada)
  const { items } = await clientOf(cleo).rounds.sheet({ sheet: late })
  await clientOf(cleo).rounds.rate({ sheet: late, key: randomUUID(), item: items[0]!.id, answer: 'set-how' })
  await fillSheets(app, [...members.slice(3), boss, ada])
  // A rater who submitted leaves, a subject leaves, the manager of another changes.
  await world.leave(members[7]!, '2026-03-10')
  await world.leave(dan, '2026-03-11')
  await world.giveManager(ada, ben, '2026-03-12')
  const submitted = (await asPartner.get({ id })).subjects.find(({ person }) => person.id === ada)!.sheets
  const manager = submitted.find(({ kind }) => kind === 'manager')!
  await expect(asPartner.removeRater({ id, sheet: manager.id })).rejects.toMatchObject({ status: 409 })
  app.clock.now = new Date('2026-03-25T00:30:00Z')
  await expect(
    clientOf(cleo).rounds.rate({
      ...{ sheet: late, key: randomUUID(), item: items[1]!.id, answer: 'set-how' },
    }),
  ).rejects.toMatchObject({ status: 409 })
  expect(await closeDueRounds(app.system())).toBe(1)
  expect(await closeDueRounds(app.system())).toBe(0)
  const board = await asPartner.get({ id })
  const states = board.subjects
    .find(({ person }) => person.id === ada)!
    .sheets.map((s) => [s.rater.id, s.state])
  expect(states).toContainEqual([ben, 'declined'])
  expect(states).toContainEqual([cleo, 'lapsed'])
  expect(board.subjects.find(({ person }) => person.id === dan)!.state).toBe('left')
  expect(await count('round_result', `round_id = '${id}' and subject_id = '${dan}'`)).toBe(0)
  // Of seven peers, one declined and one was late: five are left, one of whom works here no more.
  const { competencies } = await clientOf(ada).rounds.result({ id, subject: ada })
  for (const { others } of competencies)
    expect(others.map(({ kinds, raters }) => `${kinds.join()} ${raters}`).toSorted()).toEqual([
      'manager 1',
      'peer 5',
    ])
  // The manager of today reads, the one of before does not any more.
  expect((await clientOf(ben).rounds.result({ id, subject: ada })).competencies).toHaveLength(8)
  await expect(clientOf(boss).rounds.result({ id, subject: ada })).rejects.toMatchObject(notFound)
})

test('a cancelled round measures nothing, and a rule under the organisation’s own is refused', async () => {
  await expect(open({ rule: { ...ROUND_RULE, minimumGroup: 4 } })).rejects.toMatchObject({ status: 400 })
  await pool.query('update organisation set minimum_group = 7')
  await expect(open({ closesOn: '2026-04-20' })).rejects.toThrow(/at least 7/)
  await pool.query('update organisation set minimum_group = 5')
  const { round } = await open({ closesOn: '2026-04-20' })
  await asPartner.start({ id: round.id })
  await asPartner.cancel({ id: round.id })
  await expect(asPartner.close({ id: round.id })).rejects.toMatchObject({ status: 409 })
  await expect(asPartner.extend({ id: round.id, closesOn: '2026-05-01' })).rejects.toMatchObject({
    status: 409,
  })
  app.clock.now = new Date('2026-04-21T00:30:00Z')
  await closeDueRounds(app.system())
  expect((await asPartner.get({ id: round.id })).round.state).toBe('cancelled')
})

test('people who have not submitted are reminded once a day; the day of the close moves; subjects are taken out', async () => {
  const { round } = await open({ closesOn: '2026-05-20' })
  const { id } = round
  await asPartner.addRater({ id, subject: members[0]!, rater: stranger, kind: 'peer' })
  await asPartner.start({ id })
  const invitations = await count('mail.outbox', `key like 'round ${id} invitation%'`)
  expect(invitations).toBe(8)
  await asPartner.remind({ id })
  await asPartner.remind({ id })
  expect(await count('mail.outbox', `key like 'round ${id} reminder%'`)).toBe(8)
  app.clock.now = new Date('2026-05-18T08:00:00Z')
  await closeDueRounds(app.system())
  await closeDueRounds(app.system())
  expect(await count('mail.outbox', `key like 'round ${id} reminder 2026-05-18%'`)).toBe(8)
  const asRater = clientOf(members[0]!).rounds
  const sheet = (await asRater.list()).sheets.find((s) => s.round.id === id && s.subject.id === members[1])!
  await asPartner.withdrawSubject({ id, subject: members[1]! })
  expect((await asRater.sheet({ sheet: sheet.id })).can).toEqual({
    rate: false,
    submit: false,
    decline: false,
  })
  // Nobody is asked, counted or reminded about somebody who was taken out.
  expect((await asRater.list()).sheets.some((s) => s.round.id === id && s.subject.id === members[1])).toBe(
    false,
  )
  const { progress, subjects } = await asPartner.get({ id })
  const counted = subjects.filter(({ state }) => state === 'rated').flatMap(({ sheets }) => sheets)
  expect(progress.asked).toBe(counted.filter(({ state }) => state === 'open').length)
  expect((await asPartner.list()).keep.find((round) => round.id === id)!.progress).toEqual(progress)
  await asPartner.extend({ id, closesOn: '2026-06-20' })
  app.clock.now = new Date('2026-05-21T08:00:00Z')
  expect(await closeDueRounds(app.system())).toBe(0)
  const { mails } = { mails: await count('mail.outbox', `body like '%Member 1%' and kind like 'round%'`) }
  expect(mails).toBe(0)
})

test('the database itself refuses cells under the minimum, overlapping cells, rewriting and early reading', async () => {
  const { round } = await open({ closesOn: '2026-07-20' })
  const place = `'${LOCAL_ORGANISATION}', '${round.id}', '${members[4]}'`
  const cell = (kinds: string, raters: number, number = 1, se = 0.5, only: string | null = null) =>
    pool.query(`insert into round_result values (${place}, 'x', ${number}, '${kinds}', ${raters}, 0.1, ${se}, false, null,
      true, false, now(), false, ${only === null ? 'null' : `'${only}'`})`)
  await expect(cell('{peer}', 6)).rejects.toThrow(/not being closed/)
  await pool.query(`update round set state = 'running' where id = '${round.id}'`)
  await pool.query(
    `update round_rater set state = 'submitted', submitted_at = now() where round_id = '${round.id}'`,
  )
  const jobs = app.system().jobs
  expect(await jobs.selectFrom('rating').selectAll().execute()).toEqual([])
  await pool.query(`update round set state = 'closing' where id = '${round.id}'`)
  await expect(cell('{peer}', 4)).rejects.toThrow(/under the minimum of 5/)
  await expect(cell('{peer}', 40)).rejects.toThrow(/submitted/)
  await expect(cell('{report}', 1)).rejects.toThrow(/submitted/)
  await expect(cell('{peer}', 5, 1, 1.5)).rejects.toThrow(/over the limit of 1/)
  await cell('{peer}', 5)
  await expect(cell('{peer,report}', 5, 2)).rejects.toThrow(/overlap/)
  // What rests on one rater, on the person's own word or on too little is not for others.
  await expect(cell('{manager}', 1, 3)).rejects.toThrow(/fewer than three/)
  await expect(cell('{self}', 1, 3)).rejects.toThrow(/fewer than three/)
  await expect(cell('{report}', 1, 3, 2)).rejects.toThrow()
  await cell('{manager}', 1, 3, 0.5, 'too-few-raters')
  const told = (raters: number) =>
    pool.query(`insert into round_adjustment values (${place}, '{peer}', '{x}', ${raters}, 0.1, 0.2)`)
  await expect(told(4)).rejects.toThrow(/group of at least 5/)
  await told(5)
  await expect(pool.query('update round_adjustment set raters = 9')).rejects.toThrow(/never changed/)
  await expect(pool.query('update round_result set raters = 9')).rejects.toThrow(/never changed/)
  await expect(pool.query("update rating set answer = 'not-yet'")).rejects.toThrow(/never changed/)
  await expect(pool.query(`update round set se_limit = 4 where id = '${round.id}'`)).rejects.toThrow(
    /does not change/,
  )
  await expect(pool.query(`update round set minimum_group = 6 where id = '${round.id}'`)).rejects.toThrow(
    /does not change/,
  )
  await pool.query(`update round set state = 'closed' where id = '${round.id}'`)
  await expect(cell('{self}', 1, 4)).rejects.toThrow(/not being closed/)
})

test('a peer who becomes the manager is asked as manager, once their sheet as a peer was taken back', async () => {
  const { round, subjects } = await open({ name: 'New manager', closesOn: '2026-06-30' })
  const { id } = round
  const ada = subjects[0]!.person.id
  const ben = subjects[0]!.sheets.find(({ kind, employed }) => kind === 'peer' && employed)!.rater.id
  await asPartner.start({ id })
  const sheetsOf = async () =>
    (await asPartner.get({ id })).subjects
      .find(({ person }) => person.id === ada)!
      .sheets.filter(({ rater }) => rater.id === ben)
      .map(({ id: sheet, kind, state }) => ({ sheet, kind, state }))
  const [asPeer] = await sheetsOf()
  const ask = (kind: 'manager' | 'peer') => asPartner.addRater({ id, subject: ada, rater: ben, kind })
  await expect(ask('manager')).rejects.toMatchObject({ status: 409, data: { refusal: 'asked-already' } })
  await asPartner.removeRater({ id, sheet: asPeer!.sheet })
  await ask('manager')
  const both = await sheetsOf()
  expect(both).toEqual([
    { sheet: expect.any(String), kind: 'manager', state: 'open' },
    { sheet: asPeer!.sheet, kind: 'peer', state: 'removed' },
  ])
  const mine = (await clientOf(ben).rounds.list()).sheets.filter((one) => one.round.id === id)
  expect(mine.filter(({ subject }) => subject.id === ada)).toMatchObject([
    { id: both[0]!.sheet, kind: 'manager' },
  ])
  await expect(ask('peer')).rejects.toMatchObject({ data: { refusal: 'asked-already' } })
  await asPartner.removeRater({ id, sheet: both[0]!.sheet })
  await ask('peer')
  expect((await sheetsOf()).map(({ state }) => state)).toEqual(['removed', 'open'])
  await asPartner.cancel({ id })
})
