// Finds people by what is typed: names and ids by the beginnings of their words, titles and units by any part of them.
import { sql, type RawBuilder } from 'kysely'
import type { Day } from '../../core/org/day.ts'
import { on } from '../../db/days.ts'
import type { Context } from '../../platform/procedure.ts'
import { membersBelow, unitsBelow } from './units-below.ts'

export interface Sought {
  day: Day
  /** As typed: people are found who match each of its words. */
  search: string
  /** Only members of this unit and of those below it. */
  unit: string | undefined
  /** SQL about `p.id` and `p.name`, beginning with `and`: where the page begins. */
  behind: RawBuilder<unknown>
  limit: number
}

export interface Found {
  /** Of the page and of one more, by name. */
  ids: string[]
  /** How many there are on all pages; null where they are too many to be counted while somebody types. */
  total: number | null
}

interface Word {
  /** In the form in which the database compares. */
  word: string
  titles: string[]
  units: string[]
  /** Everybody whom it matches on the day; where they are more than `FEW`, some of them. */
  ids: string[]
}

const MOST_WORDS = 8
/** So many are looked at one by one. */
const FEW = 2_000
/** So many names are read in their order, in the hope of a page of people whom each word matches. */
const WALKED = 5_000
/** Sorts behind whatever begins with the same characters. */
const LAST = '\u{10ffff}'

/** A page of the people of an organisation who match, with their number. */
export async function findPeople(context: Context, sought: Sought): Promise<Found> {
  const words = await readWords(context, sought)
  for (const word of words) if (word.ids.length === 0) word.ids = await findInside(context, word.word)
  const few = words.filter(({ ids }) => ids.length <= FEW).map(({ ids }) => new Set(ids))
  const members = sought.unit === undefined ? undefined : await listSome(context, sought.unit, sought.day)
  if (members && members.length <= FEW) few.push(new Set(members))
  const many = words.filter(({ ids }) => ids.length > FEW)
  const of = context.actor.organisation
  const inUnit =
    members && members.length > FEW
      ? [
          sql<boolean>`p.id in (
            with recursive ${unitsBelow(of, sought.unit!, sought.day)} ${membersBelow(of, sought.day)})`,
        ]
      : []
  const one = [...inUnit, ...many.map((word) => matches(of, word, sought.day))]
  const [first, ...others] = few.toSorted((a, b) => a.size - b.size)
  if (first) {
    const ids = [...first].filter((id) => others.every((set) => set.has(id)))
    return await pageOf(context, sought, among(of, ids), one)
  }
  const ids = await walk(context, sought, one)
  if (ids.length > sought.limit) return { ids, total: null }
  const all = many.map((word) => sql<boolean>`p.id in (${matching(of, word, sought.day)})`)
  return await pageOf(context, sought, sql`person p`, [...inUnit, ...all])
}

/** What each word matches. The few titles that many positions share are taken one by one from the index. */
async function readWords({ db, actor }: Context, { search, day }: Sought): Promise<Word[]> {
  const of = actor.organisation
  const said = search.split(/\s+/).filter((word) => word !== '')
  const { rows } = await sql<Word>`
    with recursive said as (
      select n, left(search_form(w), 40) as word from unnest(${said.slice(0, MOST_WORDS)}::text[]) with ordinality s(w, n)),
    title(title) as (
      (select r.title from position_record r where r.organisation_id = ${of} and r.corrected_at is null
        order by r.title collate "C" limit 1)
      union all
      select n.title from title t cross join lateral (
        select r.title from position_record r where r.organisation_id = ${of} and r.corrected_at is null
          and r.title collate "C" > t.title order by r.title collate "C" limit 1) n),
    known as materialized (
      select s.n, s.word,
        array(select t.title from title t where strpos(search_form(t.title), s.word) > 0) as titles,
        array(select u.unit_id from unit_record u where u.organisation_id = ${of} and ${on('u', day)}
          and strpos(search_form(u.name), s.word) > 0) as units
      from said s)
    select k.word, k.titles, k.units, array(select f.person_id from (${matchingOf(of, day, {
      ...{ word: sql`k.word`, titles: sql`k.titles`, units: sql`k.units` },
    })}) f limit ${FEW + 1}) as ids
    from known k order by k.n`.execute(db)
  return rows
}

interface Columns {
  word: RawBuilder<unknown>
  titles: RawBuilder<unknown>
  units: RawBuilder<unknown>
}

const columnsOf = ({ word, titles, units }: Word): Columns => ({
  ...{ word: sql`${word}::text`, titles: sql`${titles}::text[]`, units: sql`${units}::uuid[]` },
})

