// The sample organisation: 300 invented people and how they came to their places over two years, as changes in order.
import { addDays, type Day } from './day.ts'
import type { PeopleChange, Placement, PositionValue } from './people-import/change.ts'
import { inventName } from './sample-names.ts'

const PEOPLE_TODAY = 300
const PEOPLE_AT_FIRST = 226
const MONTHS = 24
const DAYS_OF_MONTH = 30

const DEPARTMENTS = [
  { name: 'Platform', teams: ['Compute', 'Storage', 'Networking', 'Developer tools'] },
  { name: 'Payments', teams: ['Ledger', 'Card acceptance', 'Payouts', 'Risk'] },
  { name: 'Commerce', teams: ['Catalogue', 'Search', 'Basket', 'Fulfilment'] },
  { name: 'Data', teams: ['Data platform', 'Analytics', 'Machine learning'] },
  { name: '客户端 Client apps', teams: ['iOS', 'Android', 'Web', '设计系统 Design system'] },
] as const
/** Each is built by teams of several departments. */
const PRODUCT_LINES = [
  { name: 'Checkout', teams: ['Basket', 'Card acceptance', 'Web'] },
  { name: 'Wallet', teams: ['Ledger', 'Payouts', 'iOS', 'Android'] },
  { name: 'Merchant insights', teams: ['Analytics', 'Data platform', 'Search'] },
] as const

type Role =
  | 'programmer'
  | 'senior-programmer'
  | 'architect'
  | 'technical-manager'
  | 'technical-director'
  | 'cto'
const TITLES: Record<Role, string> = {
  programmer: 'Programmer',
  'senior-programmer': 'Senior programmer',
  architect: 'Architect',
  'technical-manager': 'Technical manager',
  'technical-director': 'Technical director',
  cto: 'CTO',
}
const GRADES: Record<Role, readonly string[]> = {
  programmer: ['P4', 'P4', 'P5'],
  'senior-programmer': ['P5', 'P6', 'P6'],
  architect: ['P7', 'P8'],
  'technical-manager': ['M1', 'M2'],
  'technical-director': ['M3'],
  cto: ['M5'],
}

interface Team {
  readonly unit: string
  readonly department: Department
  readonly productLines: readonly string[]
  lead: Worker | undefined
  readonly members: Set<Worker>
}
interface Department {
  readonly unit: string
  director: Worker | undefined
  readonly architects: Set<Worker>
}
interface Worker {
  readonly id: string
  role: Role
  grade: string
  since: Day
  team: Team | undefined
  department: Department | undefined
}

/**
 * Two years up to `today`: joins and leavers, teams that change, promotions, managers who go and are followed, and people
 * who come back. The same `random` and ids give the same organisation. Changes are in the order of their days; exactly
 * 300 people work there today, and nobody but the CTO is without a manager.
 */
export function sampleOrganisation(today: Day, random: () => number, newId: () => string): PeopleChange[] {
  const story = new Story(addDays(today, -MONTHS * DAYS_OF_MONTH), random, newId)
  story.found()
  for (let month = 1; month <= MONTHS; month++) story.month(month)
  story.fill(PEOPLE_TODAY)
  return story.changes
}

class Story {
  readonly changes: PeopleChange[] = []
  private readonly teams: Team[] = []
  private readonly departments: Department[] = []
  private readonly left: { worker: Worker; day: Day }[] = []
  private readonly names = new Set<string>()
  private cto: Worker | undefined
  private workers = 0
  private entered = 0
  private day: Day

  constructor(
    first: Day,
    private readonly random: () => number,
    private readonly newId: () => string,
  ) {
    this.day = first
  }

