// Runs axe on a page, and names the settings in which every screen is looked at.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Finding {
  id: string
  help: string
  nodes: { html: string }[]
}

/** The findings on the page as it is now, one line for each element. */
export async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const findings = await page.evaluate(
    async (tags) =>
      (
        await (
          globalThis as unknown as {
            axe: { run: (on: Document, options: object) => Promise<{ violations: Finding[] }> }
          }
        ).axe.run(document, {
          runOnly: tags,
        })
      ).violations,
    RULES,
  )
  return findings.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 140)}`))
}

const ALL = (['light', 'dark'] as const).flatMap((scheme) =>
  (['en', 'zh-Hans'] as const).flatMap((language) =>
    [1440, 320].map((width) => ({ scheme, language, width })),
  ),
)
/** The two opposite settings in a normal run, all eight by `npm run verify`. */
export const SETTINGS = process.env['RUNGS_VERIFY'] ? ALL : [ALL[0]!, ALL.at(-1)!]
