// Leaves a running assessment and deletes it: what was known before it stands as it stood.
import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Refused } from '../../../ui/components/refused.tsx'
import { tell } from '../../../ui/components/told.tsx'
import { assessmentsApi, assessmentsClient } from './assessments-api.ts'
import type { Assessment } from './assessments-api.ts'
import classes from './question-screen.module.css'

interface Props {
  readonly assessment: Pick<
    Assessment,
    'id' | 'answered' | 'noOpportunity' | 'carried' | 'carriedNoOpportunity'
  >
  /** Whether the screen that it is on goes with it. */
  readonly leave?: boolean
}

export function DiscardRun({ assessment, leave = false }: Props) {
  const t = useTranslations('question')
  const [opened, setOpened] = useState(false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { id, answered, noOpportunity, carried, carriedNoOpportunity } = assessment
  const discard = useMutation({
    mutationFn: () => assessmentsClient.delete({ id }),
    onSuccess: async () => {
      setOpened(false)
      if (leave) await navigate({ to: '/' })
      queries.removeQueries({ queryKey: assessmentsApi.get.key({ input: { id } }) })
      await queries.invalidateQueries({ queryKey: assessmentsApi.list.key() })
      await queries.invalidateQueries({ queryKey: assessmentsApi.current.key() })
      await queries.invalidateQueries({ queryKey: ['standings'] })
      tell(t('discarded'))
    },
  })
  return (
    <>
      <Button variant="subtle" size="compact-sm" aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {t('discard')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('discard')}
        closeButtonProps={{ 'aria-label': t('keep') }}
        centered
      >
        <p>{t('discardText', { count: answered - carried, none: noOpportunity - carriedNoOpportunity })}</p>
        <Refused error={discard.error} />
        <div className={classes['modalActions']}>
          <Button variant="default" onClick={() => setOpened(false)}>
            {t('keep')}
          </Button>
          <Button loading={discard.isPending} onClick={() => discard.mutate()}>
            {t('discardNow')}
          </Button>
        </div>
      </Modal>
    </>
  )
}
