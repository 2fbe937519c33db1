// The published rule of a round in words: the same on the board and beside the figures that it governs.
import { useTranslations } from 'use-intl'
import { LEVEL_SPACING } from '../../../core/assess/level-scale.ts'
import type { Board } from './rounds-api.ts'

/** Nine tenths of the normal distribution lie within this many standard errors. */
const Z90 = 1.6449

export function useRuleText(): (rule: Board['round']['rule']) => string {
  const t = useTranslations('roundBoard')
  return ({ minimumGroup, managerNamed, opensToManager, opensToPartner, seLimit }) => {
    const readers = opensToManager
      ? opensToPartner
        ? t('readersBoth')
        : t('readersManager')
      : opensToPartner
        ? t('readersPartner')
        : t('readersNone')
    return t('rule', {
      minimum: minimumGroup,
      manager: managerNamed ? t('managerNamed') : t('managerHidden'),
      readers,
      not: opensToManager || opensToPartner ? t('readersNot') : '',
      reach: (Z90 * seLimit) / LEVEL_SPACING,
    })
  }
}
