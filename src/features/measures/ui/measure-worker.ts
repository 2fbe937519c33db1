// The measuring thread of the page: reads, measures, changes a rating and measures again from the last solution.
import {
  analyse,
  withheldReasons,
  type Analysis,
  type WithheldReason,
} from '../../../core/measure/analysis.ts'
import { exampleRatings } from '../../../core/measure/example-ratings.ts'
import { itemCosts, type ItemCosts } from '../../../core/measure/item-costs.ts'
import { measure } from '../../../core/measure/measure.ts'
import type { Estimator, Measurement, StepModel } from '../../../core/measure/measurement.ts'
import { measurementJson } from '../../../core/measure/measurement-json.ts'
import { parseRatingRows, type Ratings } from '../../../core/measure/ratings.ts'
import { parseRatingsText } from '../../../core/measure/read-ratings.ts'
import type { Refusal } from '../../../core/measure/refusals.ts'
import { renderReport } from '../../../core/measure/report/report.ts'
import { withoutSelf } from '../../../core/measure/self-ratings.ts'

export interface HowToMeasure {
  readonly estimator: Estimator
  readonly steps: StepModel
}

export type Request =
  | ({ readonly kind: 'read'; readonly text: string } & HowToMeasure)
  | ({ readonly kind: 'example' } & HowToMeasure)
  | ({ readonly kind: 'again' } & HowToMeasure)
  | { readonly kind: 'change'; readonly rating: number; readonly score: number; readonly undo: boolean }
  | { readonly kind: 'json' }
  | {
      readonly kind: 'report'
      readonly name: string
      readonly language: 'en' | 'zh-Hans'
      readonly date: string
      readonly simulated: boolean
    }

/** What the page draws from. */
export interface Measured {
  readonly measurement: Measurement
  readonly costs: ItemCosts
  readonly withheld: ReadonlyMap<string, readonly WithheldReason[]>
  readonly selfRatings: number
  readonly milliseconds: number
}

export type Answer =
  | ({ readonly kind: 'measured'; readonly ratings: Ratings } & Measured)
  | ({
      readonly kind: 'changed'
      readonly rating: number
      readonly score: number
      readonly undo: boolean
    } & Measured)
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'change-refused'; readonly rating: number; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly text: string }

interface State {
  readonly all: Ratings
  readonly others: Ratings
  readonly self: readonly number[]
  readonly how: HowToMeasure
  readonly measurement: Measurement
}

let state: State | undefined

function answer(message: Answer): void {
  postMessage(message)
}

function start(all: Ratings, how: HowToMeasure): void {
  const { others, self } = withoutSelf(all)
  if (others.score.length === 0) {
    const refusal: Refusal = {
      code: 'no-ratings',
      message: 'all ratings are self-ratings, and these never enter the measure',
      missing: 'ratings by others',
    }
    return answer({ kind: 'refused', refusals: [refusal] })
  }
  const started = performance.now()
  const measured = measure(others, how)
  const milliseconds = performance.now() - started
  if (!measured.ok) return answer({ kind: 'refused', refusals: measured.refusals })
  state = { all, others, self, how, measurement: measured.value }
  answer({ kind: 'measured', ratings: others, ...seen(state, milliseconds) })
}

function seen({ others, self, measurement }: State, milliseconds: number): Measured {
  const withheld = new Map(
    measurement.persons.map((person) => [person.id, withheldReasons(person, measurement)]),
  )
  return {
    measurement,
    costs: itemCosts(others, measurement),
    withheld,
    selfRatings: self.length,
    milliseconds,
  }
}

function change(rating: number, score: number, undo: boolean): void {
  if (!state) return
  const before = state.others.score[rating]!
  state.others.score[rating] = score
  const started = performance.now()
  const measured = measure(state.others, { ...state.how, start: state.measurement.solution })
  const milliseconds = performance.now() - started
  if (!measured.ok) {
    state.others.score[rating] = before
    return answer({ kind: 'change-refused', rating, refusals: measured.refusals })
  }
  state = { ...state, measurement: measured.value }
  answer({ kind: 'changed', rating, score, undo, ...seen(state, milliseconds) })
}

/** All ratings, self-ratings included, with the scores as they are now. */
function current({ all, others, self }: State): Ratings {
  const score = all.score.slice()
  const isSelf = new Uint8Array(score.length)
  for (const r of self) isSelf[r] = 1
  for (let r = 0, k = 0; r < score.length; r++) if (!isSelf[r]) score[r] = others.score[k++]!
  return { ...all, score }
}

function whole(now: State): { analysis: Analysis; seconds: number } | undefined {
  const started = performance.now()
  const analysed = analyse(current(now), { ...now.how, bias: ['rater-item', 'person-group', 'group-item'] })
  return analysed.ok ? { analysis: analysed.value, seconds: (performance.now() - started) / 1000 } : undefined
}

addEventListener('message', ({ data: request }: MessageEvent<Request>) => {
  if (request.kind === 'read') {
    const read = parseRatingsText(request.text)
    if (read.ok) start(read.value.ratings, request)
    else answer({ kind: 'refused', refusals: read.refusals })
  } else if (request.kind === 'example') {
    const rows = parseRatingRows(exampleRatings(), { lowest: 0, highest: 4 })
    if (rows.ok) start(rows.value, request)
  } else if (request.kind === 'again') {
    if (state) start(current(state), request)
  } else if (request.kind === 'change') change(request.rating, request.score, request.undo)
  else if (state) {
    const found = whole(state)
    if (!found) return
    const { analysis, seconds } = found
    if (request.kind === 'json')
      answer({
        kind: 'file',
        name: 'measures.json',
        type: 'application/json',
        text: JSON.stringify(measurementJson(analysis, seconds), null, 2),
      })
    else
      answer({
        kind: 'file',
        name: 'report.html',
        type: 'text/html',
        text: renderReport(analysis, { ...request, seconds }),
      })
  }
})
