// One case of the measurement benchmark in a process of its own, so that peak memory is its own; prints JSON.
import { measure } from '../src/core/measure/measure.ts'
import { openMeasurement, updateMeasurement } from '../src/core/measure/update-measurement.ts'
import type { Estimator } from '../src/core/measure/measurement.ts'
import { benchDesign, seeded, simulatedRatings } from './simulated-ratings.ts'

const [persons, raters, items, missing, estimator, runs] = process.argv.slice(2)
const design = benchDesign(Number(persons), Number(raters), Number(items), Number(missing))
const { ratings } = simulatedRatings(design, seeded(1))
const least = (times: readonly number[]) => Math.min(...times)

/** The floor: one pass over the ratings that adds up scores by person, rater and item. */
function floor(): number {
  const sums = [
    new Float64Array(design.persons),
    new Float64Array(design.raters),
    new Float64Array(design.items),
  ] as const
  const started = performance.now()
  const { person, rater, item, score } = ratings
  for (let r = 0; r < score.length; r++) {
    sums[0][person[r]!]! += score[r]!
    sums[1][rater[r]!]! += score[r]!
    sums[2][item[r]!]! += score[r]!
  }
  return performance.now() - started + (sums[0][0] === -1 ? 1 : 0)
}

const floors = Array.from({ length: 7 }, floor)
const cold: number[] = []
const warm: number[] = []
const warmCpu: number[] = []
const cpu: number[] = []
const read: number[] = []
let memory = 0
for (let run = 0; run < Number(runs); run++) {
  const before = process.cpuUsage()
  const started = performance.now()
  const result = measure(ratings, { estimator: estimator as Estimator })
  cold.push(performance.now() - started)
  const used = process.cpuUsage(before)
  cpu.push((used.user + used.system) / 1000)
  if (!result.ok) throw new Error(result.refusals[0]!.message)
  // Results are columns until they are read: what reading every measure and fit costs is timed apart.
  const reading = process.cpuUsage()
  let sum = 0
  for (const { measure: logits, se, infit } of result.value.persons) sum += logits + se + infit
  for (const { measure: logits, se, infit } of result.value.raters) sum += logits + se + infit
  const spent = process.cpuUsage(reading)
  if (!Number.isFinite(sum) || !result.value.summary.dataHash) throw new Error('a measure is not finite')
  read.push((spent.user + spent.system) / 1000)
  if (run === 0) memory = process.resourceUsage().maxRSS / 1024
}
// One rating after another is changed in a measurement that is kept open.
const opened = openMeasurement(ratings, { estimator: estimator as Estimator })
if (!opened.ok) throw new Error(opened.refusals[0]!.message)
let open = opened.value
for (let run = 0; run < 4 * Number(runs); run++) {
  const score = (open.ratings.score[run * 61]! + 1) % 5
  const again = performance.now()
  const before = process.cpuUsage()
  const next = updateMeasurement(open, [{ rating: run * 61, score }])
  warm.push(performance.now() - again)
  const used = process.cpuUsage(before)
  warmCpu.push((used.user + used.system) / 1000)
  if (!next.ok) throw new Error(next.refusals[0]!.message)
  open = next.value
}
console.log(
  JSON.stringify({
    ratings: ratings.score.length,
    floor: least(floors),
    first: cold[0],
    cold: least(cold),
    cpu: least(cpu),
    read: least(read),
    warm: least(warm),
    warmCpu: least(warmCpu),
    memory,
  }),
)
