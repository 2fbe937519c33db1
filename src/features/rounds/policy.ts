// Who may do what in rating rounds. Nobody reads a rating but its rater; results go where the published rule opens them.
import type { Relation } from '../../core/org/relation.ts'
import {
  allowsAct,
  allowsSheetAct,
  type RoundState,
  type SheetKind,
  type SheetState,
  type SubjectState,
} from '../../core/rounds/round-state.ts'
import { holdsRole, partnerUnits, type Actor } from '../../platform/actor.ts'

/** People partners keep the rounds of their units, the owner those of all. */
export function keepsRounds(actor: Actor, unit: string): boolean {
  return actor.grants.some(
    ({ role, units }) =>
      role === 'owner' || (role === 'people-partner' && (units === 'all' || units.includes(unit))),
  )
}

export function opensRounds(actor: Actor): boolean {
  return holdsRole(actor, 'owner') || holdsRole(actor, 'people-partner')
}

/** The units whose rounds the actor keeps, as of today. */
export function roundUnits(actor: Actor): 'all' | string[] {
  return holdsRole(actor, 'owner') ? 'all' : partnerUnits(actor)
}

/** Invented people's answers come and go with the sample organisation. */
export function loadsSample(actor: Actor): boolean {
  return holdsRole(actor, 'owner')
}

export function roundRights(actor: Actor, round: { unit: string; state: RoundState }) {
  const may = (act: Parameters<typeof allowsAct>[1]) =>
    keepsRounds(actor, round.unit) && allowsAct(round.state, act)
  return {
    changeRaters: may('change-raters'),
    start: may('start'),
    extend: may('extend'),
    remind: may('remind'),
    close: may('close'),
    cancel: may('cancel'),
  }
}

export interface SheetFacts {
  readonly rater: string
  readonly kind: SheetKind
  readonly sheet: SheetState
  readonly round: RoundState
  readonly subject: SubjectState
  readonly closesOn: string
}

/** A sheet is its rater's alone. `answered` and `behaviours` say whether it is full. */
export function sheetRights(
  actor: Actor,
  facts: SheetFacts,
  today: string,
  answered: number,
  behaviours: number,
) {
  const may = (act: 'rate' | 'submit' | 'decline') =>
    facts.rater === actor.person && allowsSheetAct(act, { ...facts, today })
  return { rate: may('rate'), submit: may('submit') && answered === behaviours, decline: may('decline') }
}

export type ResultRight = 'self' | 'manager' | 'partner' | 'delegate'

/**
 * By what somebody reads a result, their own right before one that was handed to them: the subject; and whom the published
 * rule opens it to, as they stand to the subject today. Undefined for anybody else.
 */
export function resultRight(
  relation: Relation,
  rule: { opensToManager: boolean; opensToPartner: boolean },
): ResultRight | undefined {
  if (relation.self) return 'self'
  if (rule.opensToManager && relation.directManager) return 'manager'
  if (rule.opensToPartner && relation.partner) return 'partner'
  return rule.opensToManager && relation.delegate ? 'delegate' : undefined
}

/**
 * Whether somebody who submitted sheets of these kinds about a person is one of a group: with their own answers in hand, a
 * figure of the group says of the others what fewer than the minimum of them said.
 */
export function isOneOfGroup(kinds: readonly SheetKind[], rule: { managerNamed: boolean }): boolean {
  return kinds.some((kind) => kind !== 'self' && !(kind === 'manager' && rule.managerNamed))
}
