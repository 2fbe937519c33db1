// How often honest simulated people and people who answer at random are said not to fit, by mode and world.
import { ANSWERS, type Response } from '../src/core/assess/answers.ts'
import type { Goal } from '../src/core/assess/goal.ts'
import { personFit } from '../src/core/assess/person-fit.ts'
import { posteriorOf } from '../src/core/assess/posterior.ts'
import { builtInInstrument } from './built-in-instrument.ts'
import { seededRandom, simulatePerson, takeAssessment, WORLDS } from './simulated-people.ts'

const PEOPLE = Number(process.env['RUNGS_PEOPLE'] ?? 1000)
const SEED = 20260101
const { instrument, roles } = builtInInstrument()
const goals: [string, Goal][] = [
  ['adaptive', { mode: 'adaptive', roles, start: 2 }],
  ['one role (architect)', { mode: 'target', bars: roles.find(({ role }) => role === 'architect')!.bars }],
  ['whole bank', { mode: 'whole' }],
]

console.log(`${PEOPLE} people, seed ${SEED}, ${instrument.framework.id} ${instrument.framework.version}:`)
console.log('| answers | mode | answers given | flagged |\n| --- | --- | --- | --- |')
for (const world of [...WORLDS, undefined]) {
  for (const [mode, goal] of goals) {
    let flagged = 0
    let answers = 0
    for (let i = 0; i < PEOPLE; i++) {
      const rng = seededRandom(SEED + i * 7919)
      const person = world
        ? simulatePerson(instrument, world, rng)
        : {
            truth: new Float64Array(),
            answers: instrument.items.map(({ id }): Response => ({
              item: id,
              answer: ANSWERS[Math.floor(rng() * 5)]!,
            })),
          }
      const { responses } = takeAssessment(instrument, person, goal, rng)
      answers += responses.length
      if (personFit(posteriorOf(instrument, responses), responses).state === 'does-not-fit') flagged++
    }
    const share = ((100 * flagged) / PEOPLE).toFixed(1)
    console.log(`| ${world?.name ?? 'at random'} | ${mode} | ${(answers / PEOPLE).toFixed(0)} | ${share} % |`)
  }
}
