// The people endpoints: who works here on a day, the org chart, units, changes of place, and bringing people in.
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { idSchema } from '../../core/framework/model.ts'
import { importEventSchema, peopleFileSchema } from '../../core/org/people-import/file-contract.ts'

export const daySchema = z.iso.date().describe('A day, YYYY-MM-DD.')
const personIdSchema = z.uuid().describe('Person id.')
const unitIdSchema = z.uuid().describe('Unit id.')
const asOf = daySchema.optional().describe('The day to look at; today where it is left out.')
const nameSchema = z.string().trim().min(1).max(200)
const emailSchema = z.email().max(254)
const unitKindSchema = z.enum(['department', 'team', 'product-line'])

export const unitRefSchema = z.object({ id: unitIdSchema, kind: unitKindSchema, name: z.string() })
export const personRefSchema = z.object({
  id: personIdSchema,
  name: z.string().nullable().describe('Null for the person of the local mode and for one who was erased.'),
  title: z.string().nullable(),
})

const placeKnownFrom = daySchema
  .nullable()
  .describe(
    'Where unit, manager and position are not written down for the day but are for later ones: the first of those days. Null otherwise.',
  )

export const personRowSchema = personRefSchema.extend({
  externalId: z.string().nullable(),
  units: z.array(unitRefSchema),
  manager: personRefSchema.omit({ title: true }).nullable(),
  since: daySchema.nullable().describe('First day of the employment that holds on the day.'),
  placeKnownFrom,
  sample: z.boolean().describe('True for somebody of the sample organisation.'),
})

const placeSchema = z.object({
  unit: unitIdSchema.nullable().optional().describe('Department or team; left out, it stays.'),
  productLines: z.array(unitIdSchema).max(50).optional(),
  manager: personIdSchema.nullable().optional().describe('Line manager; null for nobody.'),
  dotted: z.array(personIdSchema).max(20).optional(),
  position: z
    .object({
      title: nameSchema,
      framework: idSchema.nullable().default(null),
      role: idSchema.nullable().default(null),
      grade: z.string().trim().min(1).max(80).nullable().default(null),
    })
    .nullable()
    .optional(),
})

const stretch = { from: daySchema, to: daySchema.nullable() }
export const historyEntrySchema = z.object({
  ...stretch,
  kind: z.enum(['employment', 'unit', 'manager', 'dotted', 'position', 'grade']),
  what: z.string().nullable().describe('The unit, person, title or grade by its name of today.'),
  id: z.uuid().nullable().describe('The unit or person, to go there.'),
  recordedAt: z.string(),
  correctedAt: z.string().nullable().describe('When it was found wrong; kept to be read.'),
})

const rightsSchema = z.object({ contact: z.boolean(), grade: z.boolean(), keep: z.boolean() })
const relationSchema = z.object({
  self: z.boolean(),
  directManager: z.boolean(),
  skipLevel: z.boolean(),
  delegate: z.boolean(),
  peer: z.boolean(),
  report: z.boolean(),
  partner: z.boolean(),
  exManager: z.boolean(),
})

export const personSchema = personRowSchema.extend({
  day: daySchema.describe('The day that it is about.'),
  employed: z.boolean(),
  lastDay: daySchema.nullable(),
  position: z
    .object({ title: z.string(), framework: idSchema.nullable(), role: idSchema.nullable() })
    .nullable(),
  email: z
    .string()
    .nullable()
    .describe('Null where there is none or where it is not yours to see: ask can.contact.'),
  grade: z
    .string()
    .nullable()
    .describe('Null where there is none or where it is not yours to see: ask can.grade.'),
  lineUpward: z.array(personRefSchema).describe('The direct manager first.'),
  dotted: z.array(personRefSchema),
  reports: z.array(personRefSchema),
  relation: relationSchema.describe('What you are to them today.'),
  can: rightsSchema,
})

export const chartNodeSchema = z.object({
  id: personIdSchema,
  name: z.string().nullable(),
  title: z.string().nullable(),
  unit: z.string().nullable().describe('Name of the team or department.'),
  manager: personIdSchema
    .nullable()
    .describe('Null at the top, and where the manager does not work here on the day.'),
  reports: z.number().int().describe('People who report directly, loaded or not.'),
  placeKnownFrom,
})

