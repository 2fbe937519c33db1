// Reads a standing that was taken away as JSON back as the answers that it holds, so that one's own data can come in again.

type Json = Readonly<Record<string, unknown>>

/** Whether this is a whole result (`rungs standing --json`, or JSON taken away from the screens), and not a file of answers. */
export function isReport(value: unknown): value is Json {
  return isObject(value) && isObject(value['about']) && isObject(value['standing']) && !('rungs' in value)
}

/**
 * The answers of a result in the shape of a file of answers, unchecked: what is wrong in it is left for the check to
 * tell. An unfinished assessment keeps the time of its last answer as the time it was started.
 */
export function reportAsAnswers(report: Json): Json {
  const about = objectOf(report['about'])
  const framework = objectOf(about['framework'])
  const self = objectOf(about['self'])
  const target = roleText(about['target'])
  const role = roleText(self['role'])
  return {
    rungs: 1,
    framework: framework['id'],
    version: framework['version'],
    ...given('content', framework['hash']),
    ...given('mode', about['mode']),
    ...given('target', target),
    ...given('role', role),
    ...given('years', self['years']),
    [about['finished'] === true ? 'finishedAt' : 'startedAt']: about['assessedAt'],
    answers: Array.isArray(report['answers'])
      ? report['answers'].map((entry: unknown) => {
          if (!isObject(entry)) return entry
          const unsaid = ['evidence', 'at'].filter((key) => entry[key] === null)
          return unsaid.reduce(without, entry)
        })
      : report['answers'],
  }
}

const HOMES: Readonly<Record<string, readonly string[]>> = {
  framework: ['about', 'framework', 'id'],
  version: ['about', 'framework', 'version'],
  content: ['about', 'framework', 'hash'],
  mode: ['about', 'mode'],
  target: ['about', 'target'],
  role: ['about', 'self', 'role'],
  years: ['about', 'self', 'years'],
  finishedAt: ['about', 'assessedAt'],
  startedAt: ['about', 'assessedAt'],
}

/** Where in the result a field of the answers stands: faults name the place in the file that was given. */
export function placeInReport(path: readonly (string | number)[]): (string | number)[] {
  const [first, ...rest] = path
  const home = typeof first === 'string' ? HOMES[first] : undefined
  return home ? [...home, ...rest] : [...path]
}

function roleText(ref: unknown): unknown {
  if (!isObject(ref)) return ref
  return ref['variant'] === null || ref['variant'] === undefined
    ? ref['role']
    : `${String(ref['role'])}/${String(ref['variant'])}`
}

const given = (key: string, value: unknown): Json =>
  value === null || value === undefined ? {} : { [key]: value }

const without = (entry: Json, key: string): Json =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => name !== key))

const objectOf = (value: unknown): Json => (isObject(value) ? value : {})

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
