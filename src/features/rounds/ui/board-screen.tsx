// A round for those who keep it: its rule, how far it is, who rates whom, and what can be done with it.
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { addDays } from '../../../core/org/day.ts'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { useLive } from '../../../ui/live.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { BoardSubject } from './board-subject.tsx'
import { lastDayOf, roundsApi, roundsClient, type Board } from './rounds-api.ts'
import { useRuleText } from './rule-text.ts'
import classes from './rounds.module.css'

export function BoardScreen() {
  const { round } = useParams({ from: '/rounds/$round' })
  const board = useQuery(roundsApi.get.queryOptions({ input: { id: round } }))
  const queries = useQueryClient()
  useLive(`round ${round}`, () => {
    // Nothing that is shown is out of date where there is no such round; asking anew would take its page away meanwhile.
    if (board.data) void queries.invalidateQueries({ queryKey: roundsApi.key() })
  })
  if (board.error) return <TroublePage error={board.error} retry={() => void board.refetch()} />
  return board.data ? <BoardOf board={board.data} /> : <Loading />
}

function BoardOf({ board }: { readonly board: Board }) {
  const t = useTranslations('roundBoard')
  const rounds = useTranslations('rounds')
  const figures = useFigures()
  const { round, progress, subjects, can } = board
  const [find, setFind] = useState('')
  const shown = subjects.filter(({ person }) =>
    (person.name ?? '').toLowerCase().includes(find.toLowerCase()),
  )
  const ruleText = useRuleText()
  const share = progress.asked === 0 ? 0 : (100 * progress.submitted) / progress.asked
  return (
    <Page
      title={round.name}
      above={t('above')}
      lead={t('lead', {
        unit: round.unit?.name ?? '',
        state: rounds(`state.${round.state}`),
        submitted: progress.submitted,
        asked: progress.asked,
      })}
    >
      <div className={classes['track']} aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </div>
      <p className={classes['notice']}>
        {figures.sentences(ruleText(round.rule), rounds('openUntil', { day: lastDayOf(round.closesOn) }))}
      </p>
      <Acts board={board} />
      <Section title={t('raters')}>
        <TextInput
          aria-label={t('find')}
          placeholder={t('find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
        {shown.length === 0 ? (
          <p role="status" className={classes['quiet']}>
            {t('nobody')}
          </p>
        ) : (
          shown.map((subject) => (
            <BoardSubject
              key={subject.person.id}
              round={round.id}
              subject={subject}
              minimum={round.rule.minimumGroup}
              running={round.state === 'running'}
              change={can.changeRaters}
            />
          ))
        )}
      </Section>
    </Page>
  )
}

type Asked = 'start' | 'close' | 'cancel'

function Acts({ board: { round, subjects, can } }: { readonly board: Board }) {
  const t = useTranslations('roundBoard')
  const queries = useQueryClient()
  const { id } = round
  const [asking, setAsking] = useState<Asked>()
  const [day, setDay] = useState(round.closesOn)
  const settle = (board: Board): void => {
    setAsking(undefined)
    queries.setQueryData(roundsApi.get.queryKey({ input: { id } }), board)
    void queries.invalidateQueries({ queryKey: roundsApi.list.key() })
  }
  const act = useMutation({
    mutationFn: (which: Asked) => roundsClient[which]({ id }),
    onSuccess: settle,
  })
  const extend = useMutation({
    mutationFn: () => roundsClient.extend({ id, closesOn: day }),
    onSuccess: settle,
  })
  const remind = useMutation({ mutationFn: () => roundsClient.remind({ id }) })
  const error = act.error ?? extend.error ?? remind.error
  if (!can.start && !can.close && !can.cancel && !can.extend) return null
  return (
    <>
      <div className={classes['bar']}>
        {can.start && <Button onClick={() => setAsking('start')}>{t('start')}</Button>}
        {can.remind && (
          <Button variant="default" loading={remind.isPending} onClick={() => remind.mutate()}>
            {t('remind')}
          </Button>
        )}
        {can.close && (
          <Button variant="default" onClick={() => setAsking('close')}>
            {t('close')}
          </Button>
        )}
        {can.cancel && (
          <Button variant="subtle" onClick={() => setAsking('cancel')}>
            {t('cancel')}
          </Button>
        )}
        {can.extend && (
          <>
            <TextInput
              type="date"
              label={t('closesOn')}
              value={day === '' ? '' : addDays(day, -1)}
              onChange={({ currentTarget: { value } }) => setDay(value === '' ? '' : addDays(value, 1))}
            />
            <Button
              variant="default"
              disabled={day === round.closesOn || day === ''}
              loading={extend.isPending}
              onClick={() => extend.mutate()}
            >
              {t('save')}
            </Button>
          </>
        )}
      </div>
      {can.start && <p className={classes['quiet']}>{t('startHint')}</p>}
      {asking && (
        <div role="alertdialog" aria-label={t(asking)} className={classes['notice']}>
          <p>
            {asking === 'start' && t('startSure', { count: countInvited(subjects) })}
            {asking === 'close' && t('closeSure')}
            {asking === 'cancel' && t('cancelSure')}
          </p>
          {asking === 'close' && <UnderMinimum subjects={subjects} minimum={round.rule.minimumGroup} />}
          <div className={classes['bar']}>
            <Button autoFocus loading={act.isPending} onClick={() => act.mutate(asking)}>
              {t('yes')}
            </Button>
            <Button variant="default" onClick={() => setAsking(undefined)}>
              {t('no')}
            </Button>
          </div>
        </div>
      )}
      {remind.data && (
        <p role="status" className={classes['notice']}>
          {t('reminded', { count: remind.data.mails })}
        </p>
      )}
      <Refused error={error} className={classes['problem']} />
    </>
  )
}

/** Raters who get a mail: each once, who works here and whose sheets are about somebody in the round. */
function countInvited(subjects: Board['subjects']): number {
  const sheets = subjects.filter(({ state }) => state === 'rated').flatMap((one) => one.sheets)
  const asked = sheets.filter(({ state, employed }) => state === 'proposed' && employed)
  return new Set(asked.map(({ rater }) => rater.id)).size
}

/** Of whom nothing in groups would be shown, were the round closed now. */
function UnderMinimum({ subjects, minimum }: Pick<Board, 'subjects'> & { readonly minimum: number }) {
  const t = useTranslations('roundBoard')
  const rounds = useTranslations('rounds')
  const few = subjects.filter(({ state, groupSubmitted }) => state === 'rated' && groupSubmitted < minimum)
  if (few.length === 0) return <p>{t('closeEnough', { minimum })}</p>
  return (
    <>
      <p>{t('closeFew', { count: few.length, minimum })}</p>
      <ul data-few={few.length}>
        {few.map(({ person, groupSubmitted }) => (
          <li key={person.id}>
            {t('closeFewOne', {
              ...{ name: person.name ?? rounds('unnamed'), submitted: groupSubmitted, minimum },
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
