// Input that is not as the contract describes it is refused in the shape of every refusal, with its places.
import { ORPCError, ValidationError } from '@orpc/server'
import type { OpenAPI } from '@orpc/openapi'
import type { Fault, RungsError } from '../errors.ts'
import { refused } from '../refused.ts'
import { findRequest } from './request-scope.ts'

/** Undefined for every other error. At most ten places are named. */
export function inputRefused(error: unknown): RungsError | undefined {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return undefined
  const { cause } = error
  if (!(cause instanceof ValidationError)) return undefined
  const faults = cause.issues.slice(0, 10).map(({ path = [], message }): Fault => ({
    path: placeOf(path),
    message,
  }))
  const place = faults[0]?.path ?? 'input'
  return refused('invalid', 'input-not-as-expected', { place }, { faults, cause })
}

type Step = PropertyKey | { readonly key: PropertyKey }

/** `roles[2].title`; `input` for the whole. */
function placeOf(path: readonly Step[]): string {
  const keys = path.map((step) => (typeof step === 'object' ? step.key : step))
  const place = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return place.replace(/^\./, '') || 'input'
}

/** A body that cannot be read at all; `next` fails before an endpoint is called. */
export async function refuseMalformed<T>({ next }: { next: () => Promise<T> }): Promise<T> {
  try {
    return await next()
  } catch (error) {
    if (error instanceof ORPCError || findRequest()?.route !== undefined) throw error
    throw refused('invalid', 'malformed-body', {}, { cause: error })
  }
}

/** What every endpoint may answer with in place of its own answer. */
const REFUSAL = {
  type: 'object',
  required: ['code', 'status', 'message'],
  properties: {
    code: { type: 'string', description: 'The kind of error: NOT_FOUND.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    message: { type: 'string', description: 'In English.' },
    data: {
      type: 'object',
      required: ['faults'],
      properties: {
        faults: {
          type: 'array',
          description: 'What is wrong, each with its place in the input.',
          items: {
            type: 'object',
            required: ['path', 'message'],
            properties: { path: { type: 'string' }, message: { type: 'string' } },
          },
        },
        refusal: { type: 'string', description: 'A code that stays.' },
        values: {
          type: 'object',
          description: 'What the message of the code tells.',
          additionalProperties: { type: ['string', 'number'] },
        },
      },
    },
  },
} as const

/** The document with that answer at each of its operations. */
export function withRefusals(document: OpenAPI.Document): OpenAPI.Document {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } }
  const described = { description: 'What is refused, or failed.', content }
  const paths = Object.entries(document.paths ?? {}).map(([path, methods]) => {
    const operations = Object.entries((methods ?? {}) as Record<string, OpenAPI.OperationObject>)
    const told = operations.map(([method, operation]) => [
      method,
      { ...operation, responses: { ...operation.responses, default: described } },
    ])
    return [path, Object.fromEntries(told)]
  })
  const { components } = document
  return {
    ...document,
    paths: Object.fromEntries(paths) as NonNullable<OpenAPI.Document['paths']>,
    components: { ...components, schemas: { ...components?.schemas, Refusal: REFUSAL as never } },
  }
}
