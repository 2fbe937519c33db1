// Folds what would tell what roles expect while an assessment of the framework is under way; one press shows it.
import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Empty } from '../../../ui/components/states.tsx'
import { assessmentsApi } from './assessments-api.ts'
import { DiscardRun } from './discard-run.tsx'

/** The assessment of the framework that is not finished. */
function useRunning(framework: string) {
  const { data } = useSuspenseQuery(assessmentsApi.list.queryOptions())
  return data.assessments.find((each) => each.framework.id === framework && each.status === 'running')
}

/** True while an assessment of the framework is not finished: what its roles expect is then hidden. */
export function useIsAnswering(framework: string): boolean {
  return useRunning(framework) !== undefined
}

interface Props {
  readonly framework: string
  readonly children: ReactNode
}

export function BlindFold({ framework, children }: Props) {
  const t = useTranslations('question')
  const running = useRunning(framework)
  const [shown, setShown] = useState(false)
  if (!running || shown) return children
  return (
    <div data-blind>
      <Empty text={t('folded')}>
        <Button variant="default" size="compact-md" onClick={() => setShown(true)}>
          {t('unfold')}
        </Button>
        <Button
          variant="subtle"
          size="compact-md"
          component={Link}
          to="/assess/$assessment"
          params={{ assessment: running.id } as never}
        >
          {t('goOn')}
        </Button>
        {running.can.delete && <DiscardRun assessment={running} />}
      </Empty>
    </div>
  )
}