  /** The organisation of the first day; people of then joined at some day before it. */
  found(): void {
    const root = this.unit('Technology', 'department', null)
    const lines = PRODUCT_LINES.map((line) => ({ ...line, unit: this.unit(line.name, 'product-line', null) }))
    for (const { name, teams } of DEPARTMENTS) {
      const department: Department = {
        ...{ unit: this.unit(name, 'department', root), director: undefined, architects: new Set() },
      }
      this.departments.push(department)
      for (const team of teams)
        this.teams.push({
          unit: this.unit(team, 'team', department.unit),
          ...{ department, lead: undefined, members: new Set() },
          productLines: lines
            .filter((line) => (line.teams as readonly string[]).includes(team))
            .map((line) => line.unit),
        })
    }
    this.cto = this.join('cto', { unit: root })
    for (const department of this.departments) {
      department.director = this.join('technical-director', { department })
      for (let count = 0; count < 2; count++) this.join('architect', { department })
    }
    for (const team of this.teams) team.lead = this.join('technical-manager', { team })
    while (this.workers < PEOPLE_AT_FIRST) this.joinTeam()
  }

  month(month: number): void {
    this.day = addDays(this.day, DAYS_OF_MONTH)
    const staff = this.teams.flatMap((team) => [...team.members])
    for (const worker of staff) {
      const chance = this.random()
      if (chance < 0.011) this.leave(worker)
      else if (chance < 0.022) this.move(worker)
      else if (chance < 0.037) this.promote(worker)
      else if (chance < 0.045) this.raise(worker)
    }
    if (month % 3 === 0) this.replaceLead(this.pick(this.teams))
    if (month === 9 || month === 17) this.comeBack()
    this.fill(Math.round(PEOPLE_AT_FIRST + ((PEOPLE_TODAY - PEOPLE_AT_FIRST) * month) / MONTHS) - 2)
  }

  fill(count: number): void {
    while (this.workers < count) this.joinTeam()
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!
  }

  private unit(
    name: string,
    unitKind: 'department' | 'team' | 'product-line',
    parent: string | null,
  ): string {
    const unit = this.newId()
    this.changes.push({ kind: 'new-unit', unit, unitKind, name, parent, from: this.day, row: 0 })
    return unit
  }

  private joinTeam(): void {
    // New people go to the smallest of three teams, so that sizes differ but none stays empty.
    const some = [this.pick(this.teams), this.pick(this.teams), this.pick(this.teams)]
    const team = some.reduce((a, b) => (b.members.size < a.members.size ? b : a))
    this.join(this.random() < 0.62 ? 'programmer' : 'senior-programmer', { team })
  }

  private join(role: Role, at: { team?: Team; department?: Department; unit?: string }): Worker {
    this.entered += 1
    let invented = inventName(this.random, this.entered)
    while (this.names.has(invented.name)) invented = inventName(this.random, this.entered)
    const { name, mailbox } = invented
    this.names.add(name)
    const founding = this.workers < PEOPLE_AT_FIRST && this.changes.every(({ kind }) => kind !== 'leave')
    const from = founding ? addDays(this.day, -Math.floor(this.random() * 2200)) : this.day
    const worker: Worker = {
      ...{ id: this.newId(), role, grade: this.pick(GRADES[role]), since: from },
      ...{ team: at.team, department: at.department ?? at.team?.department },
    }
    this.seat(worker)
    this.changes.push({
      ...{ kind: 'join', person: worker.id, row: 0, known: false, name, to: null },
      ...{ externalId: `S${String(this.entered).padStart(4, '0')}`, email: `${mailbox}@sample.example` },
      ...{ from, placedFrom: this.day, placement: this.placement(worker, at.unit) },
    })
    return worker
  }

  private seat(worker: Worker): void {
    this.workers += 1
    if (worker.role === 'architect') worker.department?.architects.add(worker)
    else if (worker.role !== 'technical-manager') worker.team?.members.add(worker)
  }

  private managerOf({ role, team, department }: Worker): string | null {
    if (role === 'cto') return null
    if (role === 'technical-director') return this.cto?.id ?? null
    if (role === 'technical-manager' || role === 'architect') return department?.director?.id ?? null
    return team?.lead?.id ?? null
  }

