// A person with a known level who answers behaviours, over the endpoints or in the page, always in the same way.
import type { Answer } from '../../src/core/assess/answers.ts'

interface FrameworkParts {
  competencies: { id: string; behaviours: { id: string; level: number }[] }[]
}

export interface ApiState {
  assessment: { id: string; status: string; answered: number; stopReason: string | null }
  question: { item: string; competency: string } | null
  lastAnswer: { item: string; answer: string } | null
}

/** Calls a procedure of the server as the page does; throws with the server's message. */
export async function call<T>(url: string, procedure: string, input: unknown = {}): Promise<T> {
  const response = await fetch(`${url}/rpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  })
  const body = (await response.json()) as { json: T & { message?: string } }
  if (!response.ok) throw new Error(`${procedure}: ${response.status} ${body.json.message ?? ''}`)
  return body.json
}

/** How someone at `level` answers each behaviour: what lies above is not done yet, what lies well below is set by them. */
export async function answersOf(
  url: string,
  level: number,
  framework = 'coder-to-cto',
): Promise<(item: string) => Answer> {
  const { framework: parts } = await call<{ framework: FrameworkParts }>(url, 'frameworks/get', { framework })
  const levels = new Map(
    parts.competencies.flatMap(({ behaviours }, at) =>
      behaviours.map((each) => [each.id, each.level - ((at % 5) - 2) * 0.35] as const),
    ),
  )
  return (item) => {
    const distance = level - (levels.get(item) ?? 0)
    if (distance < -1) return 'not-yet'
    if (distance < -0.1) return 'with-help'
    if (distance < 1) return 'on-my-own'
    return distance < 2 ? 'lead-others' : 'set-how'
  }
}

/** Starts an assessment that counts no earlier answer on, and answers up to `limit` questions; returns where it is then. */
export async function assess(
  url: string,
  level: number,
  mode: 'quick' | 'adaptive',
  limit = Infinity,
): Promise<ApiState> {
  const answerOf = await answersOf(url, level)
  let state = await call<ApiState>(url, 'assessments/start', {
    key: crypto.randomUUID(),
    framework: 'coder-to-cto',
    mode,
    self: { role: 'senior-programmer', years: 6 },
    afresh: true,
  })
  const { id } = state.assessment
  for (let given = 0; state.question && given < limit; given += 1) {
    const { item } = state.question
    const answer = given % 9 === 8 ? 'no-opportunity' : answerOf(item)
    state = await call<ApiState>(url, 'assessments/answer', { id, key: crypto.randomUUID(), item, answer })
  }
  return state
}

/** Answers an adaptive assessment to its end, the answer chosen by how many were given before; returns the assessment. */
export async function answerAll(url: string, answerAt: (given: number) => Answer): Promise<string> {
  let state = await call<ApiState>(url, 'assessments/start', {
    key: crypto.randomUUID(),
    framework: 'coder-to-cto',
    mode: 'adaptive',
    afresh: true,
  })
  const { id } = state.assessment
  for (let given = 0; state.question; given += 1) {
    const { item } = state.question
    const answer = answerAt(given)
    state = await call<ApiState>(url, 'assessments/answer', { id, key: crypto.randomUUID(), item, answer })
  }
  return id
}

/** The key that gives an answer. */
export const KEYS: Readonly<Record<Answer, string>> = {
  'not-yet': '1',
  'with-help': '2',
  'on-my-own': '3',
  'lead-others': '4',
  'set-how': '5',
  'no-opportunity': 'n',
}
