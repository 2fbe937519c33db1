// The units below a unit and their members, as SQL that walks from index to index.
import { sql, type RawBuilder } from 'kysely'
import type { Day } from '../../core/org/day.ts'
import { on } from '../../db/days.ts'

/**
 * `below(id)` for a `with recursive`: a unit and all below it on a day; a circle is walked once. How many there will be
 * nobody can tell beforehand: each step is therefore asked by itself (`offset 0`), never by reading all units.
 */
export const unitsBelow = (organisation: string, unit: string, day: Day): RawBuilder<unknown> => sql`
  below(id) as (
    select ${unit}::uuid
    union
    select c.unit_id from below b cross join lateral (
      select r.unit_id from unit_record r where r.organisation_id = ${organisation} and r.parent_id = b.id
        and ${on('r', day)} offset 0) c)`

/** The people of the units of `below` on a day, one of several of them as often. */
export const membersBelow = (organisation: string, day: Day): RawBuilder<unknown> => sql`
  select s.person_id from below b cross join lateral (
    select m.person_id from unit_membership m where m.organisation_id = ${organisation} and m.unit_id = b.id
      and ${on('m', day)} offset 0) s`
