// Four right-hand sides at once for the system of severities and means: each block is read once for all.
import type { RaterSystem } from './rater-system.ts'

export const LANES = 4

/** What a product reads and adds up by rater: eight numbers side by side, one line of cache. */
const PAIR = 2 * LANES

/** Solves S x = b for four right-hand sides that lie side by side (position y, lane l at 4 y + l). */
export class RaterLanes {
  private readonly paired: Float64Array
  private readonly r: Float64Array
  private readonly p: Float64Array
  private readonly sp: Float64Array

  constructor(private readonly system: RaterSystem) {
    const { raters, size } = system.layout
    this.paired = new Float64Array(PAIR * raters)
    this.r = new Float64Array(LANES * size)
    this.p = new Float64Array(LANES * size)
    this.sp = new Float64Array(LANES * size)
  }

  /** out = S v lane by lane; held unknowns are identity rows. */
  private multiply(v: Float64Array, out: Float64Array): void {
    const { blocks, layout, blockInformation, personInformation, priorPrecision } = this.system
    const { rater, occasion, personStart } = blocks
    const { raters, groupOfRater, groupAt, occasionAt, subsetAt, subsetOfPerson, held, heldPerson, size } =
      layout
    const { paired } = this
    for (let j = 0; j < raters; j++) {
      const group = groupAt + groupOfRater[j]!
      const own = held[j] ? 0 : 1
      const shared = held[group] ? 0 : 1
      const to = PAIR * j
      for (let l = 0; l < LANES; l++) {
        paired[to + l] = own * v[LANES * j + l]! + shared * v[LANES * group + l]!
        paired[to + LANES + l] = 0
      }
    }
    for (let y = 0; y < size; y++) {
      const factor = held[y] ? 1 : priorPrecision[y]!
      for (let at = LANES * y; at < LANES * y + LANES; at++) out[at] = factor * v[at]!
    }
    const persons = personInformation.length
    let begin = 0
    for (let n = 0; n < persons; n++) {
      const end = personStart[n + 1]!
      const subset = subsetAt + subsetOfPerson[n]!
      const free = heldPerson[n] === 0
      const open = free && !held[subset]
      const s = LANES * subset
      let sum = 0
      let w0 = 0
      let w1 = 0
      let w2 = 0
      let w3 = 0
      for (let b = begin; b < end; b++) {
        const w = blockInformation[b]!
        const j = PAIR * rater[b]!
        sum += w
        w0 += w * paired[j]!
        w1 += w * paired[j + 1]!
        w2 += w * paired[j + 2]!
        w3 += w * paired[j + 3]!
        if (occasion && !held[occasionAt + occasion[b]!]) {
          const o = LANES * (occasionAt + occasion[b]!)
          w0 += w * v[o]!
          w1 += w * v[o + 1]!
          w2 += w * v[o + 2]!
          w3 += w * v[o + 3]!
        }
      }
      // c_b = mean - effective; the person responds with -(sum of w c) / information.
      const inverse = free ? 1 / personInformation[n]! : 0
      const m0 = open ? v[s]! : 0
      const m1 = open ? v[s + 1]! : 0
      const m2 = open ? v[s + 2]! : 0
      const m3 = open ? v[s + 3]! : 0
      const c0 = m0 + (w0 - sum * m0) * inverse
      const c1 = m1 + (w1 - sum * m1) * inverse
      const c2 = m2 + (w2 - sum * m2) * inverse
      const c3 = m3 + (w3 - sum * m3) * inverse
      for (let b = begin; b < end; b++) {
        const w = blockInformation[b]!
        const j = PAIR * rater[b]!
        let q0 = c0 - paired[j]!
        let q1 = c1 - paired[j + 1]!
        let q2 = c2 - paired[j + 2]!
        let q3 = c3 - paired[j + 3]!
        if (occasion && !held[occasionAt + occasion[b]!]) {
          const o = LANES * (occasionAt + occasion[b]!)
          q0 -= v[o]!
          q1 -= v[o + 1]!
          q2 -= v[o + 2]!
          q3 -= v[o + 3]!
          out[o]! -= w * q0
          out[o + 1]! -= w * q1
          out[o + 2]! -= w * q2
          out[o + 3]! -= w * q3
        }
        paired[j + 4]! -= w * q0
        paired[j + 5]! -= w * q1
        paired[j + 6]! -= w * q2
        paired[j + 7]! -= w * q3
      }
      if (open) {
        out[s]! += sum * c0 - w0
        out[s + 1]! += sum * c1 - w1
        out[s + 2]! += sum * c2 - w2
        out[s + 3]! += sum * c3 - w3
      }
      begin = end
    }
    for (let j = 0; j < raters; j++) {
      const group = groupAt + groupOfRater[j]!
      for (let l = 0; l < LANES; l++) {
        const gathered = paired[PAIR * j + LANES + l]!
        if (!held[j]) out[LANES * j + l]! += gathered
        if (!held[group]) out[LANES * group + l]! += gathered
      }
    }
  }

