// Finds roles, competencies, behaviours and duties by words in any of a framework's languages.
import type { z } from 'zod'
import type { Framework, Text } from '../../core/framework/model.ts'
import type { searchHitSchema } from './contract.ts'

type Hit = z.output<typeof searchHitSchema>

const KIND_ORDER: Record<Hit['kind'], number> = { role: 0, competency: 1, duty: 2, behaviour: 3 }

/**
 * Hits in which every word occurs (as a part of a word too, which is how Chinese is found), best first: titles that
 * start with the query, then titles that hold all words, then other texts, then competencies with one word in the title and
 * the others in their behaviours; roles before competencies, duties and behaviours. An empty query finds nothing.
 */
export function searchFramework(framework: Framework, query: string): Hit[] {
  const whole = folded(query).trim()
  const words = whole.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  return entriesOf(framework)
    .map(({ hit, also, near }, order) => ({
      hit,
      order,
      rank: rankOf(whole, words, textsOf(hit.title), [hit.id, ...also], near),
    }))
    .filter(({ rank }) => rank !== undefined)
    .toSorted(
      (a, b) => a.rank! - b.rank! || KIND_ORDER[a.hit.kind] - KIND_ORDER[b.hit.kind] || a.order - b.order,
    )
    .map(({ hit }) => hit)
}

interface Entry {
  hit: Hit
  /** Other texts that lead to it. */
  also: string[]
  /** Texts that lead to it together with a word of its title. */
  near?: string[]
}

function entriesOf(framework: Framework): Entry[] {
  const roles = framework.roles.flatMap((role): Entry[] => {
    const duties = [...role.duties, ...role.variants.flatMap((variant) => variant.duties)]
    const also = [
      ...role.aliases,
      ...role.grades.map((grade) => grade.title ?? grade.id),
      ...role.variants.map(({ title }) => title),
    ]
    return [
      {
        hit: { kind: 'role', id: role.id, parent: null, title: role.title, context: null, level: null },
        also: [...also, role.summary ?? ''].flatMap(textsOf),
      },
      ...duties.map((duty): Entry => ({
        hit: {
          kind: 'duty',
          id: duty.id,
          parent: role.id,
          title: duty.title,
          context: role.title,
          level: null,
        },
        also: textsOf(duty.text ?? ''),
      })),
    ]
  })
  const competencies = framework.competencies.flatMap((competency): Entry[] => {
    const { id: parent, title: context } = competency
    return [
      {
        hit: { kind: 'competency', id: parent, parent: null, title: context, context: null, level: null },
        also: textsOf(competency.description ?? ''),
        near: [
          ...textsOf(framework.areas.find(({ id }) => id === competency.area)?.title ?? ''),
          ...competency.behaviours.flatMap(({ text }) => textsOf(text)),
        ],
      },
      ...competency.behaviours.map(({ id, text, level }): Entry => ({
        hit: { kind: 'behaviour', id, parent, title: text, context, level },
        also: [],
      })),
    ]
  })
  return [...roles, ...competencies]
}

function rankOf(
  whole: string,
  words: readonly string[],
  titles: readonly string[],
  also: readonly string[],
  near: readonly string[] = [],
): number | undefined {
  const inTitle = titles.map(folded)
  if (inTitle.some((title) => title.startsWith(whole))) return 0
  if (inTitle.some((title) => words.every((word) => title.includes(word)))) return 1
  const all = [...inTitle, ...also.map(folded)].join('\n')
  if (words.every((word) => all.includes(word))) return 2
  const around = [all, ...near.map(folded)].join('\n')
  const isNear = inTitle.some((title) => words.some((word) => title.includes(word)))
  return isNear && words.every((word) => around.includes(word)) ? 3 : undefined
}

function textsOf(text: Text): string[] {
  return typeof text === 'string' ? [text] : Object.values(text)
}

/** Without case, width and accents: "ＡＰＩ" finds "API", "resume" finds "résumé". */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}
