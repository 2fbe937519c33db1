// Inheritance: a document laid over the framework that it extends, entry by entry, each keeping its place.
import { entryKey, isMapValue, listOf, mapOf, own, TEXT_KEYS, type RawMap, type Remove } from './document.ts'
import { findSpot } from './places.ts'
import type { Places, Spot } from './yaml-source.ts'

interface Cell {
  readonly key: string
  readonly value: unknown
  readonly spot: Spot | undefined
}

const cellsOf = (map: RawMap, places: Places): Cell[] =>
  Object.entries(map).map(([key, value]) => ({ key, value, spot: findSpot(map, key, places) }))

const itemsOf = (list: unknown[], places: Places): Cell[] =>
  list.map((value, index) => ({ key: entryKey(value) ?? '', value, spot: findSpot(list, index, places) }))

function remember(container: object, keys: string[], cells: Cell[], places: Places): void {
  const entries = new Map<string, Spot>()
  for (const [index, cell] of cells.entries()) if (cell.spot) entries.set(keys[index]!, cell.spot)
  places.entries.set(container, entries)
}

export function mapFrom(cells: Cell[], places: Places): RawMap {
  const map: RawMap = {}
  for (const { key, value } of cells) map[key] = value
  remember(
    map,
    cells.map((cell) => cell.key),
    cells,
    places,
  )
  return map
}

export function listFrom(cells: Cell[], places: Places): unknown[] {
  const list = cells.map((cell) => cell.value)
  remember(
    list,
    cells.map((_, index) => String(index)),
    cells,
    places,
  )
  return list
}

/**
 * `over` laid on `base`: maps merge key by key (null takes an inherited key away), lists whose entries have an id,
 * a level or `from` and `to` merge entry by entry and append what is new, every other value replaces.
 */
export function mergeDocuments(base: RawMap, over: RawMap, places: Places): RawMap {
  const first = listOf(own(base, 'languages'))[0]
  const language = typeof first === 'string' ? first : 'en'

  const mergeValue = (key: string, below: unknown, above: unknown): unknown => {
    if (TEXT_KEYS.has(key) && typeof below === 'string' && isMapValue(above)) {
      return mergeMap({ [language]: below }, above)
    }
    if (isMapValue(below) && isMapValue(above)) {
      // Parameters of one scoring model mean nothing in another.
      if (
        key === 'scoring' &&
        own(above, 'model') !== undefined &&
        own(above, 'model') !== own(below, 'model')
      )
        return above
      return key === 'behaviours' ? mergeBehaviours(below, above) : mergeMap(below, above)
    }
    if (Array.isArray(below) && Array.isArray(above) && isKeyed(below)) return mergeList(below, above)
    return above
  }

  const mergeMap = (below: RawMap, above: RawMap): RawMap => {
    const cells = new Map(cellsOf(below, places).map((cell) => [cell.key, cell]))
    for (const cell of cellsOf(above, places)) {
      const inherited = cells.get(cell.key)
      if (inherited && cell.value === null) cells.delete(cell.key)
      else
        cells.set(
          cell.key,
          inherited ? { ...cell, value: mergeValue(cell.key, inherited.value, cell.value) } : cell,
        )
    }
    return mapFrom([...cells.values()], places)
  }

  const mergeList = (below: unknown[], above: unknown[]): unknown[] => {
    const cells = itemsOf(below, places)
    const at = new Map(cells.map((cell, index) => [cell.key, index]))
    for (const cell of itemsOf(above, places)) {
      const index = cell.key === '' ? undefined : at.get(cell.key)
      if (index === undefined) cells.push(cell)
      else {
        cells[index] = { ...cell, value: mergeValue('', cells[index]!.value, cell.value) }
        // A second entry with the same id is a fault of the author's, not an override: leave it to be reported.
        at.delete(cell.key)
      }
    }
    return listFrom(cells, places)
  }

  /** A behaviour written under another level than before moves there. */
  const mergeBehaviours = (below: RawMap, above: RawMap): RawMap => {
    const moved = new Map<string, Cell>()
    const kept = mapFrom(
      cellsOf(below, places).map((level) => {
        const staying = itemsOf(listOf(level.value), places).filter((item) => {
          const target = Object.entries(above).find(([, list]) =>
            listOf(list).some((e) => entryKey(e) === item.key),
          )
          if (target === undefined || target[0] === level.key) return true
          moved.set(item.key, item)
          return false
        })
        return { ...level, value: listFrom(staying, places) }
      }),
      places,
    )
    const raised = mapFrom(
      cellsOf(above, places).map((level) => {
        const items = itemsOf(listOf(level.value), places).map((item) => {
          const before = moved.get(item.key)
          return before ? { ...item, value: mergeValue('', before.value, item.value) } : item
        })
        return Array.isArray(level.value) ? { ...level, value: listFrom(items, places) } : level
      }),
      places,
    )
    return mergeMap(kept, raised)
  }

  return mergeMap(base, over)
}

const isKeyed = (list: unknown[]): boolean =>
  list.length > 0 && list.every((entry) => entryKey(entry) !== undefined)

/** An id that `remove` names and the extended framework does not have, with the ids that it could have named. */
export interface NotThere {
  readonly path: readonly (string | number)[]
  readonly id: string
  readonly candidates: readonly string[]
}

