// How much of a ladder's text found its place: as part of a role, competency, level or behaviour, not as loose words.
import type { Piece } from './conservation.ts'

const size = (text: string) => text.replaceAll(/\s+/g, '').length

/** Share of the ladder's characters (left-out ones apart) that went into an entry of the framework, 0 to 1. */
export function shareInPlace(pieces: readonly Piece[]): number {
  let [ladder, placed] = [0, 0]
  for (const { text, outcome, targets } of pieces) {
    if (outcome === 'left-out') continue
    ladder += size(text)
    if (outcome === 'conserved' && targets.some((target) => target !== 'framework')) placed += size(text)
  }
  return ladder === 0 ? 0 : placed / ladder
}
