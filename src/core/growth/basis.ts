// What a number rests on, in four steps: the rule that screens, terminal and files say in the same sentences.
import type { Why } from './why-model.ts'

/** From this share of own answers on, the others add but a little. */
const MOSTLY_OWN_FROM = 0.8
/** Under this share it rests more on the other answers than on its own: it is inferred. */
const INFERRED_UNDER = 0.5

/** `answers`: its own, the others add a little; `half`; `inferred`: mostly the others; `general`: no answer of its own. */
export type Basis = 'answers' | 'half' | 'inferred' | 'general'

export function basisOf({ basis, ownShare }: Pick<Why, 'basis' | 'ownShare'>): Basis {
  if (basis !== 'answers') return 'general'
  if (ownShare < INFERRED_UNDER) return 'inferred'
  return ownShare > MOSTLY_OWN_FROM ? 'answers' : 'half'
}