/** Whom a word matches on the day, as `person_id`, some of them more than once. Each part starts from an index. */
const matchingOf = (of: string, day: Day, { word, titles, units }: Columns): RawBuilder<unknown> => sql`
  (select w.person_id from person_word w
    where w.organisation_id = ${of} and w.word >= ${word} and w.word < ${word} || ${LAST})
  union all
  (select h.person_id from unnest(${titles}) t(title) cross join lateral (
      select r.position_id from position_record r
      where r.organisation_id = ${of} and r.title collate "C" = t.title and ${on('r', day)} offset 0) r
    cross join lateral (
      select h.person_id from position_holder h
      where h.organisation_id = ${of} and h.position_id = r.position_id and ${on('h', day)} offset 0) h)
  union all
  (select s.person_id from unit_membership s
    where s.organisation_id = ${of} and s.unit_id = any(${units}) and ${on('s', day)})`

/** The same for a word that matches many: all of them at once, joined as the planner likes best. */
function matching(of: string, said: Word, day: Day): RawBuilder<unknown> {
  const { word, titles, units } = columnsOf(said)
  return sql`
  select w.person_id from person_word w
    where w.organisation_id = ${of} and w.word >= ${word} and w.word < ${word} || ${LAST}
  union all
  select h.person_id from position_record r
    join position_holder h on h.organisation_id = r.organisation_id and h.position_id = r.position_id and ${on('h', day)}
    where r.organisation_id = ${of} and r.title = any(${titles}) and ${on('r', day)}
  union all
  select s.person_id from unit_membership s
    where s.organisation_id = ${of} and s.unit_id = any(${units}) and ${on('s', day)}`
}

/** Whether a word matches the person `p`, asked by itself: scalar, so that nothing is read for everybody at once. */
function matches(of: string, said: Word, day: Day): RawBuilder<boolean> {
  const { word, titles, units } = columnsOf(said)
  return sql<boolean>`coalesce(
    (select true from person_word w where w.organisation_id = ${of} and w.person_id = p.id
      and w.word >= ${word} and w.word < ${word} || ${LAST} limit 1),
    (select true from position_holder h cross join lateral (
        select r.title from position_record r
        where r.organisation_id = ${of} and r.position_id = h.position_id and ${on('r', day)} offset 0) r
      where h.organisation_id = ${of} and h.person_id = p.id and ${on('h', day)} and r.title = any(${titles}) limit 1),
    (select true from unit_membership s where s.organisation_id = ${of} and s.person_id = p.id
      and ${on('s', day)} and s.unit_id = any(${units}) limit 1),
    false)`
}

/** Where no word begins so: whoever has it inside a word. Reads every name. */
async function findInside({ db, actor }: Context, word: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from person p
    where p.organisation_id = ${actor.organisation} and p.erased_at is null
      and (strpos(search_form(p.name), ${word}) > 0 or strpos(search_form(p.external_id), ${word}) > 0)`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** The members of a unit and of those below it; of many, some more than are looked at one by one. */
async function listSome({ db, actor }: Context, unit: string, day: Day): Promise<string[]> {
  const of = actor.organisation
  const { rows } = await sql<{ id: string }>`select m.person_id as id from (
    with recursive ${unitsBelow(of, unit, day)} ${membersBelow(of, day)}) m limit ${FEW + 1}`.execute(db)
  return rows.map(({ id }) => id)
}

const among = (of: string, ids: readonly string[]): RawBuilder<unknown> => sql`
  unnest(${[...ids]}::uuid[]) i(id) cross join lateral (
    select * from person p where p.organisation_id = ${of} and p.id = i.id offset 0) p`

/** Who works here on the day, beside `p`. */
const employed = (of: string, day: Day): RawBuilder<unknown> => sql`cross join lateral (
  select 1 from employment e where e.organisation_id = ${of} and e.person_id = p.id and ${on('e', day)} offset 0) e`

/** All of `people`, which is SQL that names them `p`, are held against the conditions and counted, and a page is taken. */
async function pageOf(
  { db, actor }: Context,
  { day, behind, limit }: Sought,
  people: RawBuilder<unknown>,
  conditions: readonly RawBuilder<boolean>[],
): Promise<Found> {
  const of = actor.organisation
  const where = [sql<boolean>`p.organisation_id = ${of} and p.erased_at is null`, ...conditions]
  const { rows } = await sql<{ total: number; ids: string[] }>`
    with found as materialized (
      select p.id, p.name from ${people} ${employed(of, day)} where ${sql.join(where, sql` and `)})
    select (select count(*)::int from found) as total,
      array(select p.id from found p where true ${behind} order by coalesce(p.name, ''), p.id limit ${limit + 1}) as ids`.execute(
    db,
  )
  return rows[0]!
}

/** Of the next names in their order, those that meet the conditions: a page and one more, or fewer. */
async function walk(
  { db, actor }: Context,
  { day, behind, limit }: Sought,
  conditions: readonly RawBuilder<boolean>[],
): Promise<string[]> {
  const of = actor.organisation
  const { rows } = await sql<{ id: string }>`
    select p.id from (
      select p.id, coalesce(p.name, '') as sorted from person p
      where p.organisation_id = ${of} and p.erased_at is null ${behind}
      order by coalesce(p.name, ''), p.id limit ${WALKED}) p ${employed(of, day)}
    where ${sql.join(conditions, sql` and `)} order by p.sorted, p.id limit ${limit + 1}`.execute(db)
  return rows.map(({ id }) => id)
}
