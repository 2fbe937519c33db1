// An answer in the reader's words.
import { useTranslations } from 'use-intl'
import type { Answer } from '../../../core/assess/answers.ts'

export function useAnswerWords(): (answer: Answer) => string {
  const t = useTranslations('question')
  const words: Record<Answer, string> = {
    'not-yet': t('notYet'),
    'with-help': t('withHelp'),
    'on-my-own': t('onMyOwn'),
    'lead-others': t('leadOthers'),
    'set-how': t('setHow'),
    'no-opportunity': t('noOpportunity'),
  }
  return (answer) => words[answer]
}
