// The published JSON Schema of framework files, generated from the one model; covers documents that extend others.
import { z } from 'zod'

import { documentExtrasSchema } from './document.ts'
import { frameworkSchema } from './model.ts'

type Json = Record<string, unknown>

/** JSON Schema draft 2020-12 of what people write; a document with `extends` may leave out what it inherits. */
export function frameworkJsonSchema(): Json {
  const extras = documentExtrasSchema.shape
  const standing = toJson(frameworkSchema.extend({ translations: extras.translations }))
  const extending = toJson(
    frameworkSchema.extend({
      extends: extras.extends,
      remove: extras.remove,
      translations: extras.translations,
    }),
  )
  const { $defs: standingDefs, ...standingBody } = standing
  const { $defs: extendingDefs, ...extendingBody } = partsOf(extending) as Json
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:rungs:framework:1',
    title: 'Rungs framework',
    description:
      'A career framework: tracks, roles, competencies, expectations and the transitions between roles.',
    type: 'object',
    if: { required: ['extends'] },
    // oxlint-disable-next-line unicorn/no-thenable
    then: { $ref: '#/$defs/extending' },
    else: { $ref: '#/$defs/standing' },
    $defs: {
      standing: standingBody,
      extending: { ...extendingBody, required: ['rungs', 'extends', 'id', 'version'] },
      ...(standingDefs as Json),
      ...renamedDefs(extendingDefs as Json),
    },
  }
}

function toJson(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-2020-12',
    reused: 'inline',
  }) as Json
  return json
}

/** What names an entry stays required; all else may be inherited, or taken away with null. */
const NAMES = new Set(['id', 'level', 'from', 'to'])

function partsOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(partsOf)
  if (typeof schema !== 'object' || schema === null) return schema
  const { required, properties, minItems: _, ...rest } = schema as Json
  const out: Json = {}
  for (const [key, value] of Object.entries(rest))
    out[key] = key === '$ref' ? partRef(String(value)) : partsOf(value)
  if (properties !== undefined) {
    out['properties'] = Object.fromEntries(
      Object.entries(properties as Json).map(([key, value]) => [
        key,
        NAMES.has(key) || ROOT.has(key) ? partsOf(value) : { anyOf: [partsOf(value), { type: 'null' }] },
      ]),
    )
  }
  const names = ((required as string[] | undefined) ?? []).filter((key) => NAMES.has(key))
  if (names.length > 0) out['required'] = names
  return out
}

const ROOT = new Set(['rungs', 'version', 'extends', 'remove', 'translations'])
/** These say the same in both kinds of document. */
const SHARED = new Set(['id', 'text'])

const partRef = (ref: string): string => {
  const name = ref.replace('#/$defs/', '')
  return SHARED.has(name) ? ref : `${ref}-part`
}

const renamedDefs = (defs: Json): Json =>
  Object.fromEntries(
    Object.entries(defs).flatMap(([name, value]) =>
      SHARED.has(name) ? [] : [[`${name}-part`, value] as const],
    ),
  )