  /**
   * Preconditioned conjugate gradients from the x given, each lane to its relative tolerance in the preconditioned norm; returns the rounds.
   */
  solve(b: Float64Array, x: Float64Array, tolerance: number, most = 500): number {
    const { r, p, sp } = this
    const { size } = this.system.layout
    const diagonal = this.system.preconditioner()
    this.multiply(x, sp)
    const rz = [0, 0, 0, 0]
    const goal = [0, 0, 0, 0]
    for (let y = 0; y < size; y++) {
      const inverse = 1 / diagonal[y]!
      for (let l = 0; l < LANES; l++) {
        const at = LANES * y + l
        const own = (r[at] = b[at]! - sp[at]!)
        p[at] = own * inverse
        rz[l]! += own * own * inverse
        goal[l]! += b[at]! * b[at]! * inverse
      }
    }
    for (let l = 0; l < LANES; l++) goal[l] = Math.max(tolerance * tolerance * goal[l]!, 1e-300)
    let round = 0
    for (; round < most && rz.some((value, l) => value > goal[l]!); round++) {
      this.multiply(p, sp)
      let a0 = 0
      let a1 = 0
      let a2 = 0
      let a3 = 0
      for (let at = 0; at < LANES * size; at += LANES) {
        a0 += p[at]! * sp[at]!
        a1 += p[at + 1]! * sp[at + 1]!
        a2 += p[at + 2]! * sp[at + 2]!
        a3 += p[at + 3]! * sp[at + 3]!
      }
      // A lane that is done stays where it is.
      a0 = rz[0]! > goal[0]! ? rz[0]! / a0 : 0
      a1 = rz[1]! > goal[1]! ? rz[1]! / a1 : 0
      a2 = rz[2]! > goal[2]! ? rz[2]! / a2 : 0
      a3 = rz[3]! > goal[3]! ? rz[3]! / a3 : 0
      let n0 = 0
      let n1 = 0
      let n2 = 0
      let n3 = 0
      for (let y = 0, at = 0; y < size; y++, at += LANES) {
        const inverse = 1 / diagonal[y]!
        x[at]! += a0 * p[at]!
        x[at + 1]! += a1 * p[at + 1]!
        x[at + 2]! += a2 * p[at + 2]!
        x[at + 3]! += a3 * p[at + 3]!
        const r0 = (r[at]! -= a0 * sp[at]!)
        const r1 = (r[at + 1]! -= a1 * sp[at + 1]!)
        const r2 = (r[at + 2]! -= a2 * sp[at + 2]!)
        const r3 = (r[at + 3]! -= a3 * sp[at + 3]!)
        n0 += r0 * r0 * inverse
        n1 += r1 * r1 * inverse
        n2 += r2 * r2 * inverse
        n3 += r3 * r3 * inverse
      }
      const t0 = a0 === 0 ? 0 : n0 / rz[0]!
      const t1 = a1 === 0 ? 0 : n1 / rz[1]!
      const t2 = a2 === 0 ? 0 : n2 / rz[2]!
      const t3 = a3 === 0 ? 0 : n3 / rz[3]!
      rz[0] = n0
      rz[1] = n1
      rz[2] = n2
      rz[3] = n3
      for (let y = 0, at = 0; y < size; y++, at += LANES) {
        const inverse = 1 / diagonal[y]!
        p[at] = r[at]! * inverse + t0 * p[at]!
        p[at + 1] = r[at + 1]! * inverse + t1 * p[at + 1]!
        p[at + 2] = r[at + 2]! * inverse + t2 * p[at + 2]!
        p[at + 3] = r[at + 3]! * inverse + t3 * p[at + 3]!
      }
    }
    return round
  }
}
