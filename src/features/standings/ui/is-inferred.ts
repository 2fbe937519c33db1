// Tells the places that rest mostly on other answers, wherever they are drawn.
import type { CompetencyStanding } from '../../../core/growth/model.ts'

/** True where a known place rests by less than half on the competency's own answers. */
export function isInferred(standing: Pick<CompetencyStanding, 'known' | 'restsOn'>): boolean {
  return standing.known && standing.restsOn === 'general-level'
}
