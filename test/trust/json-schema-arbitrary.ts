// Values for a JSON schema: mostly such as it asks for, sometimes in a piece something that it does not.
import fc from 'fast-check'

// oxlint-disable-next-line typescript/no-explicit-any
export type Schema = any

/** What breaks programs: other types, empty and endless, what other languages read as code, halves of characters. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...['', ' ', '\u0000', '\uFEFF', '\uD800', '\u202Eabc', '😀'.repeat(50), "'; drop table person; --"],
    ...['../../etc/passwd', '{{7*7}}', '<script>1</script>', '%00', '%', '=1+1', '__proto__', 'constructor'],
    ...['NaN', '1e999', '-0', '2026-02-30', '9999-12-31', '0000-00-00', 'x'.repeat(10_000)],
    ...[null, true, 0, -1, 1.5, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[]], { a: { b: [null] } }],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** `known` are ids of things that are there: they stand in for texts and identifiers now and then. */
export function arbitraryOf(
  schema: Schema,
  document: Schema,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const depths = new Map<string, number>()
  const build = (part: Schema): fc.Arbitrary<unknown> => {
    if (part === undefined || part === true || typeof part !== 'object') return hostile
    return fc.oneof({ weight: 24, arbitrary: proper(part) }, { weight: 1, arbitrary: hostile })
  }
  const proper = (part: Schema): fc.Arbitrary<unknown> => {
    if (typeof part.$ref === 'string') return reference(part.$ref)
    if ('const' in part) return fc.constant(part.const)
    if (Array.isArray(part.enum)) return fc.constantFrom<unknown>(...part.enum)
    const choices = part.anyOf ?? part.oneOf
    if (Array.isArray(choices)) return fc.oneof(...choices.map(build))
    if (Array.isArray(part.allOf)) return objects(part.allOf)
    switch (Array.isArray(part.type) ? part.type[0] : part.type) {
      case 'object':
        return objectOf(part)
      case 'array': {
        const maxLength = Math.min(part.maxItems ?? 4, 4)
        return fc.array(build(part.items), { minLength: Math.min(part.minItems ?? 0, maxLength), maxLength })
      }
      case 'integer':
        return fc.integer({
          min: Math.max(part.minimum ?? -9, -(2 ** 31)),
          max: Math.min(part.maximum ?? 200, 2 ** 31 - 1),
        })
      case 'number':
        return fc.double({ min: part.minimum ?? -10, max: part.maximum ?? 200, noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'string':
        return textOf(part)
      default:
        return hostile
    }
  }
  const reference = (name: string): fc.Arbitrary<unknown> => {
    const depth = depths.get(name) ?? 0
    if (depth > 2) return hostile
    depths.set(name, depth + 1)
    const target = name
      .slice(2)
      .split('/')
      .reduce((at, key) => at?.[key], document)
    const built = build(target)
    depths.set(name, depth)
    return built
  }
  const objects = (parts: Schema[]): fc.Arbitrary<unknown> =>
    fc
      .tuple(...parts.map(build))
      .map((all) => Object.assign({}, ...all.filter((one) => typeof one === 'object')))
  const objectOf = ({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> => {
    const keys = Object.keys(properties)
    const model = Object.fromEntries(keys.map((key) => [key, build(properties[key])]))
    return fc.record(model, { requiredKeys: required.filter((key: string) => keys.includes(key)) as never[] })
  }
  const textOf = ({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<unknown> => {
    const id = known.length > 0 ? fc.constantFrom(...known) : fc.uuid()
    if (format === 'uuid') return fc.oneof({ weight: 3, arbitrary: id }, { weight: 1, arbitrary: fc.uuid() })
    if (format === 'email') return fc.emailAddress()
    if (format === 'date')
      return fc.date({ min: new Date(0), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10))
    if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((day) => day.toISOString())
    const texts = fc.string({
      unit: 'grapheme',
      minLength,
      maxLength: Math.max(minLength, Math.min(maxLength, 60)),
    })
    if (typeof pattern !== 'string') return fc.oneof(texts, id)
    try {
      return fc.oneof(fc.stringMatching(new RegExp(pattern)), id)
    } catch {
      return fc.oneof(texts, id)
    }
  }
  return build(schema)
}