const keepSchema = z.object({
  keep: z.boolean().describe('Rename it, move it, end it.'),
  add: z.boolean().describe('Add units below it.'),
})

export const unitSchema = unitRefSchema.extend({
  parent: unitIdSchema.nullable(),
  people: z.number().int().describe('Members of this unit itself on the day.'),
})

const tags = ['People']
const personOutput = z.object({ person: personSchema })
const unitOutput = z.object({
  day: daySchema,
  unit: unitSchema,
  path: z.array(unitRefSchema).describe('The units above, from the top.'),
  below: z.array(unitSchema),
  members: z.array(personRowSchema),
  allPeople: z.number().int().describe('Members of this unit and of all below it.'),
  can: keepSchema,
})

export const peopleContract = {
  summary: oc
    .route({
      method: 'GET',
      path: '/people/summary',
      tags,
      summary: 'How many people and units there are, and what you may do',
    })
    .output(
      z.object({
        today: daySchema,
        people: z.number().int().describe('Employed today.'),
        units: z.number().int(),
        first: daySchema.nullable().describe('The first day that anything is known of.'),
        sample: z.number().int().describe('People of the sample organisation.'),
        me: personIdSchema,
        can: z.object({ add: z.boolean(), import: z.boolean(), sample: z.boolean() }),
      }),
    ),

  list: oc
    .route({ method: 'GET', path: '/people', tags, summary: 'List who works here on a day, by name' })
    .input(
      z.object({
        asOf,
        search: z
          .string()
          .trim()
          .max(200)
          .optional()
          .describe(
            'Beginnings of words of a name or an id, or parts of a title or a unit; accents are not asked for.',
          ),
        unit: unitIdSchema.optional().describe('Only members of this unit and of those below it.'),
        after: z.string().max(400).optional().describe('`next` of the page before.'),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    )
    .output(
      z.object({
        day: daySchema,
        people: z.array(personRowSchema),
        total: z
          .number()
          .int()
          .nullable()
          .describe('How many there are on all pages; null where a search matches too many to count them.'),
        next: z.string().nullable(),
      }),
    ),

  get: oc
    .route({ method: 'GET', path: '/people/{id}', tags, summary: 'Get a person as of a day' })
    .input(z.object({ id: personIdSchema, asOf }))
    .output(personOutput),

  history: oc
    .route({
      method: 'GET',
      path: '/people/{id}/history',
      tags,
      summary:
        'Get the places of a person over time, as they are known now or were known at the end of a day',
    })
    .input(
      z.object({
        id: personIdSchema,
        knownAt: daySchema
          .optional()
          .describe(
            'Only what was recorded by the end of this day and not yet corrected then; left out, everything.',
          ),
      }),
    )
    .output(z.object({ entries: z.array(historyEntrySchema) })),

  chart: oc
    .route({
      method: 'GET',
      path: '/org-chart',
      tags,
      summary: 'Get the reporting lines of a day below somebody, a few levels at a time',
    })
    .input(
      z.object({
        asOf,
        root: personIdSchema.optional().describe('Whose reports; left out, from the top.'),
        depth: z.coerce.number().int().min(1).max(20).default(3),
        reveal: personIdSchema.optional().describe('Somebody whose whole line upward is wanted as well.'),
      }),
    )
    .output(
      z.object({
        day: daySchema,
        nodes: z.array(chartNodeSchema).describe('Managers before their reports.'),
        circles: z.array(z.array(personIdSchema)).describe('Reporting lines that run in a circle.'),
      }),
    ),

  units: oc
    .route({ method: 'GET', path: '/units', tags, summary: 'List the units of a day' })
    .input(z.object({ asOf }))
    .output(
      z.object({ day: daySchema, units: z.array(unitSchema.extend({ can: keepSchema })), can: keepSchema }),
    ),

  unit: oc
    .route({ method: 'GET', path: '/units/{id}', tags, summary: 'Get a unit with its members as of a day' })
    .input(z.object({ id: unitIdSchema, asOf }))
    .output(unitOutput),

  addUnit: oc
    .route({ method: 'POST', path: '/units', tags, summary: 'Add a unit', successStatus: 201 })
    .input(
      z.object({
        key: z.uuid().describe('A fresh random id; it becomes the id of the unit.'),
        kind: unitKindSchema,
        name: nameSchema,
        parent: unitIdSchema.nullable().default(null),
        from: daySchema,
      }),
    )
    .output(unitOutput),

  changeUnit: oc
    .route({
      method: 'POST',
      path: '/units/{id}/change',
      tags,
      summary: 'Rename a unit, or hang it elsewhere, from a day on',
    })
    .input(
      z.object({
        id: unitIdSchema,
        from: daySchema,
        name: nameSchema.optional(),
        parent: unitIdSchema.nullable().optional(),
      }),
    )
    .output(unitOutput),

  endUnit: oc
    .route({
      method: 'POST',
      path: '/units/{id}/end',
      tags,
      summary: 'End a unit that nobody belongs to any more',
    })
    .input(z.object({ id: unitIdSchema, lastDay: daySchema }))
    .output(z.object({ ended: z.boolean() })),

  join: oc
    .route({
      method: 'POST',
      path: '/people',
      tags,
      summary: 'Add somebody who starts here',
      successStatus: 201,
    })
    .input(
      z.object({
        key: z.uuid().describe('A fresh random id for each intended person; it becomes their id.'),
        name: nameSchema,
        email: emailSchema.nullable().default(null),
        externalId: nameSchema.nullable().default(null),
        from: daySchema,
        place: placeSchema.default({}),
      }),
    )
    .output(personOutput),

  rehire: oc
    .route({
      method: 'POST',
      path: '/people/{id}/rehire',
      tags,
      summary: 'Let somebody who has left start again',
    })
    .input(z.object({ id: personIdSchema, from: daySchema, place: placeSchema.default({}) }))
    .output(personOutput),

  move: oc
    .route({
      method: 'POST',
      path: '/people/{id}/move',
      tags,
      summary: 'Change unit, manager, dotted lines or position from a day on',
    })
    .input(z.object({ id: personIdSchema, from: daySchema, place: placeSchema }))
    .output(personOutput),

  leave: oc
    .route({ method: 'POST', path: '/people/{id}/leave', tags, summary: 'Let somebody leave' })
    .input(
      z.object({
        id: personIdSchema,
        lastDay: daySchema,
        successor: personIdSchema
          .nullable()
          .optional()
          .describe(
            'Who manages their reports from then on; null for nobody. Needed where somebody reports to them.',
          ),
      }),
    )
    .output(
      personOutput.extend({
        withoutManager: z.array(personRefSchema).describe('Who reported to them and reports to nobody then.'),
      }),
    ),

  correct: oc
    .route({
      method: 'POST',
      path: '/people/{id}/correct',
      tags,
      summary: 'Put right what was written down wrongly; dated facts are kept, marked as corrected',
    })
    .input(
      z.object({
        id: personIdSchema,
        name: nameSchema.optional(),
        email: emailSchema.nullable().optional(),
        externalId: nameSchema.nullable().optional(),
        start: daySchema.optional().describe('The first day of the employment that holds today.'),
      }),
    )
    .output(personOutput),

  import: oc
    .route({
      method: 'POST',
      path: '/people/import',
      tags,
      summary: 'Preview a people file, or apply exactly what was previewed; tells its progress',
    })
    .input(
      peopleFileSchema.extend({
        apply: z
          .string()
          .optional()
          .describe('The hash of the preview to apply; left out, nothing is written.'),
      }),
    )
    .output(eventIterator(importEventSchema)),

  loadSample: oc
    .route({ method: 'POST', path: '/people/sample', tags, summary: 'Load the sample organisation' })
    .output(z.object({ people: z.number().int() })),

  removeSample: oc
    .route({
      method: 'DELETE',
      path: '/people/sample',
      tags,
      summary: 'Remove the sample organisation, and only it',
    })
    .output(z.object({ people: z.number().int() })),
}
