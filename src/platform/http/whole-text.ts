// Refuses text that no database keeps as it was sent: with a NUL character, or with half of a surrogate pair.
import { errorCodeOf, RungsError, type Fault } from '../errors.ts'
import { messageOfRefusal } from '../refused.ts'

const BROKEN = /[\u0000\p{Surrogate}]/u
const EXPECTED = messageOfRefusal('broken-input', {})

/** Every call passes here before its handler. Throws `invalid` naming the places, at most ten of them. */
export async function refuseBrokenText<T>({
  input,
  next,
}: {
  input: unknown
  next: () => Promise<T>
}): Promise<T> {
  const faults: Fault[] = []
  collect(input, '', faults)
  if (faults.length === 0) return await next()
  throw broken(faults[0]!.path || 'input', faults.slice(0, 10))
}

/** The same refusal where such text came another way, in a file or a header, and the database refused it. */
export function brokenTextRefused(cause: unknown): RungsError | undefined {
  if (!['22021', '22P05'].includes(errorCodeOf(cause) ?? '')) return undefined
  return broken('input', [], cause)
}

function broken(path: string, faults: readonly Fault[], cause?: unknown): RungsError {
  const refusal = { code: 'broken-input', values: {} } as const
  return new RungsError('invalid', `${path}: ${EXPECTED}`, { faults, cause, refusal })
}

function collect(value: unknown, path: string, faults: Fault[]): void {
  if (typeof value === 'string') {
    if (BROKEN.test(value)) faults.push({ path, message: EXPECTED })
  } else if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) collect(one, `${path}[${at}]`, faults)
  } else if (typeof value === 'object' && value !== null && !(value instanceof Blob)) {
    for (const [name, inner] of Object.entries(value)) {
      if (BROKEN.test(name)) faults.push({ path, message: EXPECTED })
      else collect(inner, path === '' ? name : `${path}.${name}`, faults)
    }
  }
}
