// A role or one of its variants, with the expectations and duties that hold for it.
import type { Duty, Expectation, Framework, Role, Text, Variant } from '../framework/model.ts'
import type { RoleRef } from './model.ts'

/** A role and, where one was asked for, its variant. */
export interface RoleChoice {
  readonly ref: RoleRef
  readonly role: Role
  readonly variant: Variant | null
}

/** One expectation of a role's bar, with the competency that it is about. */
export interface BarExpectation {
  readonly competency: string
  readonly area: string
  readonly level: number
  readonly kind: Expectation['kind']
}

/** The role and variant that a reference names, or undefined where the framework has none. */
export function findRole(
  framework: Framework,
  ref: { role: string; variant?: string | null | undefined },
): RoleChoice | undefined {
  const role = framework.roles.find(({ id }) => id === ref.role)
  if (!role) return undefined
  if (!ref.variant) return { ref: { role: role.id, variant: null }, role, variant: null }
  const variant = role.variants.find(({ id }) => id === ref.variant)
  return variant && { ref: { role: role.id, variant: variant.id }, role, variant }
}

/** Every role followed by its variants, in the framework's order. */
export function listRoles(framework: Framework): RoleChoice[] {
  return framework.roles.flatMap((role) => [
    { ref: { role: role.id, variant: null }, role, variant: null },
    ...role.variants.map((variant) => ({ ref: { role: role.id, variant: variant.id }, role, variant })),
  ])
}

/** The title of a variant where there is one, else of the role. */
export function titleOf({ role, variant }: RoleChoice): Text {
  return variant?.title ?? role.title
}

/**
 * The bar in the order of the framework's competencies: a variant's expectations stand over the role's, and level 0
 * asks nothing, so that a variant can drop an expectation.
 */
export function expectationsOf(framework: Framework, { role, variant }: RoleChoice): BarExpectation[] {
  const all = new Map(Object.entries(role.expectations))
  for (const [competency, expectation] of Object.entries(variant?.expectations ?? {}))
    all.set(competency, expectation)
  return framework.competencies.flatMap(({ id, area }) => {
    const expectation = all.get(id)
    return expectation && expectation.level > 0
      ? [{ competency: id, area, level: expectation.level, kind: expectation.kind }]
      : []
  })
}

/** The role's duties, a variant's own over those with the same id and after the others. */
export function dutiesOf({ role, variant }: RoleChoice): Duty[] {
  const duties = new Map(role.duties.map((duty) => [duty.id, duty]))
  for (const duty of variant?.duties ?? []) duties.set(duty.id, duty)
  return [...duties.values()]
}

/** Where a bar is among others: its musts' levels summed and divided by the number of the framework's competencies. */
export function barHeight(framework: Framework, choice: RoleChoice): number {
  const levels = expectationsOf(framework, choice).map(({ kind, level }) => (kind === 'must' ? level : 0))
  return levels.reduce((sum, level) => sum + level, 0) / framework.competencies.length
}

/** "cto", or "cto/us" for a variant: one string that names a role or variant. */
export function roleKey({ role, variant }: RoleRef): string {
  return variant === null ? role : `${role}/${variant}`
}
