// Regular expressions and file patterns of recipes, matched in linear time: a recipe may come from somebody else.
import { RE2JS } from 're2js'

/** What is wrong with a selector or pattern, for the person who wrote it. */
export class SelectorError extends Error {}

/** A compiled pattern. Its time grows with the text, never with the number of ways to match it. */
export interface Pattern {
  /** Whether the pattern is found anywhere in the text. */
  test(text: string): boolean
  /** The first group that took part, or all that matched where there is none; undefined without a match. */
  find(text: string): string | undefined
  split(text: string): string[]
}

const LONGEST = 20_000

/**
 * A regular expression as recipes write it: RE2's syntax, upper and lower case alike; no look-around, no references
 * back. Throws SelectorError.
 */
export function compileRegExp(source: string): Pattern {
  if (source.length > LONGEST)
    throw new SelectorError(
      `expected a regular expression of at most ${LONGEST} characters, got ${source.length}`,
    )
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
  } catch {
    throw new SelectorError(
      `expected a regular expression without look-around or references back, got ${JSON.stringify(source)}`,
    )
  }
  return {
    test: (text) => compiled.matcher(text).find(),
    find: (text) => {
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return undefined
      for (let group = 1; group <= matcher.groupCount(); group++) {
        const found = matcher.group(group)
        if (found !== null) return found
      }
      return matcher.group(0) ?? undefined
    },
    split: (text) => compiled.split(text),
  }
}

const escape = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
const globs = new Map<string, Pattern>()
const MOST_GLOBS = 500

/** A pattern for file paths and names: `*` stands for anything but `/`, `**` for anything, `|` for "or". */
export function compileGlob(glob: string): Pattern {
  let pattern = globs.get(glob)
  if (!pattern) {
    if (glob.length > LONGEST)
      throw new SelectorError(`expected a file pattern of at most ${LONGEST} characters, got ${glob.length}`)
    const compiled = RE2JS.compile(`^(?:${glob.split('|').map(globBody).join('|')})$`, RE2JS.DOTALL)
    pattern = {
      test: (text) => compiled.matcher(text).find(),
      find: (text) => (compiled.matcher(text).find() ? text : undefined),
      split: (text) => compiled.split(text),
    }
    if (globs.size >= MOST_GLOBS) globs.clear()
    globs.set(glob, pattern)
  }
  return pattern
}

function globBody(glob: string): string {
  return glob
    .split(/(\*\*\/?|\*)/)
    .map((part) =>
      part === '*' ? '[^/]*' : part === '**/' ? '(?:.*/)?' : part === '**' ? '.*' : escape(part),
    )
    .join('')
}
