// Lists names in a sentence, in each language's own way.

/**
 * English: "A, B, and C". Chinese: "A、B、C" without a last "和", because names hold it themselves ("编码与实现").
 * Throws a RangeError where `language` is no language tag.
 */
export function listText(language: string, items: readonly string[]): string {
  if (language.startsWith('zh')) return items.join('、')
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items)
}
