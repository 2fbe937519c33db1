// Many people in one organisation: places over time, rights, accounts' places, shares; and row security for all tables.
import { type Kysely, sql } from 'kysely'
import { ACCESS_POLICIES } from '../policies/access.ts'
import { ASSESSMENT_POLICIES } from '../policies/assessments.ts'
import { AUDIT_POLICIES } from '../policies/audit.ts'
import { FRAMEWORK_POLICIES } from '../policies/frameworks.ts'
import { PEOPLE_POLICIES } from '../policies/people.ts'
import { RELATIONS } from '../policies/relations.ts'
import { MAKE_ROLES, secureTable } from '../policies/secure-table.ts'
import { SETTINGS } from '../policies/settings.ts'

/** The columns of a row that holds for some days, and that is corrected by another row, never changed or deleted. */
const DATED = `
  valid_from date NOT NULL,
  valid_to date,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  corrected_at timestamptz,
  corrected_by uuid,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, recorded_by) REFERENCES person (organisation_id, id),
  FOREIGN KEY (organisation_id, corrected_by) REFERENCES person (organisation_id, id),
  CHECK (valid_to > valid_from),
  CHECK (corrected_by IS NULL OR corrected_at IS NOT NULL)`

/** Two rows with the same `columns` never hold on the same day, as known now. */
const once = (columns: string, where = '') => `
  EXCLUDE USING gist (organisation_id WITH =, ${columns}, daterange(valid_from, valid_to) WITH &&)
    WHERE (corrected_at IS NULL${where})`

const PERSON = `FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id)`

const COLUMNS = `
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE organisation
  ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC' CHECK (length(time_zone) BETWEEN 1 AND 64),
  ADD COLUMN minimum_group integer NOT NULL DEFAULT 5 CHECK (minimum_group >= 5);

ALTER TABLE person
  ADD COLUMN external_id text CHECK (length(external_id) BETWEEN 1 AND 200),
  ADD COLUMN erased_at timestamptz,
  ADD UNIQUE (organisation_id, external_id);

CREATE TABLE person_contact (
  organisation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, person_id),
  ${PERSON}
);
CREATE UNIQUE INDEX person_contact_by_email ON person_contact (organisation_id, lower(email));
`

