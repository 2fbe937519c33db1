// Tells which person a row of a people file is: by the id, else by the address; never by a name.
import type { CurrentPerson } from './current.ts'
import type { PeopleFaults } from './fault.ts'
import { emailKey, type RowPerson } from './rows.ts'
import type { PeopleMapping } from './fields.ts'

/** A row with the person it is about; `known` is undefined for somebody new. */
export interface IdentifiedRow {
  readonly said: RowPerson
  readonly person: string
  readonly known: CurrentPerson | undefined
}

export const labelOf = ({
  id,
  name,
  email,
}: {
  id: string | null
  name: string
  email: string | null
}): string => `${name || (email ?? '?')}${id === null ? '' : ` (${id})`}`

/** People by id and by address: those of the organisation and those of the file. */
export class PeopleFinder {
  private readonly byId = new Map<string, string>()
  private readonly byEmail = new Map<string, string>()
  private readonly byName = new Map<string, string[]>()
  private readonly rowOfId = new Map<string, RowPerson>()
  private readonly rowOfEmail = new Map<string, number>()
  private readonly known = new Map<string, CurrentPerson>()

  constructor(
    people: readonly CurrentPerson[],
    private readonly mapping: PeopleMapping,
    private readonly newId: () => string,
    private readonly faults: PeopleFaults,
  ) {
    for (const person of people) {
      this.known.set(person.id, person)
      if (person.externalId !== null) this.byId.set(person.externalId, person.id)
      if (person.email !== null) this.byEmail.set(emailKey(person.email), person.id)
      this.nameOf(person.name, person.externalId ?? person.email ?? person.id)
    }
  }

  private nameOf(name: string, reference: string): void {
    const same = this.byName.get(name)
    if (same) same.push(reference)
    else this.byName.set(name, [reference])
  }

  /** Which person the row is about; undefined where it stands twice or names two people at once. */
  identify(said: RowPerson): IdentifiedRow | undefined {
    const { row, id, email } = said
    if (this.isTwice(said)) return undefined
    const byId = id === null ? undefined : this.byId.get(id)
    const byEmail = email === null ? undefined : this.byEmail.get(emailKey(email))
    const other = byEmail === undefined ? undefined : this.known.get(byEmail)
    if (byId !== undefined && other !== undefined && byId !== other.id) {
      const first = this.known.get(byId)?.name ?? id ?? ''
      const values = { id: id ?? '', email: email ?? '', first, second: other.name }
      this.faults.add('identity-conflict', { row, column: this.mapping.email }, values)
      return undefined
    }
    if (byId === undefined && id !== null && other !== undefined && other.externalId !== null) {
      const person = labelOf({ id: other.externalId, name: other.name, email: null })
      this.faults.add('email-taken', { row, column: this.mapping.email }, { email: email ?? '', person })
      return undefined
    }
    const person = byId ?? byEmail ?? this.newId()
    if (id !== null) this.byId.set(id, person)
    if (email !== null) this.byEmail.set(emailKey(email), person)
    if (!this.known.has(person)) this.nameOf(said.name, id ?? email ?? person)
    return { said, person, known: this.known.get(person) }
  }

  private isTwice(said: RowPerson): boolean {
    const { row, id, email, name, manager } = said
    const first = id === null ? undefined : this.rowOfId.get(id)
    if (first !== undefined && id !== null) {
      if (manager !== first.manager && manager && first.manager && name === first.name) {
        const values = { person: labelOf(said), managers: `${first.manager} (row ${first.row}), ${manager}` }
        this.faults.add('two-managers', { row, column: this.mapping.manager }, values)
      } else this.faults.add('duplicate-id', { row, column: this.mapping.id }, { id, first: first.row })
      return true
    }
    if (id !== null) this.rowOfId.set(id, said)
    const address = email === null ? undefined : emailKey(email)
    const earlier = address === undefined ? undefined : this.rowOfEmail.get(address)
    if (earlier !== undefined) {
      const values = { email: email ?? '', first: earlier }
      this.faults.add('duplicate-email', { row, column: this.mapping.email }, values)
      return true
    }
    if (address !== undefined) this.rowOfEmail.set(address, row)
    return false
  }

  /** A manager by id or address; undefined with a fault where there is none. A name finds nobody, but is helped on. */
  findManager(reference: string, row: number, column: number | undefined): string | undefined {
    const person = this.byId.get(reference) ?? this.byEmail.get(emailKey(reference))
    if (person !== undefined) return person
    const namesakes = this.byName.get(reference) ?? []
    const hint =
      namesakes.length === 0
        ? ''
        : `: ${namesakes.length === 1 ? 'one person has' : `${namesakes.length} people have`} that name, write ${namesakes.slice(0, 3).join(' or ')}`
    this.faults.add('unknown-manager', { row, column }, { got: reference, hint })
    return undefined
  }
}
