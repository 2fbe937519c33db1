// Folds what would tell what roles expect while an assessment of the framework is under way; one press shows it.
import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Empty } from '../../../ui/components/states.tsx'
import { assessmentsApi } from './assessments-api.ts'

/** True while an assessment of the framework is not finished: what its roles expect is then hidden. */
export function useIsAnswering(framework: string): boolean {
  const { data } = useSuspenseQuery(assessmentsApi.list.queryOptions())
  return data.assessments.some((each) => each.framework.id === framework && each.status === 'running')
}

interface Props {
  readonly framework: string
  readonly children: ReactNode
}

export function BlindFold({ framework, children }: Props) {
  const t = useTranslations('question')
  const isAnswering = useIsAnswering(framework)
  const [shown, setShown] = useState(false)
  if (!isAnswering || shown) return children
  return (
    <div data-blind>
      <Empty text={t('folded')}>
        <Button variant="default" size="compact-md" onClick={() => setShown(true)}>
          {t('unfold')}
        </Button>
      </Empty>
    </div>
  )
}
