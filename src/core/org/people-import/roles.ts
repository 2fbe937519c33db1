// Finds the framework's role that a people file names: by its id, a title or an alias; never by likeness.
import { nearestWord } from '../../framework/nearest.ts'
import type { KnownRole } from './current.ts'
import type { PeopleFaults } from './fault.ts'

const key = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()

export class RoleFinder {
  private readonly byName = new Map<string, string>()
  private readonly names: string[] = []

  constructor(
    roles: readonly KnownRole[],
    private readonly faults: PeopleFaults,
  ) {
    for (const { id, names } of roles) {
      for (const name of names) if (!this.byName.has(key(name))) this.byName.set(key(name), id)
      this.names.push(id, ...names)
    }
    // An id wins over another role's title.
    for (const { id } of roles) this.byName.set(key(id), id)
  }

  /** The role's id; null with a fault where there is none. */
  find(text: string, row: number, column: number | undefined): string | null {
    const found = this.byName.get(key(text))
    if (found !== undefined) return found
    const near = nearestWord(text, this.names)
    this.faults.add(
      'unknown-role',
      { row, column },
      { got: text, hint: near === undefined ? '' : `; did you mean “${near}”?` },
    )
    return null
  }
}
