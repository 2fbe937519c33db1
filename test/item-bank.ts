// Item banks of any size for tests and benchmarks, in the shape of a framework's behaviours.
import type { ItemBank } from '../src/core/assess/instrument.ts'

/** A bank of `competencies` over `areas`, each with `levels` and `perLevel` behaviours at a level; ids `c0.3.1`. */
export function itemBank(competencies: number, areas = 5, levels = 5, perLevel = 2): ItemBank {
  return {
    framework: { id: 'bank', version: '1.0.0' },
    competencies: Array.from({ length: competencies }, (_, c) => ({
      id: `c${c}`,
      area: `a${c % areas}`,
      levels,
      behaviours: Array.from({ length: levels * perLevel }, (__, i) => ({
        id: `c${c}.${Math.floor(i / perLevel) + 1}.${(i % perLevel) + 1}`,
        level: Math.floor(i / perLevel) + 1,
        text: `Behaviour ${i + 1} of competency ${c}`,
      })),
    })),
  }
}
