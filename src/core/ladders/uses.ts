// Which part of the framework each source text went into: what the report and the wizard's colours are made of.
import type { SourceNode } from './source.ts'

/** `text`: the words themselves; `name`: the key or title of an entry; `reference`: it points to an entry or a level. */
export type UseKind = 'text' | 'name' | 'reference'

export interface Use {
  readonly rule: number
  readonly kind: UseKind
  /** The entry, for example `competencies.delivery`. */
  target: string
  /** Why the use came to nothing, for example a level that is on no scale. */
  failure?: string
}

export class Uses {
  private readonly byNode = new Map<SourceNode, Use[]>()

  add(nodes: readonly SourceNode[], use: Use): void {
    for (const node of nodes) {
      const uses = this.byNode.get(node)
      if (uses) uses.push(use)
      else this.byNode.set(node, [use])
    }
  }

  of(node: SourceNode): readonly Use[] {
    return this.byNode.get(node) ?? []
  }

  has = (node: SourceNode): boolean => this.byNode.has(node)
}
