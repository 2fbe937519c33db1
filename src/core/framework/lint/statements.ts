// Rules about what a behaviour states: one thing, and not what another states already.
import type { Framework } from '../model.ts'
import { listTexts, wordsByLanguage } from '../texts.ts'
import { skeleton } from './skeleton.ts'
import { findSecondStatement } from './several.ts'
import type { Report } from './finding.ts'

export function checkStatements(framework: Framework, report: Report): void {
  const seen = new Map<string, { id: string; words: string }>()
  for (const { path, text, kind } of listTexts(framework)) {
    if (kind !== 'behaviour') continue
    const id = String(path[1])
    let repeated: string | undefined
    let several: string | undefined
    for (const [language, words] of wordsByLanguage(text, framework)) {
      const second = findSecondStatement(words, language)
      if (second !== undefined) several ??= second
      const key = `${language}\n${skeleton(words, language)}`
      const before = seen.get(key)
      if (before === undefined) seen.set(key, { id, words })
      else if (before.id !== id) {
        repeated ??=
          before.words === words
            ? `says the same as ${before.id}`
            : `differs from ${before.id} only in degree: "${before.words}"`
      }
    }
    if (repeated !== undefined)
      report('behaviour-repeats', ['behaviours', id], `${repeated}; name what is done differently`)
    if (several !== undefined)
      report(
        'behaviour-several',
        ['behaviours', id],
        `holds a second statement at "${several}"; keep one, or make two behaviours`,
      )
  }
}
