// Somebody who answers assessments without a pause, sends again what was not acknowledged, and looks at what comes back.
import { randomUUID } from 'node:crypto'
import type { Answer, TestBrowser } from '../browser.ts'

export interface Answering {
  /** What was acknowledged: the key of each answer, with its assessment. */
  acknowledged: Map<string, string>
  /** Keys that were sent, acknowledged or not. */
  sent: Set<string>
  assessments: Set<string>
  /** Requests that had to be sent again because no answer came. */
  again: number
  requests: number
  /** Sentences; none where all is well. */
  faults: string[]
  slowest: number
}

const ANSWERS = ['not-yet', 'with-help', 'on-my-own', 'lead-others', 'set-how']

export function newAnswering(): Answering {
  return {
    ...{ acknowledged: new Map(), sent: new Set(), assessments: new Set(), again: 0, requests: 0 },
    ...{ faults: [], slowest: 0 },
  }
}

/**
 * Goes on until `isOver`. `others` are the assessments of everybody else: none of them may come back. What happens is kept
 * in `done` as it happens.
 */
export async function answerUntil(
  browser: TestBrowser,
  isOver: () => boolean,
  others: () => ReadonlySet<string>,
  done: Answering = newAnswering(),
): Promise<Answering> {
  const mark = randomUUID()
  const ask = async (send: () => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      const started = performance.now()
      done.requests += 1
      const answer = await send().catch(() => undefined)
      if (answer !== undefined && ![502, 503].includes(answer.status)) {
        done.slowest = Math.max(done.slowest, performance.now() - started)
        return answer
      }
      done.again += 1
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const fault = (what: string, { status, body }: Answer) =>
    done.faults.push(`${what}: ${status} ${JSON.stringify(body).slice(0, 200)}`)
  const begin = async () => {
    const start = { key: randomUUID(), framework: 'coder-to-cto', mode: 'whole-bank' }
    const answer = await ask(() => browser.post('/api/assessments', start))
    if (answer.status !== 201) fault('start', answer)
    done.assessments.add(answer.body?.assessment?.id)
    return answer.body
  }
  let state = await begin()
  for (let turn = 0; !isOver() && done.faults.length === 0; turn += 1) {
    const id = state.assessment.id
    const key = randomUUID()
    const answer = {
      ...{ key, item: state.question.item, answer: ANSWERS[turn % ANSWERS.length] },
      evidence: `https://example.org/${mark}/${key}`,
    }
    done.sent.add(key)
    const given = await ask(() => browser.post(`/api/assessments/${id}/answers`, answer))
    if (given.status === 200 && given.body.assessment.id === id) done.acknowledged.set(key, id)
    else fault('answer', given)
    if (turn % 5 === 4) {
      const listed = await ask(() => browser.get(`/api/assessments/${id}/answers`))
      const links = (listed.body?.answers ?? []).map(({ evidence }: { evidence: string }) => evidence)
      if (listed.status !== 200 || links.some((link: string) => !link.includes(mark)))
        fault('answers', listed)
      const mine = await ask(() => browser.get('/api/assessments'))
      const ids = (mine.body?.assessments ?? []).map((each: { id: string }) => each.id)
      if (mine.status !== 200 || ids.some((each: string) => others().has(each))) fault('list', mine)
      const [foreign] = others()
      if (foreign !== undefined) {
        const refused = await ask(() => browser.get(`/api/assessments/${foreign}`))
        if (refused.status !== 404) fault("somebody else's", refused)
      }
    }
    state = given.body
    if (done.faults.length === 0 && state.question === null) {
      await ask(() => browser.post(`/api/assessments/${id}/finish`))
      state = await begin()
    }
  }
  return done
}
