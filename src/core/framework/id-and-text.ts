// What every other schema of a framework is made of: ids, language tags and texts.
import { z } from 'zod'

/** Languages that a text may be written in, as BCP 47 tags. English and Simplified Chinese ship. */
const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/
/** Ids are short, stable and safe in URLs, file names and as keys of a plain object (so no `constructor`). */
const ID =
  /^(?!(?:constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$)[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/

export const idSchema = z
  .string()
  .regex(ID, 'expected an id: letters, digits, ".", "_" or "-", at most 80 characters')
  .meta({
    id: 'id',
    description: 'A short stable name: letters, digits, ".", "_" or "-". Never reuse one for something else.',
  })
export const languageSchema = z.string().regex(LANGUAGE_TAG, 'expected a language tag such as en or zh-Hans')

/** A text: one string in the framework's first language, or a string for each language. */
export const textSchema = z
  .union([
    z.string().min(1),
    z
      .record(languageSchema, z.string().min(1))
      .refine((text) => Object.keys(text).length > 0, 'expected at least one language')
      .meta({ minProperties: 1 }),
  ])
  .meta({
    id: 'text',
    description: 'One string in the first language, or one for each: { en: …, zh-Hans: … }.',
  })

export type Text = z.output<typeof textSchema>
