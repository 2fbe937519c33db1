// The migrations that were applied, each with its reason, and the way to undo it.
import { Button } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { Refused, RefusalText } from '../../../ui/components/refused.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { ReasonWords } from './reason-words.tsx'
import { migrationsApi, migrationsClient, type MigrationRecord } from './versions-api.ts'
import classes from './versions.module.css'

export function MigrationList({ framework }: { readonly framework: string }) {
  const t = useTranslations('versions')
  const { data } = useSuspenseQuery(migrationsApi.list.queryOptions({ input: { framework } }))
  if (data.migrations.length === 0) return null
  return (
    <Section title={t('migrations')}>
      <ul role="list" className={classes['records']}>
        {data.migrations.map((record) => (
          <RecordOf key={record.id} record={record} />
        ))}
      </ul>
    </Section>
  )
}

function RecordOf({ record }: { readonly record: MigrationRecord }) {
  const t = useTranslations('versions')
  const figures = useFigures()
  const queries = useQueryClient()
  const [reason, setReason] = useState<string>()
  const [problem, setProblem] = useState<unknown>()
  const who = (author: MigrationRecord['appliedBy']) => (author.you ? t('you') : (author.name ?? t('system')))
  const undo = async (): Promise<void> => {
    try {
      await migrationsClient.undo({ id: record.id, reason: reason ?? '' })
      setReason(undefined)
      await queries.invalidateQueries()
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <li>
      <h3>
        {t('fromTo', { from: record.from.version, to: record.to.version })}{' '}
        {record.undone && <Tag tone="dashed">{t('undone')}</Tag>}
      </h3>
      <p>
        <ReasonWords reason={record.reason} audited={record.audited} />
      </p>
      <p className={classes['quiet']}>
        {t('appliedBy', { who: who(record.appliedBy), date: figures.dateTime(record.appliedAt) })} ·{' '}
        {t('movedCount', {
          assessments: record.assessments,
          moved: record.answers.moved,
          left: record.answers.leftBehind,
        })}
      </p>
      {record.undone && (
        <p className={classes['quiet']}>
          {t('undoneBy', {
            who: who(record.undone.by),
            date: figures.dateTime(record.undone.at),
          })}{' '}
          <ReasonWords reason={record.undone.reason} audited={record.undone.audited} />
        </p>
      )}
      {!record.undone && record.undoBlockedBy !== null && (
        <p className={classes['quiet']}>
          <RefusalText {...record.undoBlockedBy} />
        </p>
      )}
      {record.can.undo &&
        !record.undone &&
        (reason === undefined ? (
          <Button size="compact-sm" variant="default" onClick={() => setReason('')}>
            {t('undo')}
          </Button>
        ) : (
          <form
            className={classes['undoing']}
            onSubmit={(event) => {
              event.preventDefault()
              void undo()
            }}
          >
            <label className={classes['field']}>
              <span>{t('whyUndo')}</span>
              <input
                required
                maxLength={1000}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            </label>
            <Button type="submit" size="compact-sm" disabled={reason.trim() === ''}>
              {t('undoNow')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setReason(undefined)}>
              {t('keep')}
            </Button>
          </form>
        ))}
      <Refused error={problem} className={classes['problem']} />
    </li>
  )
}
