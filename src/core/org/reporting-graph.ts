// Who reports to whom on one day, as a graph: upward, downward, spans, and what is wrong with it.

export interface ReportsTo {
  readonly person: string
  /** Null for a person with nobody above. */
  readonly manager: string | null
}

/** The lines of one day. All walks end, even where the lines run in a circle. */
export interface ReportingGraph {
  readonly people: readonly string[]
  /** The manager; null for nobody or for a person who is not in the graph. */
  managerOf(person: string): string | null
  /** Direct reports in the order in which they were given. */
  reportsOf(person: string): readonly string[]
  /** The managers from the direct one upward; a circle is left where it closes. */
  lineUpward(person: string): string[]
  /** Everybody below, level by level; a circle is left where it closes. The person is not among them. */
  subtree(person: string): string[]
  /** Whether `above` stands anywhere in the line upward of `person`. */
  isAbove(above: string, person: string): boolean
  /** People without a manager, or with one who is not in the graph. */
  readonly roots: readonly string[]
  readonly loops: readonly (readonly string[])[]
  /** Lines to a manager who is not in the graph. */
  readonly unknownManagers: readonly ReportsTo[]
  /** People with more than one manager on the day; the first one given counts for the walks. */
  readonly severalManagers: readonly { readonly person: string; readonly managers: readonly string[] }[]
}

const NONE: readonly string[] = []

/** Builds the graph in linear time; a person may be given several times, once for each manager. */
export function reportingGraph(lines: Iterable<ReportsTo>): ReportingGraph {
  const managers = new Map<string, string | null>()
  const several = new Map<string, string[]>()
  for (const { person, manager } of lines) {
    const known = managers.get(person)
    if (known === undefined || known === null) managers.set(person, manager)
    else if (manager !== null && manager !== known) {
      const all = several.get(person)
      if (!all) several.set(person, [known, manager])
      else if (!all.includes(manager)) all.push(manager)
    }
  }
  const reports = new Map<string, string[]>()
  const roots: string[] = []
  const unknownManagers: ReportsTo[] = []
  for (const [person, manager] of managers) {
    if (manager === null || !managers.has(manager)) {
      roots.push(person)
      if (manager !== null) unknownManagers.push({ person, manager })
      continue
    }
    const known = reports.get(manager)
    if (known) known.push(person)
    else reports.set(manager, [person])
  }
  const managerOf = (person: string) => managers.get(person) ?? null
  const reportsOf = (person: string) => reports.get(person) ?? NONE

  const lineUpward = (person: string) => {
    const line = new Set<string>()
    for (let above = managerOf(person); above !== null && above !== person; above = managerOf(above)) {
      if (line.has(above)) break
      line.add(above)
    }
    return [...line]
  }
  const subtree = (person: string) => {
    const seen = new Set([person])
    // A set goes on with what is added to it while it is walked.
    for (const above of seen) for (const report of reportsOf(above)) seen.add(report)
    return [...seen].slice(1)
  }
  return {
    people: [...managers.keys()],
    managerOf,
    reportsOf,
    lineUpward,
    subtree,
    isAbove: (above, person) => above !== person && lineUpward(person).includes(above),
    roots,
    loops: findLoops(managers),
    unknownManagers,
    severalManagers: [...several].map(([person, all]) => ({ person, managers: all })),
  }
}

/** Each circle once, as the people along it upward, beginning with the one given first. Linear time. */
function findLoops(managers: ReadonlyMap<string, string | null>): string[][] {
  const walked = new Map<string, number>()
  const loops: string[][] = []
  let walk = 0
  for (const start of managers.keys()) {
    walk += 1
    const path: string[] = []
    let at: string | null = start
    while (at !== null && managers.has(at) && !walked.has(at)) {
      walked.set(at, walk)
      path.push(at)
      at = managers.get(at) ?? null
    }
    if (at !== null && walked.get(at) === walk && managers.has(at)) loops.push(path.slice(path.indexOf(at)))
  }
  return loops
}

export interface Span {
  /** People who report directly. */
  readonly direct: number
  /** All people below. */
  readonly below: number
}

/** The spans of everybody in linear time; people in or under a circle count only their direct reports. */
export function spans(graph: ReportingGraph): Map<string, Span> {
  const below = new Map<string, number>()
  const order: string[] = []
  for (const root of graph.roots) order.push(root, ...graph.subtree(root))
  for (const person of order.reverse()) {
    let sum = 0
    for (const report of graph.reportsOf(person)) sum += 1 + (below.get(report) ?? 0)
    below.set(person, sum)
  }
  return new Map(
    graph.people.map((person) => {
      const direct = graph.reportsOf(person).length
      return [person, { direct, below: below.get(person) ?? direct }]
    }),
  )
}
