// Which assessment a standing rests on, where there are several: the current one, or another one that was chosen.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Choice } from '../../../ui/components/choice.tsx'
import { usePassedOver, useRunWords } from './run-words.ts'
import classes from './standing-screen.module.css'
import { standingsApi } from './standings-api.ts'

interface Props {
  readonly assessment: string
  readonly framework: string
}

export function WhichStanding({ assessment, framework }: Props) {
  const t = useTranslations('standing')
  const runWords = useRunWords()
  const navigate = useNavigate()
  const { data } = useQuery(standingsApi.current.queryOptions({ input: { framework } }))
  const passedOver = usePassedOver(data?.passedOver ?? [])
  if (!data || data.choices.length < 2) return null
  const here = data.choices.find((each) => each.assessment === assessment)
  return (
    <div className={classes['which']} data-screen-only>
      <Choice
        label={t('which')}
        value={assessment}
        options={data.choices.map((each) => ({
          value: each.assessment,
          label:
            each.assessment === data.current?.assessment
              ? `${runWords(each)} · ${t('currentOne')}`
              : runWords(each),
        }))}
        onChange={(value) => void navigate({ to: '/standings/$assessment', params: { assessment: value } })}
      />
      {here?.throwaway && <span>{t('throwaway')}</span>}
      {passedOver && assessment === data.current?.assessment && <span>{passedOver}</span>}
    </div>
  )
}
