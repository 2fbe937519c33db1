// Proposes who could rate a person: the manager, peers and reports of a day, for people to agree or change.
import type { ReportingGraph } from './reporting-graph.ts'

export type RaterKind = 'manager' | 'peer' | 'report'

export interface RaterRule {
  readonly manager: boolean
  /** At most this many peers and reports; whole numbers from 0. */
  readonly mostPeers: number
  readonly mostReports: number
}

export interface ProposedRater {
  readonly person: string
  readonly kind: RaterKind
  /** Why: they share the manager, or only the team. */
  readonly because: 'line' | 'same-manager' | 'same-team'
}

export interface RaterProposal {
  readonly raters: readonly ProposedRater[]
  /** What people should look at: nobody above, or fewer colleagues than the rule asks for. */
  readonly short: readonly RaterKind[]
}

export interface RaterFacts {
  /** People of the same team, for where too few share the manager. */
  readonly teammates?: readonly string[]
  /** How many people somebody is asked to rate already: those with fewer are proposed first. */
  readonly load?: ReadonlyMap<string, number>
  /** People who cannot rate: on leave, leaving before the close. */
  readonly excluded?: ReadonlySet<string>
}

/**
 * Manager, peers and reports of `subject`. Where there are more than the rule allows, those with the least to rate come
 * first, then by id, so that the same organisation always gets the same proposal. Nobody is proposed twice or for themselves.
 */
export function proposeRaters(
  graph: ReportingGraph,
  subject: string,
  rule: RaterRule,
  { teammates = [], load = new Map(), excluded = new Set() }: RaterFacts = {},
): RaterProposal {
  const taken = new Set<string>([subject, ...excluded])
  const raters: ProposedRater[] = []
  const take = (
    people: readonly string[],
    kind: RaterKind,
    because: ProposedRater['because'],
    most: number,
  ) => {
    const free = [...new Set(people)].filter((person) => !taken.has(person))
    const ordered = free.sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0) || (a < b ? -1 : 1))
    for (const person of ordered.slice(0, most)) {
      taken.add(person)
      raters.push({ person, kind, because })
    }
    return Math.min(ordered.length, most)
  }
  const manager = graph.managerOf(subject)
  const above = rule.manager && manager !== null ? take([manager], 'manager', 'line', 1) : 0
  const colleagues = manager === null ? [] : graph.reportsOf(manager)
  const reports = graph.reportsOf(subject)
  // Neither the manager nor reports are peers, whether or not the rule asks them.
  const outside = new Set([...reports, ...graph.lineUpward(subject)])
  let peers = take(colleagues, 'peer', 'same-manager', rule.mostPeers)
  if (peers < rule.mostPeers) {
    const others = teammates.filter((person) => !outside.has(person))
    peers += take(others, 'peer', 'same-team', rule.mostPeers - peers)
  }
  const below = take(reports, 'report', 'line', rule.mostReports)
  const short: RaterKind[] = []
  if (rule.manager && above === 0) short.push('manager')
  if (peers < rule.mostPeers) short.push('peer')
  if (below < rule.mostReports) short.push('report')
  return { raters, short }
}
