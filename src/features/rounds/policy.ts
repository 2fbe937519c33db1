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
import { holdsRole, type Actor } from '../../platform/actor.ts'

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

/** The subject; and whom the published rule opens it to, as they stand to the subject today. */
export function readsResult(
  relation: Relation,
  rule: { opensToManager: boolean; opensToPartner: boolean },
): boolean {
  return (
    relation.self ||
    (rule.opensToManager && (relation.directManager || relation.delegate)) ||
    (rule.opensToPartner && relation.partner)
  )
}
