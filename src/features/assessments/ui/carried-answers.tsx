// One line about the earlier answers that count on in this run, and the list in which each of them can be changed.
import { Button, Modal, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { assessmentsApi } from './assessments-api.ts'
import type { AssessmentState } from './assessments-api.ts'
import classes from './question-screen.module.css'
import type { Answering } from './use-answering.ts'

const ANSWERS = [
  ['not-yet', 'notYet'],
  ['with-help', 'withHelp'],
  ['on-my-own', 'onMyOwn'],
  ['lead-others', 'leadOthers'],
  ['set-how', 'setHow'],
  ['no-opportunity', 'noOpportunity'],
] as const
type Answer = (typeof ANSWERS)[number][0]

interface Props {
  readonly state: AssessmentState
  readonly answering: Answering
}

export function CarriedAnswers({ state, answering }: Props) {
  const t = useTranslations('question')
  const figures = useFigures()
  const { language } = useLanguage()
  const [opened, setOpened] = useState(false)
  const { id, carried, carriedNoOpportunity } = state.assessment
  const { data } = useQuery({
    ...assessmentsApi.answers.queryOptions({ input: { id } }),
    // Each write changes what is listed.
    queryKey: [...assessmentsApi.answers.queryKey({ input: { id } }), state.step],
    enabled: opened,
    placeholderData: (before) => before,
  })
  const [listed, setListed] = useState<ReadonlySet<string>>(new Set())
  const shown = (data?.answers ?? []).filter(
    ({ item, carriedFrom }) => carriedFrom !== null || listed.has(item),
  )
  const all = carried + carriedNoOpportunity
  if (all === 0 && listed.size === 0) return null
  return (
    <p className={classes['reason']} data-carried={all}>
      {all === 0 ? t('carriedNone') : t('carried', { count: carried, none: carriedNoOpportunity })}{' '}
      <Button variant="subtle" size="compact-xs" aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {t('carriedShow')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('carriedTitle')}
        closeButtonProps={{ 'aria-label': t('close') }}
        size="lg"
        centered
      >
        <p>{t('carriedText')}</p>
        <ul role="list" className={classes['carried']}>
          {shown.map((one) => (
            <li key={one.item}>
              <NativeSelect
                label={textIn(one.text, language)}
                description={one.carriedFrom === null ? t('changed') : figures.date(one.answeredAt)}
                value={one.answer}
                disabled={answering.busy}
                data={ANSWERS.map(([value, name]) => ({ value, label: t(name) }))}
                onChange={(event) => {
                  setListed(new Set([...listed, one.item]))
                  answering.change(one.item, event.currentTarget.value as Answer)
                }}
              />
            </li>
          ))}
        </ul>
      </Modal>
    </p>
  )
}
