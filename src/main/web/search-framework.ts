// Finds roles, competencies, behaviours and duties by their words, in every language of the framework at once.
import type { Competency, Text } from '../../core/framework/model.ts'
import type { FrameworkView } from '../../features/frameworks/ui/use-framework.ts'

export interface SearchHit {
  readonly title: string
  /** Where it belongs: tracks, area, competency or role. */
  readonly note: string
  readonly href: string
}

export interface SearchHits {
  readonly roles: (SearchHit & { readonly id: string })[]
  readonly competencies: SearchHit[]
  readonly behaviours: SearchHit[]
  readonly duties: SearchHit[]
}

const every = (text: Text | undefined): string =>
  text === undefined ? '' : (typeof text === 'string' ? text : Object.values(text).join('\n')).toLowerCase()

/**
 * All words of the query must occur; without a query, roles and competencies only. At most eight of a kind of text. A
 * competency is also found by one word of its title where the others stand in its area or its behaviours.
 */
export function searchFramework(view: FrameworkView, query: string): SearchHits {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const isHit = (...texts: (Text | undefined)[]): boolean => {
    const all = texts.map(every).join('\n')
    return words.every((word) => all.includes(word))
  }
  /** Nothing for a competency that is no hit; less is better. */
  const rankOf = ({ title, description, area, behaviours }: Competency): number | undefined => {
    if (isHit(title)) return 0
    const areaTitle = framework.areas.find(({ id }) => id === area)?.title
    const isNear =
      words.some((word) => every(title).includes(word)) &&
      isHit(title, description, areaTitle, ...behaviours.map(({ text }) => text))
    if (isNear) return 1
    return isHit(title, description) ? 2 : undefined
  }
  const { framework } = view
  const base = `/frameworks/${framework.id}`
  const deep = words.length > 0
  return {
    roles: framework.roles
      .filter((role) => isHit(role.title, ...role.aliases, ...role.grades.map((grade) => grade.id)))
      .map((role) => ({
        id: role.id,
        title: view.say(role.title),
        note: view.trackTitles(role),
        href: `${base}/roles/${role.id}`,
      })),
    competencies: framework.competencies
      .flatMap((each) => {
        const rank = rankOf(each)
        return rank === undefined ? [] : [{ each, rank }]
      })
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, deep ? 8 : 30)
      .map(({ each }) => ({
        title: view.say(each.title),
        note: view.areaTitle(each.area),
        href: `${base}/competencies/${each.id}`,
      })),
    behaviours: deep
      ? framework.competencies
          .flatMap((each) =>
            each.behaviours
              .filter((behaviour) => isHit(behaviour.text))
              .map((behaviour) => ({
                title: view.say(behaviour.text),
                note: view.say(each.title),
                href: `${base}/competencies/${each.id}?behaviour=${behaviour.id}`,
              })),
          )
          .slice(0, 8)
      : [],
    duties: deep
      ? framework.roles
          .flatMap((role) =>
            role.duties
              .filter((duty) => isHit(duty.title, duty.text))
              .map((duty) => ({
                title: view.say(duty.title),
                note: view.say(role.title),
                href: `${base}/roles/${role.id}#duty-${duty.id}`,
              })),
          )
          .slice(0, 8)
      : [],
  }
}
