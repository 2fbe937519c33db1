// Chooses the words of a text in a language; apart from the model, so that a browser loads no validation for it.
/**
 * The words of a text in one language, falling back to the framework's first language, then to any.
 * A plain string is returned as it is.
 */
export function textIn(
  text: string | Readonly<Record<string, string>>,
  language: string,
  fallback = 'en',
): string {
  if (typeof text === 'string') return text
  return text[language] ?? text[fallback] ?? Object.values(text)[0] ?? ''
}