  private position({ role, grade }: Worker): PositionValue {
    return { externalId: null, title: TITLES[role], role, grade }
  }

  private placement(worker: Worker, unit?: string): Placement {
    const { team, department } = worker
    return {
      unit: team?.unit ?? department?.unit ?? unit ?? null,
      productLines: team?.productLines ?? [],
      manager: this.managerOf(worker),
      // Architects advise a team beside their director's line.
      dotted: worker.role === 'architect' && this.cto && this.random() < 0.5 ? [this.cto.id] : [],
      position: this.position(worker),
    }
  }

  private leave(worker: Worker): void {
    worker.team?.members.delete(worker)
    this.workers -= 1
    this.left.push({ worker, day: this.day })
    this.changes.push({ kind: 'leave', person: worker.id, row: null, from: this.day })
  }

  private move(worker: Worker): void {
    const from = worker.team!
    const to = this.pick(this.teams)
    if (to === from) return
    from.members.delete(worker)
    to.members.add(worker)
    worker.team = to
    worker.department = to.department
    const of = { person: worker.id, row: null, from: this.day }
    this.changes.push({ ...of, kind: 'unit', before: from.unit, after: to.unit })
    this.setManager(worker)
    this.changes.push({ ...of, kind: 'product-lines', before: from.productLines, after: to.productLines })
  }

  private setManager(worker: Worker): void {
    const after = this.managerOf(worker)
    this.changes.push({ kind: 'manager', person: worker.id, row: null, from: this.day, before: null, after })
  }

  private setPosition(worker: Worker, role: Role, grade: string): void {
    const before = this.position(worker)
    worker.role = role
    worker.grade = grade
    const after = this.position(worker)
    this.changes.push({ kind: 'position', person: worker.id, row: null, from: this.day, before, after })
  }

  /** Programmers become senior after some time, and a few seniors architects of their department. */
  private promote(worker: Worker): void {
    const years = (Date.parse(this.day) - Date.parse(worker.since)) / 31_557_600_000
    if (worker.role === 'programmer' && years > 2) this.setPosition(worker, 'senior-programmer', 'P5')
    else if (worker.role === 'senior-programmer' && years > 4 && this.random() < 0.12) {
      const department = worker.team!.department
      const of = { person: worker.id, row: null, from: this.day }
      this.changes.push({ ...of, kind: 'unit', before: worker.team!.unit, after: department.unit })
      this.changes.push({ ...of, kind: 'product-lines', before: worker.team!.productLines, after: [] })
      worker.team!.members.delete(worker)
      worker.team = undefined
      department.architects.add(worker)
      this.setPosition(worker, 'architect', 'P7')
      this.setManager(worker)
    }
  }

  private raise(worker: Worker): void {
    const grades = GRADES[worker.role]
    const highest = grades.at(-1)!
    if (worker.grade !== highest) this.setPosition(worker, worker.role, highest)
  }

  /** The manager of a team goes, and one of its senior people follows. */
  private replaceLead(team: Team): void {
    const heir = [...team.members].find(({ role }) => role === 'senior-programmer')
    if (!heir || !team.lead) return
    const old = team.lead
    team.members.delete(heir)
    team.lead = heir
    this.setPosition(heir, 'technical-manager', 'M1')
    this.setManager(heir)
    for (const member of team.members) this.setManager(member)
    this.leave(old)
  }

  private comeBack(): void {
    const found = this.left.findIndex(
      ({ worker }) => worker.role === 'programmer' || worker.role === 'senior-programmer',
    )
    if (found < 0) return
    const [{ worker }] = this.left.splice(found, 1) as [{ worker: Worker; day: Day }]
    worker.team ??= this.pick(this.teams)
    worker.since = this.day
    this.seat(worker)
    this.changes.push({
      ...{ kind: 'rehire', person: worker.id, row: null, from: this.day, to: null },
      ...{ placedFrom: this.day, placement: this.placement(worker) },
    })
  }
}
