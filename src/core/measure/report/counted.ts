// Counts in English words: the plural where it belongs.
import { whole } from './figures.ts'

/** "1 rater", "2 raters": `many` where the plural is not the singular with an s. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`
