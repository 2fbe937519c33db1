// The first needs of the pages that people open most: the ladder map and a standing.
import type { FindNeeds } from '../platform/http/first-needs.ts'
import { languageFor } from '../ui/words/language.ts'

/** The paths of the ladder with its map; the first group is the framework's id where one is named. */
export const LADDER = /^\/(?:frameworks\/([\w-]+))?\/?$/
const STANDING = /^\/standings\/([0-9a-f-]{36})$/
const DEFAULT_FRAMEWORK = 'coder-to-cto'

/** Other pages need the words alone before their scripts know more. */
export const findNeeds: FindNeeds = ({ url, cookies, languages }) => {
  const path = url.pathname
  const language = languageFor({ search: url.search, cookies, browser: languages })
  const words = `src/ui/words/${language.toLowerCase()}.ts`
  const home = LADDER.exec(path)
  if (home) {
    const framework = home[1] ?? DEFAULT_FRAMEWORK
    return {
      language,
      modules: [words],
      calls: [
        { procedure: 'frameworks/get', input: { framework } },
        { procedure: 'assessments/list' },
        { procedure: 'standings/current', input: { framework } },
      ],
    }
  }
  const assessment = STANDING.exec(path)?.[1]
  if (assessment)
    return {
      language,
      modules: [words, 'src/features/standings/ui/standing-screen.tsx'],
      calls: [
        { procedure: 'standings/get', input: { assessment } },
        { procedure: 'standings/changes', input: { assessment } },
        { procedure: 'assessments/list' },
      ],
    }
  return { language, modules: [words], calls: [] }
}
