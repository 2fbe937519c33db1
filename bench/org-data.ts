// A synthetic organisation with two years of history, made in the database itself: people, units, lines, positions.
import type { Pool } from 'pg'

/** Everybody has 8 reports at most, a team 10 members, a department 20 teams. */
const REPORTS = 8
const TEAM = 10
const DEPARTMENT = 20
/** Before this day everybody was in another team, with another title. */
const MOVED = '2025-03-01'
const STARTED = '2024-01-01'

/** The id of the n-th thing of a kind in an organisation of `size` people: the same in every run. */
export const idOf = (kind: string, size: number, n: number | string): string =>
  `overlay(overlay(md5('${kind} ${size} ' || ${n}) placing '4' from 13) placing '8' from 17)::uuid`

/** Makes the organisation; its first person is its owner. Returns its id. `pool` connects as the database's owner. */
export async function makeOrganisation(pool: Pool, size: number): Promise<string> {
  const client = await pool.connect()
  try {
    // Foreign keys are right by construction: looked up row by row they would take most of the time.
    await client.query(
      "begin; set local app.maintenance = 'on'; set local session_replication_role = replica",
    )
    const { rows } = await client.query<{ id: string }>(
      `insert into organisation (id, name, created_at, time_zone)
        values (${idOf('organisation', size, 0)}, 'Organisation of ${size}', now(), 'UTC') returning id`,
    )
    const organisation = rows[0]!.id
    for (const statement of statementsFor(size))
      await client.query(statement.replaceAll('$org', `'${organisation}'::uuid`))
    await client.query('commit')
    // As a database is that has run for a while: autovacuum has been there.
    await client.query('vacuum analyze')
    return organisation
  } finally {
    client.release()
  }
}

function statementsFor(size: number): string[] {
  const person = (n: string) => idOf('person', size, n)
  const team = (n: string) => idOf('team', size, n)
  const department = (n: string) => idOf('department', size, n)
  const position = (n: string) => idOf('position', size, n)
  const teams = Math.ceil(size / TEAM)
  const departments = Math.ceil(teams / DEPARTMENT)
  const people = `generate_series(0, ${size - 1}) n`
  const other = `((n / ${TEAM} + 1) % ${teams})`
  const dated = 'id, valid_from, valid_to, recorded_at'
  const before = `gen_random_uuid(), '${STARTED}', '${MOVED}'::date, now()`
  const since = `gen_random_uuid(), '${MOVED}', null::date, now()`
  const always = `gen_random_uuid(), '${STARTED}', null::date, now()`
  const manager = `((n - 1) / ${REPORTS})`
  return [
    `insert into person (organisation_id, id, name, external_id, created_at)
      select $org, ${person('n')}, initcap(translate(substr(md5('a' || n), 1, 6) || ' ' || substr(md5('b' || n), 1, 8),
        '0123456789', 'ghijklmnop')), 'e' || n, now() from ${people}`,
    // What the database itself writes with a name, where its triggers are on.
    `insert into person_word (organisation_id, person_id, word)
      select p.organisation_id, p.id, w from person p cross join lateral search_words(p.name) w where p.organisation_id = $org
      union all
      select p.organisation_id, p.id, w from person p cross join lateral search_words(p.external_id) w
      where p.organisation_id = $org on conflict do nothing`,
    `insert into person_contact (organisation_id, person_id, email, recorded_at)
      select $org, ${person('n')}, 'e' || n || '@example.org', now() from ${people}`,
    `insert into membership (organisation_id, account_id, person_id, joined_at)
      select $org, '${size} ' || n, ${person('n')}, now() from ${people}`,
    `insert into role_grant (organisation_id, id, person_id, role, granted_at)
      select $org, gen_random_uuid(), ${person('0')}, 'owner', now()`,
    `insert into employment (organisation_id, person_id, ${dated}) select $org, ${person('n')}, ${always} from ${people}`,
    `insert into unit (organisation_id, id, kind) select $org, ${department('n')}, 'department'
      from generate_series(0, ${departments - 1}) n
      union all select $org, ${team('n')}, 'team' from generate_series(0, ${teams - 1}) n`,
    `insert into unit_record (organisation_id, unit_id, name, ${dated})
      select $org, ${department('n')}, 'Department ' || n, ${always} from generate_series(0, ${departments - 1}) n`,
    `insert into unit_record (organisation_id, unit_id, parent_id, name, ${dated})
      select $org, ${team('n')}, ${department(`(n / ${DEPARTMENT})`)}, 'Team ' || n, ${always}
      from generate_series(0, ${teams - 1}) n`,
    `insert into unit_membership (organisation_id, unit_id, person_id, ${dated})
      select $org, ${team(other)}, ${person('n')}, ${before} from ${people}`,
    `insert into unit_membership (organisation_id, unit_id, person_id, ${dated})
      select $org, ${team(`(n / ${TEAM})`)}, ${person('n')}, ${since} from ${people}`,
    `insert into reporting_line (organisation_id, person_id, manager_id, kind, ${dated})
      select $org, ${person('n')}, ${person('0')}, 'line', ${before} from ${people} where n > 8 and n % 4 = 0`,
    `insert into reporting_line (organisation_id, person_id, manager_id, kind, ${dated})
      select $org, ${person('n')}, ${person(manager)}, 'line', ${since} from ${people} where n > 0`,
    `insert into position (organisation_id, id) select $org, ${position('n')} from ${people}`,
    `insert into position_record (organisation_id, position_id, title, unit_id, ${dated})
      select $org, ${position('n')}, 'Engineer', ${team(other)}, ${before} from ${people}`,
    `insert into position_record (organisation_id, position_id, title, unit_id, ${dated})
      select $org, ${position('n')}, 'Engineer ' || n % 40, ${team(`(n / ${TEAM})`)}, ${since} from ${people}`,
    `insert into position_grade (organisation_id, position_id, grade, ${dated})
      select $org, ${position('n')}, 'G' || n % 9, ${since} from ${people}`,
    `insert into position_holder (organisation_id, position_id, person_id, ${dated})
      select $org, ${position('n')}, ${person('n')}, ${always} from ${people}`,
  ]
}

export const TEAM_SIZE = TEAM
