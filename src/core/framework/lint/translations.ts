// The rule that every text is in every declared language.
import type { Framework } from '../model.ts'
import { listTexts } from '../texts.ts'
import type { Report } from './finding.ts'

export function checkTranslations(framework: Framework, report: Report): void {
  const first = framework.languages[0] ?? 'en'
  for (const { path, text } of listTexts(framework)) {
    const written = typeof text === 'string' ? [first] : Object.keys(text)
    const missing = framework.languages.filter((language) => !written.includes(language))
    if (missing.length > 0) report('translation-missing', path, `not in ${missing.join(', ')}`)
  }
}
