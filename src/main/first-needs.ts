// The first needs of the pages that people open most: the ladder map and a standing.
import type { FindNeeds } from '../platform/http/first-needs.ts'

const HOME = /^\/(?:frameworks\/([\w-]+))?\/?$/
const STANDING = /^\/standings\/([0-9a-f-]{36})$/
const DEFAULT_FRAMEWORK = 'coder-to-cto'

/** Other pages need the words alone before their scripts know more. */
export const findNeeds: FindNeeds = (path, languages) => {
  const words = `src/ui/words/${/^\s*zh\b/i.test(languages) ? 'zh-hans' : 'en'}.ts`
  const home = HOME.exec(path)
  if (home) {
    const framework = home[1] ?? DEFAULT_FRAMEWORK
    return {
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
      modules: [words, 'src/features/standings/ui/standing-screen.tsx'],
      calls: [
        { procedure: 'standings/get', input: { assessment } },
        { procedure: 'standings/changes', input: { assessment } },
        { procedure: 'assessments/list' },
      ],
    }
  return { modules: [words], calls: [] }
}