const PLACES = `
CREATE TABLE employment (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  ${DATED},
  ${PERSON},
  ${once('person_id WITH =')}
);
CREATE INDEX employment_by_person ON employment (organisation_id, person_id);

CREATE TABLE unit (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('department', 'team', 'product-line')),
  external_id text CHECK (length(external_id) BETWEEN 1 AND 200),
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, external_id)
);

CREATE TABLE unit_record (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  unit_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  parent_id uuid,
  ${DATED},
  FOREIGN KEY (organisation_id, unit_id) REFERENCES unit (organisation_id, id),
  FOREIGN KEY (organisation_id, parent_id) REFERENCES unit (organisation_id, id),
  CHECK (parent_id <> unit_id),
  ${once('unit_id WITH =')}
);
CREATE INDEX unit_record_by_unit ON unit_record (organisation_id, unit_id);
CREATE INDEX unit_record_by_parent ON unit_record (organisation_id, parent_id);

CREATE TABLE unit_membership (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  unit_id uuid NOT NULL,
  person_id uuid NOT NULL,
  ${DATED},
  FOREIGN KEY (organisation_id, unit_id) REFERENCES unit (organisation_id, id),
  ${PERSON},
  ${once('unit_id WITH =, person_id WITH =')}
);
CREATE INDEX unit_membership_by_person ON unit_membership (organisation_id, person_id);
CREATE INDEX unit_membership_by_unit ON unit_membership (organisation_id, unit_id);

CREATE TABLE position (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  id uuid NOT NULL,
  external_id text CHECK (length(external_id) BETWEEN 1 AND 200),
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, external_id)
);

CREATE TABLE position_record (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  position_id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  framework_id text,
  role text,
  variant text,
  unit_id uuid,
  ${DATED},
  FOREIGN KEY (organisation_id, position_id) REFERENCES position (organisation_id, id),
  FOREIGN KEY (organisation_id, framework_id) REFERENCES framework (organisation_id, id),
  FOREIGN KEY (organisation_id, unit_id) REFERENCES unit (organisation_id, id),
  CHECK ((role IS NULL) = (framework_id IS NULL)),
  CHECK (variant IS NULL OR role IS NOT NULL),
  ${once('position_id WITH =')}
);
CREATE INDEX position_record_by_position ON position_record (organisation_id, position_id);
CREATE INDEX position_record_by_unit ON position_record (organisation_id, unit_id);

CREATE TABLE position_grade (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  position_id uuid NOT NULL,
  grade text NOT NULL CHECK (length(grade) BETWEEN 1 AND 80),
  ${DATED},
  FOREIGN KEY (organisation_id, position_id) REFERENCES position (organisation_id, id),
  ${once('position_id WITH =')}
);
CREATE INDEX position_grade_by_position ON position_grade (organisation_id, position_id);

CREATE TABLE position_holder (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  position_id uuid NOT NULL,
  person_id uuid NOT NULL,
  ${DATED},
  FOREIGN KEY (organisation_id, position_id) REFERENCES position (organisation_id, id),
  ${PERSON},
  ${once('position_id WITH =, person_id WITH =')}
);
CREATE INDEX position_holder_by_position ON position_holder (organisation_id, position_id);
CREATE INDEX position_holder_by_person ON position_holder (organisation_id, person_id);

CREATE TABLE reporting_line (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  manager_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('line', 'dotted')),
  ${DATED},
  ${PERSON},
  FOREIGN KEY (organisation_id, manager_id) REFERENCES person (organisation_id, id),
  CHECK (person_id <> manager_id),
  ${once('person_id WITH =', " AND kind = 'line'")},
  ${once('person_id WITH =, manager_id WITH =', " AND kind = 'dotted'")}
);
CREATE INDEX reporting_line_by_person ON reporting_line (organisation_id, person_id);
CREATE INDEX reporting_line_by_manager ON reporting_line (organisation_id, manager_id);
`

const RIGHTS = `
CREATE TABLE role_grant (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'people-partner', 'framework-editor', 'auditor')),
  unit_id uuid,
  granted_at timestamptz NOT NULL,
  granted_by uuid,
  until timestamptz,
  revoked_at timestamptz,
  revoked_by uuid,
  PRIMARY KEY (organisation_id, id),
  ${PERSON},
  FOREIGN KEY (organisation_id, unit_id) REFERENCES unit (organisation_id, id),
  FOREIGN KEY (organisation_id, granted_by) REFERENCES person (organisation_id, id),
  FOREIGN KEY (organisation_id, revoked_by) REFERENCES person (organisation_id, id),
  CHECK (unit_id IS NULL OR role = 'people-partner'),
  CHECK (revoked_by IS NULL OR revoked_at IS NOT NULL)
);
CREATE INDEX role_grant_by_person ON role_grant (organisation_id, person_id);
CREATE INDEX role_grant_by_unit ON role_grant (organisation_id, unit_id) WHERE unit_id IS NOT NULL;

CREATE TABLE delegation (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  from_person uuid NOT NULL,
  to_person uuid NOT NULL,
  starts date NOT NULL,
  ends date NOT NULL,
  made_at timestamptz NOT NULL,
  made_by uuid NOT NULL,
  revoked_at timestamptz,
  revoked_by uuid,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, from_person) REFERENCES person (organisation_id, id),
  FOREIGN KEY (organisation_id, to_person) REFERENCES person (organisation_id, id),
  FOREIGN KEY (organisation_id, made_by) REFERENCES person (organisation_id, id),
  FOREIGN KEY (organisation_id, revoked_by) REFERENCES person (organisation_id, id),
  CHECK (ends > starts),
  CHECK (from_person <> to_person),
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX delegation_by_giver ON delegation (organisation_id, from_person);
CREATE INDEX delegation_by_delegate ON delegation (organisation_id, to_person);

CREATE TABLE membership (
  organisation_id uuid NOT NULL,
  account_id text NOT NULL CHECK (length(account_id) BETWEEN 1 AND 200),
  person_id uuid NOT NULL,
  joined_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (organisation_id, account_id),
  ${PERSON},
  CHECK (ended_at >= joined_at)
);
CREATE INDEX membership_by_person ON membership (organisation_id, person_id);
CREATE INDEX membership_by_account ON membership (account_id);

CREATE TABLE invitation (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
  token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  made_at timestamptz NOT NULL,
  made_by uuid,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, token_hash),
  ${PERSON},
  FOREIGN KEY (organisation_id, made_by) REFERENCES person (organisation_id, id),
  CHECK (expires_at > made_at),
  CHECK (used_at IS NULL OR withdrawn_at IS NULL)
);
CREATE INDEX invitation_by_person ON invitation (organisation_id, person_id);
`

