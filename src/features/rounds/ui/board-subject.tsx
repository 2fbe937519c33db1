// One person of a round: who rates them, who of these is done, and asking or taking back.
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Choice } from '../../../ui/components/choice.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { peopleApi } from '../../people/ui/people-api.ts'
import { roundsApi, roundsClient, type Board } from './rounds-api.ts'
import classes from './rounds.module.css'

type Subject = Board['subjects'][number]
const KINDS = ['peer', 'manager', 'report'] as const

interface Props {
  readonly round: string
  readonly subject: Subject
  readonly minimum: number
  /** The round runs: what was submitted so far says what a close would show. */
  readonly running: boolean
  readonly change: boolean
}

export function BoardSubject({ round, subject, minimum, running, change }: Props) {
  const t = useTranslations('roundBoard')
  const rounds = useTranslations('rounds')
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const { person, state, sheets, enough, groupSubmitted, behaviours, connected, manager } = subject
  const name = person.name ?? rounds('unnamed')
  const settle = (board: Board): void => {
    queries.setQueryData(roundsApi.get.queryKey({ input: { id: round } }), board)
  }
  const remove = useMutation({
    mutationFn: (sheet: string) => roundsClient.removeRater({ id: round, sheet }),
    onSuccess: settle,
  })
  const withdraw = useMutation({
    mutationFn: () => roundsClient.withdrawSubject({ id: round, subject: person.id }),
    onSuccess: settle,
  })
  const ask = useMutation({
    mutationFn: (rater: string) =>
      roundsClient.addRater({ id: round, subject: person.id, rater, kind: 'manager' }),
    onSuccess: settle,
  })
  // Somebody else manages this person now, and is not asked, or only as what they were before.
  const unasked =
    manager !== null &&
    sheets.some(({ kind }) => kind === 'manager') &&
    sheets.every(
      ({ rater, kind, state: at }) =>
        rater.id !== manager.id || at === 'removed' || (at === 'declined' && kind !== 'manager'),
    )
      ? manager
      : undefined
  const done = sheets.filter((sheet) => sheet.state === 'submitted').length
  const asked = sheets.filter((sheet) => sheet.state !== 'removed').length
  const declined = sheets.filter((sheet) => sheet.state === 'declined').length
  const error = remove.error ?? withdraw.error ?? ask.error
  return (
    <details
      className={classes['subject']}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span className={classes['grow']}>
          {name} <span className={classes['quiet']}>{t('behaviours', { count: behaviours })}</span>
        </span>
        {state !== 'rated' && <Tag>{state === 'left' ? t('left') : t('withdrawn')}</Tag>}
        {state === 'rated' && !enough && (
          <span className={classes['warning']}>{t('tooFew', { minimum })}</span>
        )}
        {state === 'rated' && running && enough && groupSubmitted < minimum && (
          <span className={classes['quiet']}>{t('fewYet', { submitted: groupSubmitted, minimum })}</span>
        )}
        {state === 'rated' && enough && !connected && (
          <span className={classes['warning']}>{t('apart')}</span>
        )}
        {state !== 'withdrawn' && (
          <span className={classes['quiet']}>
            {rounds('submittedOf', { submitted: done, asked, declined })}
          </span>
        )}
      </summary>
      {open && (
        <div>
          <ul
            role="list"
            className={`${classes['rows']} ${classes['dense']}`}
            aria-label={t('ratersOf', { name })}
          >
            {sheets.map(({ id, rater, kind, state: at, reason, employed }) => (
              <li key={id}>
                <span className={classes['grow']}>
                  {rater.name ?? rounds('unnamed')}{' '}
                  <span className={classes['quiet']}>
                    {rounds(`kind.${kind}`)}
                    {!employed && ` · ${t('gone')}`}
                    {kind === 'manager' && employed && rater.id !== manager?.id && ` · ${t('notManager')}`}
                  </span>
                </span>
                <span className={classes['quiet']}>
                  {rounds(`sheetState.${at}`)}
                  {reason !== null && ` · ${rounds(`reason.${reason}`)}`}
                </span>
                {change && ['proposed', 'open', 'declined'].includes(at) && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={t('remove', { name: rater.name ?? '' })}
                    onClick={() => remove.mutate(id)}
                  >
                    ×
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {state === 'rated' && !connected && <p className={classes['quiet']}>{t('apartHint')}</p>}
          {change && state === 'rated' && (
            <>
              {unasked && (
                <Button size="compact-sm" variant="default" onClick={() => ask.mutate(unasked.id)}>
                  {t('askManager', { name: unasked.name ?? '' })}
                </Button>
              )}
              <AskMore round={round} subject={person.id} name={name} settle={settle} />
              <Button size="compact-sm" variant="subtle" onClick={() => withdraw.mutate()}>
                {t('withdraw')}
              </Button>
            </>
          )}
          <Refused error={error} className={classes['problem']} />
        </div>
      )}
    </details>
  )
}

interface AskProps {
  readonly round: string
  readonly subject: string
  readonly name: string
  readonly settle: (board: Board) => void
}

function AskMore({ round, subject, name, settle }: AskProps) {
  const t = useTranslations('roundBoard')
  const rounds = useTranslations('rounds')
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]>('peer')
  const found = useQuery({
    ...peopleApi.list.queryOptions({ input: { search, limit: 6 } }),
    enabled: search.trim().length > 1,
  })
  const add = useMutation({
    mutationFn: (rater: string) => roundsClient.addRater({ id: round, subject, rater, kind }),
    onSuccess: (board) => {
      setSearch('')
      settle(board)
    },
  })
  return (
    <div role="group" aria-label={t('addFor', { name })}>
      <div className={classes['bar']}>
        <TextInput
          label={t('add')}
          placeholder={t('search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Choice
          label={t('as')}
          value={kind}
          options={KINDS.map((one) => ({ value: one, label: rounds(`kind.${one}`) }))}
          onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'peer')}
        />
      </div>
      {search.trim().length > 1 && (
        <div className={classes['bar']}>
          {(found.data?.people ?? []).map(({ id, name: label }) => (
            <Button key={id} size="compact-sm" variant="default" onClick={() => add.mutate(id)}>
              {label ?? rounds('unnamed')}
            </Button>
          ))}
        </div>
      )}
      <Refused error={add.error} className={classes['problem']} />
    </div>
  )
}
