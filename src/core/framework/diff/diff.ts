// What changed between two frameworks, as statements about roles, competencies and bars rather than about lines.
import type { Framework, OrgRule } from '../model.ts'
import { orgRuleText } from '../org-rule-text.ts'
import type { Scoring } from '../scoring.ts'
import type { Change } from './change.ts'
import { diffCompetencies } from './competencies.ts'
import { Comparison, same } from './comparison.ts'
import { diffRoles } from './roles.ts'

/** All changes from `before` to `after`; empty exactly when the two are equal. Titles are shown in `language`. */
export function diffFrameworks(
  before: Framework,
  after: Framework,
  options: { language?: string } = {},
): Change[] {
  const comparison = new Comparison(before, after, options.language ?? 'en')
  diffFramework(before, after, comparison)
  diffRoles(before, after, comparison)
  diffCompetencies(before, after, comparison)
  diffTransitions(before, after, comparison)
  diffOrgRules(before, after, comparison)
  return comparison.changes
}

const LISTS = [
  'sources',
  'tracks',
  'gradeSchemes',
  'areas',
  'competencies',
  'roles',
  'transitions',
  'orgRules',
  'scale',
  'scoring',
]

function diffFramework(before: Framework, after: Framework, comparison: Comparison): void {
  comparison.fields('Framework', [], 'The framework', before, after, LISTS)
  comparison.scale([], 'The scale', before.scale, after.scale)
  diffScoring(before.scoring, after.scoring, comparison)
  comparison.entries('Framework', ['sources'], 'Source', before.sources, after.sources)
  comparison.entries('Framework', ['tracks'], 'Track', before.tracks, after.tracks)
  comparison.entries('Framework', ['gradeSchemes'], 'Grade scheme', before.gradeSchemes, after.gradeSchemes)
  comparison.entries('Framework', ['areas'], 'Area', before.areas, after.areas)
}

function diffScoring(before: Scoring | undefined, after: Scoring | undefined, comparison: Comparison): void {
  const path = ['scoring']
  if (before && after && before.model === after.model)
    comparison.fields('Framework', path, `The ladder's own rule (${after.model})`, before, after)
  else if (before && after) {
    const message = `The ladder's own rule is now ${after.model}, was ${before.model}`
    comparison.add('changed', 'Framework', path, message, before, after)
  } else if (after)
    comparison.add(
      'added',
      'Framework',
      path,
      `The ladder has a rule of its own: ${after.model}`,
      undefined,
      after,
    )
  else if (before)
    comparison.add('removed', 'Framework', path, `The ladder's own rule (${before.model}) is removed`, before)
}

/** What a rule asks is one sentence, in the framework's own words; its other fields are compared one by one. */
function diffOrgRules(before: Framework, after: Framework, comparison: Comparison): void {
  const section = 'Org rules'
  const sentence = (framework: Framework, rule: OrgRule) => orgRuleText(framework, rule, comparison.language)
  comparison.pair(section, ['orgRules'], 'Org rule', before.orgRules, after.orgRules, (old, now, path) => {
    const label = `Org rule "${comparison.titleOf(now)}"`
    comparison.fields(section, path, label, old, now, ['when', 'asks'])
    if (same([old.when, old.asks], [now.when, now.asks])) return
    const [was, is] = [sentence(before, old), sentence(after, now)]
    const { id, when, asks } = now
    comparison.add(
      'changed',
      section,
      path,
      was === is ? `${label} says the same in another form` : `${label} now says: ${is}; was: ${was}`,
      { id, when: old.when, asks: old.asks },
      { id, when, asks },
    )
  })
}

function diffTransitions(before: Framework, after: Framework, comparison: Comparison): void {
  const keyed = (framework: Framework) =>
    framework.transitions.map((transition) => ({
      ...transition,
      id: `${transition.from}>${transition.to}`,
      title: `${comparison.roleTitle(transition.from)} → ${comparison.roleTitle(transition.to)}`,
    }))
  comparison.entries('Transitions', ['transitions'], 'Transition', keyed(before), keyed(after))
}