/** Whose an answer is, is kept with it: its policy then needs no other table. */
const ASSESSMENTS = `
ALTER TABLE assessment ADD UNIQUE (organisation_id, id, person_id);
ALTER TABLE response ADD COLUMN person_id uuid;
UPDATE response r SET person_id = a.person_id FROM assessment a
  WHERE a.organisation_id = r.organisation_id AND a.id = r.assessment_id;
ALTER TABLE response
  ALTER COLUMN person_id SET NOT NULL,
  DROP CONSTRAINT response_organisation_id_assessment_id_fkey,
  ADD FOREIGN KEY (organisation_id, assessment_id, person_id)
    REFERENCES assessment (organisation_id, id, person_id) ON DELETE CASCADE;

CREATE TABLE assessment_share (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  person_id uuid NOT NULL,
  with_person uuid NOT NULL,
  until date NOT NULL,
  made_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, assessment_id, person_id)
    REFERENCES assessment (organisation_id, id, person_id) ON DELETE CASCADE,
  FOREIGN KEY (organisation_id, with_person) REFERENCES person (organisation_id, id),
  CHECK (with_person <> person_id)
);
CREATE INDEX assessment_share_by_assessment ON assessment_share (organisation_id, assessment_id, with_person);
CREATE INDEX assessment_share_by_reader ON assessment_share (organisation_id, with_person);
`

const SECURED = [
  ...['person', 'person_contact', 'employment', 'unit', 'unit_record', 'unit_membership', 'position'],
  ...['position_record', 'position_grade', 'position_holder', 'reporting_line'],
  ...['role_grant', 'delegation', 'membership', 'invitation'],
  ...['framework', 'framework_version', 'framework_migration', 'migration_assessment'],
  ...['assessment', 'response', 'assessment_share', 'audit'],
]

/** The local organisation of before: its person becomes its owner. */
const LOCAL_OWNER = `
INSERT INTO role_grant (organisation_id, id, person_id, role, granted_at)
SELECT p.organisation_id, gen_random_uuid(), p.id, 'owner', now() FROM person p;
INSERT INTO audit (organisation_id, at, actor_kind, action, object_kind, object_id, subject_id, details)
SELECT g.organisation_id, g.granted_at, 'system', 'role.grant', 'role-grant', g.id::text, g.person_id,
  '{"role": "owner"}' FROM role_grant g;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  const tables = [MAKE_ROLES, SETTINGS, COLUMNS, PLACES, RIGHTS, ASSESSMENTS, LOCAL_OWNER]
  const policies = [PEOPLE_POLICIES, ACCESS_POLICIES, ASSESSMENT_POLICIES, FRAMEWORK_POLICIES, AUDIT_POLICIES]
  const secured = SECURED.map((table) => secureTable(table))
  for (const part of [...tables, RELATIONS, ...secured, ...policies]) await sql.raw(part).execute(db)
}
