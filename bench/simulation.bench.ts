// Simulated people with known true profiles take the whole bank, the adaptive and the quick mode of the built-in
// framework: how often each bar is decided rightly, with how many items, and whether the intervals hold the truth.
import { OPENING_LEVEL, type Goal } from '../src/core/assess/goal.ts'
import { builtInInstrument } from './built-in-instrument.ts'
import {
  accuracy,
  coverage90,
  MODELLED,
  simulate,
  WORLDS,
  type BarTally,
  type Tally,
} from './simulated-people.ts'

const PEOPLE = Number(process.env['RUNGS_PEOPLE'] ?? 1000)
const SEED = 20260101
const { instrument, roles } = builtInInstrument()
const start = OPENING_LEVEL
const goals: readonly Goal[] = [
  { mode: 'whole' },
  { mode: 'adaptive', roles, start },
  { mode: 'quick', start },
]
const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits)
const failures: string[] = []

const columns = [
  'world',
  'mode',
  'items (most)',
  'bars of near roles: right %',
  'of whole bank %',
  'decided: right %',
  'undecided %',
  'undecided: right by sign %',
  'all bars: right %',
  'of whole bank %',
  '90 % interval holds truth %',
  '50 %',
  'width of 90 % (levels)',
]
const share = (part: number, whole: number): string => (whole === 0 ? '-' : percent(part / whole))

function row(world: string, mode: string, tally: Tally, whole: Tally): string[] {
  const { near, all } = tally
  const relative = (own: BarTally, reference: BarTally): string =>
    percent(accuracy(own) / accuracy(reference))
  return [
    world,
    mode,
    `${(tally.items / tally.people).toFixed(1)} (${tally.most})`,
    percent(accuracy(near)),
    relative(near, whole.near),
    share(near.decidedRight, near.decided),
    share(near.undecided, near.bars),
    share(near.undecidedRight, near.undecided),
    percent(accuracy(all)),
    relative(all, whole.all),
    percent(coverage90(tally)),
    percent(tally.covered50 / tally.competencies),
    (tally.width90 / tally.competencies / instrument.competencies[0]!.scale.spacing).toFixed(2),
  ]
}

console.log(`${PEOPLE} people, seed ${SEED}, ${instrument.framework.id} ${instrument.framework.version}:`)
console.log(`${instrument.items.length} items, ${instrument.competencies.length} competencies.\n`)
console.log(`| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}`)
for (const [i, world] of WORLDS.entries()) {
  const tallies = simulate(instrument, world, roles, goals, PEOPLE, SEED)
  const whole = tallies.get('whole')!
  for (const [mode, tally] of tallies) {
    console.log(`| ${row(world.name, mode, tally, whole).join(' | ')} |`)
    if (i >= MODELLED) continue
    const held = coverage90(tally)
    if (held < 0.87 || held > 0.93) failures.push(`${world.name}, ${mode}: coverage ${percent(held)} %`)
    if (mode !== 'adaptive') continue
    if (
      accuracy(tally.near) < 0.95 * accuracy(whole.near) ||
      accuracy(tally.all) < 0.95 * accuracy(whole.all)
    )
      failures.push(`${world.name}, ${mode}: under 95 % of the whole bank's accuracy`)
    if (tally.items > 0.4 * whole.items) failures.push(`${world.name}, ${mode}: over 40 % of the items`)
  }
}
console.log(
  failures.length === 0
    ? '\nEvery target of the first three worlds is met.'
    : `\nMissed:\n${failures.join('\n')}`,
)
process.exitCode = failures.length === 0 ? 0 : 1
