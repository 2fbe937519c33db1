// Verification of a chain: computes every hash anew, page by page, and names the first thing that is wrong.
import type { AuditRow } from './canonical-row.ts'
import { CHAIN_START, hexOf, linkHash, sameHash, type Sha256 } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'

/** A stored link with the row that it names; `row` is undefined where there is none. */
export interface StoredLink {
  readonly sequence: number
  readonly position: number
  readonly hash: Uint8Array
  readonly row: AuditRow | undefined
}

/** Something wrong. `position` is the row's, `sequence` its place in the chain. */
export type Finding =
  /** The chain jumps: this link is not there, though later ones are. */
  | { kind: 'link-missing'; sequence: number }
  /** The row of a link is gone. */
  | { kind: 'row-missing'; sequence: number; position: number }
  /** The row, or its link, is not what was linked. */
  | { kind: 'row-differs'; sequence: number; position: number }
  /** Everything fits itself and not the checkpoint: written anew after `after`, at or before this row. */
  | { kind: 'checkpoint-differs'; sequence: number; position: number; after: number; at: string }
  /** The chain ends before its last checkpoint: rows were cut off, or an older database was put in place. */
  | { kind: 'cut-off'; sequence: number; expected: number; at: string }
  /** A row that stands outside of the chain although rows written after it are in it. */
  | { kind: 'not-linked'; position: number }
  /** A row dated long before the checkpoint that it came after. */
  | { kind: 'backdated'; sequence: number; position: number; at: string; after: string }
  /** There are links and nothing outside to hold them against. */
  | { kind: 'no-checkpoint' }
  /** A line of the checkpoints that is none. */
  | { kind: 'checkpoint-unreadable'; file: string; line: number }

export interface Verification {
  readonly sequence: number
  readonly hash: Uint8Array
  /** The last checkpoint that agreed: its sequence and its time. */
  readonly agreed: { readonly sequence: number; readonly at: string } | undefined
  readonly finding: Finding | undefined
}

export const VERIFICATION_START: Verification = {
  sequence: 0,
  hash: CHAIN_START,
  agreed: undefined,
  finding: undefined,
}

/** A row is dated when its request begins and linked when it is written: so far may the two lie apart, in milliseconds. */
export const BACKDATED_AFTER = 3_600_000

/** Goes on with links in the order of their sequence; stops at the first finding. */
export function verifyLinks(
  state: Verification,
  links: readonly StoredLink[],
  checkpoints: ReadonlyMap<number, readonly Checkpoint[]>,
  sha256: Sha256,
): Verification {
  let { sequence, hash, agreed } = state
  if (state.finding) return state
  for (const link of links) {
    const stop = (finding: Finding): Verification => ({ sequence, hash, agreed, finding })
    const { position } = link
    if (link.sequence !== sequence + 1) return stop({ kind: 'link-missing', sequence: sequence + 1 })
    if (!link.row) return stop({ kind: 'row-missing', sequence: link.sequence, position })
    const computed = linkHash(hash, link.row, sha256)
    if (!sameHash(computed, link.hash))
      return stop({ kind: 'row-differs', sequence: link.sequence, position })
    if (agreed && Date.parse(link.row.at) < Date.parse(agreed.at) - BACKDATED_AFTER)
      return stop({
        ...{ kind: 'backdated', sequence: link.sequence, position },
        ...{ at: link.row.at, after: agreed.at },
      })
    sequence = link.sequence
    hash = computed
    const hex = checkpoints.has(sequence) ? hexOf(hash) : ''
    for (const checkpoint of checkpoints.get(sequence) ?? []) {
      if (checkpoint.hash !== hex || checkpoint.count !== sequence)
        return stop({
          ...{ kind: 'checkpoint-differs', sequence, position },
          ...{ after: agreed?.sequence ?? 0, at: checkpoint.at },
        })
      agreed = { sequence, at: checkpoint.at }
    }
  }
  return { sequence, hash, agreed, finding: undefined }
}

/** After the last link: whether a checkpoint tells of more than there is. */
export function endVerification(
  state: Verification,
  checkpoints: ReadonlyMap<number, readonly Checkpoint[]>,
): Verification {
  if (state.finding) return state
  if (state.sequence > 0 && checkpoints.size === 0) return { ...state, finding: { kind: 'no-checkpoint' } }
  const expected = Math.max(0, ...checkpoints.keys())
  const [last] = checkpoints.get(expected) ?? []
  if (last === undefined || expected <= state.sequence) return state
  return { ...state, finding: { kind: 'cut-off', sequence: state.sequence, expected, at: last.at } }
}
