// Checks the reporting lines that a people file would leave behind: circles, managers who are gone, reports left behind.
import type { Day } from '../day.ts'
import { reportingGraph } from '../reporting-graph.ts'
import type { PeopleFaults } from './fault.ts'

/** Somebody after the import, as far as lines need it. */
export interface LineAfter {
  readonly person: string
  readonly label: string
  readonly manager: string | null
  /** True where the file itself names the manager, rather than keeps the one before. */
  readonly stated: boolean
  /** When they work here: first day, and first day without; null for open. */
  readonly employedFrom: Day
  readonly employedTo: Day | null
  /** The row that tells of them; null for somebody whom the file does not name. */
  readonly row: number | null
  /** True where the import itself lets them leave. */
  readonly leaves: boolean
}

/** What is no fault but should be seen before an import is applied. */
export interface LineNotice {
  readonly kind: 'no-manager' | 'manager-leaves-later'
  readonly row: number | null
  readonly person: string
  readonly values: Readonly<Record<string, string>>
}

const worksOn = ({ employedFrom, employedTo }: LineAfter, day: Day) =>
  employedFrom <= day && (employedTo === null || day < employedTo)

/** Adds the faults of the lines from `day` on. `column` is the manager's in the file. */
export function checkLines(
  after: ReadonlyMap<string, LineAfter>,
  column: number | undefined,
  day: Day,
  faults: PeopleFaults,
): LineNotice[] {
  const notices: LineNotice[] = []
  const leftBehind = new Map<LineAfter, LineAfter[]>()
  const staying = [...after.values()].filter(({ employedTo }) => employedTo === null || employedTo > day)
  for (const one of staying) {
    const { row, person, label, employedFrom, employedTo } = one
    if (one.manager === null) {
      if (row !== null) notices.push({ kind: 'no-manager', row, person, values: { person: label } })
      continue
    }
    const manager = after.get(one.manager)
    if (!manager) continue
    const from = employedFrom > day ? employedFrom : day
    const end = manager.employedTo
    if (worksOn(manager, from)) {
      if (end !== null && (employedTo === null || employedTo > end))
        notices.push({
          ...{ kind: 'manager-leaves-later', row, person },
          values: { person: label, manager: manager.label, day: end },
        })
    } else if (one.stated) faults.add('manager-gone', { row, column }, { day: from, manager: manager.label })
    else if (manager.leaves) {
      const reports = leftBehind.get(manager)
      if (reports) reports.push(one)
      else leftBehind.set(manager, [one])
    }
  }
  for (const [{ label, row, employedTo }, reports] of leftBehind) {
    const values = {
      person: label,
      day: employedTo ?? day,
      count: reports.length,
      example: reports[0]!.label,
    }
    faults.add('reports-left-behind', { row }, values)
  }
  addLoops(staying, after, column, faults)
  return notices
}

function addLoops(
  staying: readonly LineAfter[],
  after: ReadonlyMap<string, LineAfter>,
  column: number | undefined,
  faults: PeopleFaults,
): void {
  for (const loop of reportingGraph(staying).loops) {
    const at = Math.max(
      0,
      loop.findIndex((person) => after.get(person)!.row !== null),
    )
    const turned = [...loop.slice(at), ...loop.slice(0, at), loop[at]!]
    const shown = turned.map((person) => {
      const { label, row } = after.get(person)!
      return row === null ? label : `${label} #${row}`
    })
    const chain = shown.length > 12 ? [...shown.slice(0, 10), '…', shown.at(-1)] : shown
    const { row } = after.get(loop[at]!)!
    faults.add('reporting-loop', { row, column }, { chain: chain.join(' → ') })
  }
}
