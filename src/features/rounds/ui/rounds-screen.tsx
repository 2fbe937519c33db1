// Everything about rounds that concerns the reader: ratings to give, results, how they rate, rounds they keep.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty, Loading, TroublePage } from '../../../ui/components/states.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { LEVEL_SPACING } from '../../../core/assess/level-scale.ts'
import { lastDayOf, roundsApi, type RoundList } from './rounds-api.ts'
import classes from './rounds.module.css'

/** Nine tenths of the normal distribution lie within this many standard errors. */
const Z90 = 1.6449

export function RoundsScreen() {
  const t = useTranslations('rounds')
  const list = useQuery(roundsApi.list.queryOptions())
  if (list.error) return <TroublePage error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const { keep, sheets, results, notes, can, me } = list.data
  const open = sheets.filter(({ state }) => state === 'open')
  const past = sheets.filter(({ state }) => state !== 'open')
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        can.open && <Button renderRoot={(props) => <Link to="/rounds/new" {...props} />}>{t('open')}</Button>
      }
    >
      <Section title={t('toGive')} lead={t('toGiveLead')}>
        {open.length === 0 ? <Empty text={t('nothingToGive')} /> : <Sheets sheets={open} />}
        {past.length > 0 && (
          <details className={classes['past']}>
            <summary>{t('given', { count: past.length })}</summary>
            <Sheets sheets={past} />
          </details>
        )}
      </Section>
      <Section title={t('aboutMe')}>
        {results.length === 0 ? (
          <p className={classes['quiet']}>{t('noResults')}</p>
        ) : (
          <ul role="list" className={classes['rows']}>
            {results.map(({ id, name, closedAt }) => (
              <li key={id}>
                <span className={classes['grow']}>{name}</span>
                {closedAt && <span className={classes['quiet']}>{t('closedOn', { at: closedAt })}</span>}
                <Link to="/rounds/$round/results/$person" params={{ round: id, person: me }}>
                  {t('read')}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {notes.length > 0 && (
        <Section title={t('severity')} lead={t('severityLead')}>
          <ul role="list" className={classes['rows']}>
            {notes.map((note) => (
              <Note key={note.round.id} note={note} />
            ))}
          </ul>
        </Section>
      )}
      {can.open && (
        <Section title={t('kept')}>
          {keep.length === 0 ? <p className={classes['quiet']}>{t('noneKept')}</p> : <Kept rounds={keep} />}
        </Section>
      )}
    </Page>
  )
}

function Sheets({ sheets }: Pick<RoundList, 'sheets'>) {
  const t = useTranslations('rounds')
  return (
    <ul role="list" className={classes['rows']}>
      {sheets.map(({ id, round, subject, kind, state, answered, behaviours }) => {
        const name = subject.name ?? t('unnamed')
        const todo = kind === 'self' ? t('rateSelf') : t('rate', { name })
        const words = state === 'open' ? todo : kind === 'self' ? t('yourself') : name
        return (
          <li key={id} data-sheet={id} data-state={state}>
            <span className={classes['grow']}>
              <Link to="/rounds/sheets/$sheet" params={{ sheet: id }}>
                {words}
              </Link>
              <span className={classes['quiet']}>
                {' '}
                {round.name}
                {kind !== 'self' && ` · ${t(`asKind.${kind}`)}`}
              </span>
            </span>
            <span className={classes['quiet']}>
              {state === 'open'
                ? `${t('of', { answered, all: behaviours })} · ${t('until', { day: lastDayOf(round.closesOn) })}`
                : t(`sheetState.${state}`)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function Note({ note: { round, severity } }: { readonly note: RoundList['notes'][number] }) {
  const t = useTranslations('rounds')
  const figures = useFigures()
  const told = (): string => {
    if (!severity) return t('notTold')
    const { measure, se } = severity
    const [size, error] = [Math.abs(measure) / LEVEL_SPACING, (Z90 * se) / LEVEL_SPACING]
    const isAlike = size < error
    const way = isAlike ? (['alikeHarsher', 'alikeMilder'] as const) : (['harsher', 'milder'] as const)
    return figures.sentences(
      t(way[measure > 0 ? 0 : 1], { size, error, low: Math.max(0, size - error), high: size + error }),
      t('takenOut'),
    )
  }
  return (
    <li data-note={round.id}>
      <span className={classes['grow']}>
        {round.name}
        <br />
        <span className={classes['soft']}>{told()}</span>
        {severity && (
          <>
            <br />
            <span className={classes['quiet']}>
              {t('inLogits', {
                size: Math.abs(severity.measure),
                error: Z90 * severity.se,
                spacing: LEVEL_SPACING,
              })}
            </span>
          </>
        )}
      </span>
    </li>
  )
}

function Kept({ rounds }: { readonly rounds: RoundList['keep'] }) {
  const t = useTranslations('rounds')
  return (
    <ul role="list" className={classes['rows']}>
      {rounds.map(({ id, name, unit, state, closesOn, closedAt, progress }) => (
        <li key={id}>
          <span className={classes['grow']}>
            <Link to="/rounds/$round" params={{ round: id }}>
              {name}
            </Link>
            <span className={classes['quiet']}> {unit?.name}</span>
          </span>
          <span className={classes['quiet']}>
            {t('submittedOf', progress)}
            {state !== 'cancelled' && ' · '}
            {state === 'closed' && closedAt !== null
              ? t('closedOn', { at: closedAt })
              : state !== 'cancelled' && t('until', { day: lastDayOf(closesOn) })}
          </span>
          <Tag tone={state === 'running' ? 'accent' : 'plain'}>{t(`state.${state}`)}</Tag>
        </li>
      ))}
    </ul>
  )
}