/**
 * `base` without what `remove` names. What refers to a removed competency or role goes with it: expectations and
 * duties' mentions, and transitions and org rules. Other references stay, and are faults if nothing replaces them.
 */
export function removeFrom(
  base: RawMap,
  remove: Remove,
  places: Places,
): { value: RawMap; notThere: NotThere[] } {
  const notThere: NotThere[] = []
  const drop = (list: unknown, ids: readonly string[], path: readonly (string | number)[]): unknown => {
    const items = itemsOf(listOf(list), places)
    noteMissing(
      ids,
      items.map((item) => item.key),
      path,
    )
    return ids.length === 0
      ? list
      : listFrom(
          items.filter((item) => !ids.includes(item.key)),
          places,
        )
  }
  const noteMissing = (
    ids: readonly string[],
    candidates: readonly string[],
    path: readonly (string | number)[],
  ) => {
    for (const [index, id] of ids.entries())
      if (!candidates.includes(id)) notThere.push({ path: [...path, index], id, candidates })
  }
  const edit = (map: RawMap, edits: Record<string, (value: unknown) => unknown>): RawMap =>
    mapFrom(
      cellsOf(map, places).map((cell) => ({ ...cell, value: edits[cell.key]?.(cell.value) ?? cell.value })),
      places,
    )
  const editEach = (list: unknown, change: (entry: RawMap) => RawMap): unknown =>
    listFrom(
      itemsOf(listOf(list), places).map((item) =>
        isMapValue(item.value) ? { ...item, value: change(item.value) } : item,
      ),
      places,
    )

  const roles = new Set(remove.roles)
  const gone = new Set(remove.competencies)
  const editDuties = (list: unknown) =>
    editEach(list, (duty) =>
      edit(duty, {
        competencies: (names) =>
          listFrom(
            itemsOf(listOf(names), places).filter((name) => !gone.has(String(name.value))),
            places,
          ),
      }),
    )
  const editExpectations = (more: readonly string[]) => (value: unknown) =>
    mapFrom(
      cellsOf(mapOf(value), places).filter((cell) => !gone.has(cell.key) && !more.includes(cell.key)),
      places,
    )

  const allBehaviours: string[] = []
  const behaviourIds = new Set(remove.behaviours)
  const editCompetency = (competency: RawMap): RawMap =>
    edit(competency, {
      behaviours: (byLevel) =>
        mapFrom(
          cellsOf(mapOf(byLevel), places).map((level) => {
            const items = itemsOf(listOf(level.value), places)
            allBehaviours.push(...items.map((item) => item.key))
            return {
              ...level,
              value: listFrom(
                items.filter((item) => !behaviourIds.has(item.key)),
                places,
              ),
            }
          }),
          places,
        ),
    })

  const perRole = ['expectations', 'duties', 'grades', 'variants'] as const
  const roleIds = listOf(own(base, 'roles')).flatMap((role) => entryKey(role) ?? [])
  for (const kind of perRole) {
    for (const role of Object.keys(remove[kind])) {
      if (!roleIds.includes(role))
        notThere.push({ path: ['remove', kind, role], id: role, candidates: roleIds })
    }
  }
  const editRole = (role: RawMap): RawMap => {
    const id = entryKey(role) ?? ''
    const named = (kind: (typeof perRole)[number]) =>
      Object.hasOwn(remove[kind], id) ? remove[kind][id]! : []
    noteMissing(named('expectations'), Object.keys(mapOf(own(role, 'expectations'))), [
      'remove',
      'expectations',
      id,
    ])
    return edit(role, {
      expectations: editExpectations(named('expectations')),
      duties: (list) => editDuties(drop(list, named('duties'), ['remove', 'duties', id])),
      grades: (list) => drop(list, named('grades'), ['remove', 'grades', id]),
      variants: (list) =>
        editEach(drop(list, named('variants'), ['remove', 'variants', id]), (variant) =>
          edit(variant, { expectations: editExpectations([]), duties: editDuties }),
        ),
    })
  }

  const plain = (kind: 'sources' | 'tracks' | 'gradeSchemes' | 'areas') => (list: unknown) =>
    drop(list, remove[kind], ['remove', kind])
  const value = edit(base, {
    sources: plain('sources'),
    tracks: plain('tracks'),
    gradeSchemes: plain('gradeSchemes'),
    areas: plain('areas'),
    competencies: (list) =>
      editEach(drop(list, remove.competencies, ['remove', 'competencies']), editCompetency),
    roles: (list) => editEach(drop(list, remove.roles, ['remove', 'roles']), editRole),
    transitions: (list) => {
      const left = listOf(drop(list, remove.transitions, ['remove', 'transitions']))
      return listFrom(
        itemsOf(left, places).filter(
          ({ value: entry }) => !roles.has(String(mapOf(entry).from)) && !roles.has(String(mapOf(entry).to)),
        ),
        places,
      )
    },
    orgRules: (list) => {
      const left = listOf(drop(list, remove.orgRules, ['remove', 'orgRules']))
      return listFrom(
        itemsOf(left, places).filter(({ value: rule }) => !roles.has(String(mapOf(mapOf(rule).asks).role))),
        places,
      )
    },
  })
  noteMissing(remove.behaviours, allBehaviours, ['remove', 'behaviours'])
  return { value, notThere }
}
