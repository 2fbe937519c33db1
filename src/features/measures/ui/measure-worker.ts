// The measuring thread of the page: reads, measures, changes a rating and measures again from the last solution.
import { analyse, type Analysis } from '../../../core/measure/analysis.ts'
import { exampleRatings } from '../../../core/measure/example-ratings.ts'
import { measurementJson } from '../../../core/measure/measurement-json.ts'
import type { MeasuringProgress } from '../../../core/measure/measuring-progress.ts'
import { parseRatingRows, type Ratings } from '../../../core/measure/ratings.ts'
import { parseRatingsText } from '../../../core/measure/read-ratings.ts'
import type { Refusal } from '../../../core/measure/refusals.ts'
import { renderReport } from '../../../core/measure/report/report.ts'
import {
  changeScore,
  measuredNow,
  openSession,
  ratingsNow,
  type HowToMeasure,
  type Measured,
  type MeasuringSession,
} from './measuring-session.ts'

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

/** What the page draws from, and how long it took. */
export interface TimedMeasured extends Measured {
  readonly milliseconds: number
}

export type Answer =
  | ({ readonly kind: 'measured'; readonly ratings: Ratings } & TimedMeasured)
  | ({
      readonly kind: 'changed'
      readonly rating: number
      readonly score: number
      readonly undo: boolean
    } & TimedMeasured)
  | { readonly kind: 'progress'; readonly progress: MeasuringProgress }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'change-refused'; readonly rating: number; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly text: string }

let session: MeasuringSession | undefined

function answer(message: Answer): void {
  postMessage(message)
}

/** Tells a stage or iteration, at most four times a second. */
let told = 0
function tell(progress: MeasuringProgress): void {
  const now = performance.now()
  if (now - told < 250) return
  told = now
  answer({ kind: 'progress', progress })
}

function start(all: Ratings, how: HowToMeasure): void {
  const started = performance.now()
  const opened = openSession(all, how, tell)
  const milliseconds = performance.now() - started
  if (!opened.ok) return answer({ kind: 'refused', refusals: opened.refusals })
  session = opened.value
  answer({ kind: 'measured', ratings: session.open.ratings, ...measuredNow(session), milliseconds })
}

function change(rating: number, score: number, undo: boolean): void {
  if (!session) return
  const started = performance.now()
  const changed = changeScore(session, rating, score)
  const milliseconds = performance.now() - started
  if (!changed.ok) return answer({ kind: 'change-refused', rating, refusals: changed.refusals })
  session = changed.value
  answer({ kind: 'changed', rating, score, undo, ...measuredNow(session), milliseconds })
}

function whole(now: MeasuringSession): { analysis: Analysis; seconds: number } | undefined {
  const started = performance.now()
  const { estimator, steps } = now.how
  const bias = ['rater-item', 'person-group', 'group-item'] as const
  const analysed = analyse(ratingsNow(now), { estimator, steps, bias })
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
    if (session) start(ratingsNow(session), request)
  } else if (request.kind === 'change') change(request.rating, request.score, request.undo)
  else if (session) {
    const found = whole(session)
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
