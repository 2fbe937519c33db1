// The whole result: what it is about, standing, gap and paths, as one schema that web, terminal, exports and API share.
import { z } from 'zod'
import { ladderStandingSchema } from './ladder-model.ts'
import { aboutSchema, gapSchema, roleReadinessSchema, standingSchema } from './model.ts'
import { pathsSchema } from './path-model.ts'

/** The whole result that web, terminal and exports render. */
export const standingReportSchema = z.object({
  about: aboutSchema,
  standing: standingSchema,
  readiness: z.array(roleReadinessSchema).describe("Every role and variant, in the framework's order."),
  focus: gapSchema
    .nullable()
    .describe('The gap to the target role, or to the nearest one where no target was chosen.'),
  paths: pathsSchema.nullable().describe("From today's role to the focus, where today's role is known."),
  ladder: ladderStandingSchema
    .nullable()
    .describe("The ladder's own answer beside the measured one; null where the framework names no rule."),
})

export type StandingReport = z.output<typeof standingReportSchema>
