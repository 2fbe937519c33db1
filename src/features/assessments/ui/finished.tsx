// The end of an assessment: why it stopped, and what to do now.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { endingSaid } from '../../../core/growth/assessment-goal.ts'
import { useFramework } from '../../frameworks/ui/use-framework.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { AreasKnown } from './areas-known.tsx'
import { AskMore } from './ask-more.tsx'
import type { AssessmentState } from './assessments-api.ts'
import classes from './question-screen.module.css'
import { Undecided } from './undecided.tsx'
import type { Answering } from './use-answering.ts'

interface Props {
  readonly state: AssessmentState
  readonly answering: Answering
}

export function Finished({ state, answering }: Props) {
  const t = useTranslations('question')
  const { sentences } = useFigures()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const { assessment } = state
  const view = useFramework(assessment.framework.id, assessment.framework.version)
  const reasons = {
    'bars-decided': t('barsDecided'),
    'cannot-tell': t('cannotTell'),
    'bank-exhausted': t('bankExhausted'),
    'competency-exhausted': t('competencyExhausted'),
    'role-decided': t('roleDecided'),
    'role-exhausted': t('roleExhausted'),
    'near-exhausted': t('nearExhausted'),
    'item-limit': t('itemLimit'),
    'no-opportunity': t('noOpportunityLeft'),
    'person-stopped': t('personStopped', {
      count: (state.outcome ?? []).filter(({ decided, left }) => !decided && left > 0).length,
    }),
  }
  const stoppedByHand = assessment.stopReason === 'person-stopped'
  return (
    <div className={classes['finished']} data-stop={assessment.stopReason}>
      <h1 ref={heading} tabIndex={-1}>
        {t(stoppedByHand ? 'stoppedByHand' : 'stopped')}
      </h1>
      <p>
        {assessment.answered === 0 && assessment.noOpportunity > 0
          ? t('noneScored', { count: assessment.noOpportunity })
          : assessment.stopReason
            ? reasons[endingSaid(assessment.stopReason, assessment)]
            : t('cannotTell')}
      </p>
      <Undecided state={state} view={view} />
      <AreasKnown state={state} view={view} />
      <p className={classes['given']}>
        {sentences(
          t('given', { answered: assessment.answered, none: assessment.noOpportunity }),
          assessment.carried + assessment.carriedNoOpportunity > 0 &&
            t('givenBefore', { count: assessment.carried, none: assessment.carriedNoOpportunity }),
        )}
      </p>
      <div className={classes['finishedActions']}>
        <Button
          size="md"
          component={Link}
          to="/standings/$assessment"
          params={{ assessment: assessment.id } as never}
        >
          {t('seeResult')}
        </Button>
        {assessment.can.reopen && (
          <AskMore
            assessment={assessment.id}
            view={view}
            role={assessment.target?.role ?? assessment.self.role?.role}
            done={state.fullyAsked}
            onResume={stoppedByHand ? () => answering.reopen() : undefined}
            size="md"
          />
        )}
        {assessment.can.undo && (
          <Button size="md" variant="subtle" onClick={answering.undo}>
            {t('undo')}
          </Button>
        )}
      </div>
    </div>
  )
}
