// A small repeatable source of uniform random numbers, for bootstraps and examples.

/**
 * Uniforms in [0, 1) from a seed, the same on every machine: a 32-bit counter through a mixing function
 * (Steele, Lea and Flood 2014, OOPSLA, the SplitMix family; constants of MurmurHash3's finaliser).
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x85ebca6b)
    mixed ^= mixed >>> 13
    mixed = Math.imul(mixed, 0xc2b2ae35)
    mixed ^= mixed >>> 16
    return (mixed >>> 0) / 4294967296
  }
}
