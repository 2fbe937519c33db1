// Brings people in from a file: drop, map, look at what would change, apply.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ENCODINGS, type Encoding } from '../../../core/ladders/decode.ts'
import { PEOPLE_FIELDS, type PeopleField } from '../../../core/org/people-import/fields.ts'
import { parseDay } from '../../../core/org/people-import/rows.ts'
import { columnLetters } from '../../../core/org/people-import/table.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { DropArea } from '../../../ui/components/drop-area.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { useHasAccounts } from '../../accounts/ui/use-ways.ts'
import { frameworksApi } from '../../frameworks/ui/use-framework.ts'
import { BringPreview, DAY_FIELD } from './bring-preview.tsx'
import { peopleApi } from './people-api.ts'
import { useBringing } from './use-bringing.ts'
import classes from './people.module.css'

/** Names that are the same in every language. */
const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  ...{ 'utf-8': 'UTF-8', gb18030: 'GB18030 (GBK)', 'windows-1252': 'Windows-1252 (Latin-1)' },
  ...{ 'utf-16le': 'UTF-16 LE', 'utf-16be': 'UTF-16 BE', shift_jis: 'Shift_JIS' },
}
const DAYS: ReadonlySet<PeopleField> = new Set(['start', 'lastDay'])

export function BringScreen() {
  const t = useTranslations('bring')
  const summary = useQuery(peopleApi.summary.queryOptions())
  const frameworks = useQuery(frameworksApi.list.queryOptions())
  const { state, read, readAs, chooseSheet, map, changed, run, reset } = useBringing()
  const hasAccounts = useHasAccounts()
  const [day, setDay] = useState<string>()
  const [missing, setMissing] = useState<'stay' | 'leave'>('stay')
  const [framework, setFramework] = useState<string>()
  if (summary.error) return <TroublePage error={summary.error} retry={() => void summary.refetch()} />
  if (!summary.data) return <Loading />
  const { can, today } = summary.data
  const choices = { day: day ?? today, missing, framework }
  const table = state.tables[state.sheet]
  const busy = state.stage === 'planning' || state.stage === 'writing'
  if (!can.import)
    return (
      <Page title={t('title')}>
        <p>{t('forbidden')}</p>
      </Page>
    )
  return (
    <Page title={t('title')} lead={t('lead')}>
      {(state.stage === 'empty' || state.stage === 'reading') && (
        <DropArea
          title={t('drop')}
          note={t('dropNote')}
          choose={t('choose')}
          accept=".csv,.tsv,.xlsx,.xlsm"
          take={read}
        />
      )}
      {state.stage === 'reading' && <p role="status">{t('reading')}</p>}
      {state.encoding !== null && state.stage !== 'done' && (
        <div className={`${classes['buttons']} ${classes['encoding']}`}>
          <Choice
            label={t('encoding')}
            value={state.encoding}
            options={ENCODINGS.map((value) => ({ value, label: ENCODING_NAMES[value] }))}
            onChange={(value) => readAs(ENCODINGS.find((one) => one === value))}
          />
          <span className={classes['quiet']}>{t('encodingNote')}</span>
        </div>
      )}
      {state.problems.map((problem) => (
        <p key={problem.place + problem.message} role="alert" className={classes['problem']}>
          {problem.place}: {t(`tableFault.${problem.code}`, problem.values)}
          {problem.code === 'not-read' && <span lang="en"> {problem.message}</span>}
        </p>
      ))}
      <Refused error={state.refused} className={classes['problem']} />
      {state.stage === 'done' && state.applied && (
        <>
          <p role="status" className={classes['notice']}>
            {t('applied', state.applied)}
          </p>
          <div className={classes['buttons']}>
            <Button component={Link} to="/people">
              {t('toPeople')}
            </Button>
            {hasAccounts && (
              <Button component={Link} to="/administration" variant="default">
                {t('inviteThem')}
              </Button>
            )}
            <Button variant="default" onClick={reset}>
              {t('another')}
            </Button>
          </div>
        </>
      )}
      {table && state.stage !== 'done' && (
        <>
          <p>
            {table.file} · {t('rows', { count: table.rows.length })}{' '}
            <Button size="compact-sm" variant="subtle" disabled={busy} onClick={reset}>
              {t('another')}
            </Button>
          </p>
          {state.tables.length > 1 && (
            <Choice
              label={t('sheet')}
              value={String(state.sheet)}
              options={state.tables.map((one, index) => ({ value: String(index), label: one.file }))}
              onChange={(value) => chooseSheet(Number(value))}
            />
          )}
          <Section title={t('columns')} lead={t('columnsLead')}>
            <div className={classes['columns']}>
              {PEOPLE_FIELDS.map((field) => {
                const column = state.mapping[field]
                return (
                  <div key={field}>
                    <Choice
                      label={t(`field.${field}`)}
                      value={column === undefined ? '' : String(column)}
                      options={[
                        { value: '', label: t('unmapped') },
                        ...table.headings.map((heading, index) => ({
                          value: String(index),
                          label: heading || columnLetters(index),
                        })),
                      ]}
                      onChange={(value) => map(field, value === '' ? undefined : Number(value))}
                    />
                    <small>
                      {column !== undefined &&
                        table.rows
                          .slice(0, 3)
                          .map(({ cells }) => cells[column] ?? '')
                          // A workbook keeps days as numbers.
                          .map((cell) => (DAYS.has(field) ? (parseDay(cell, table.workbook) ?? cell) : cell))
                          .filter(Boolean)
                          .join(' · ')}
                    </small>
                  </div>
                )
              })}
            </div>
          </Section>
          <div className={classes['buttons']}>
            <label htmlFor={DAY_FIELD}>{t('day')}</label>
            <input
              id={DAY_FIELD}
              type="date"
              className={classes['field']}
              value={choices.day}
              onChange={(event) => {
                setDay(event.currentTarget.value || undefined)
                changed()
              }}
            />
            <Choice
              label={t('missing')}
              value={missing}
              options={[
                { value: 'stay', label: t('stay') },
                { value: 'leave', label: t('leave') },
              ]}
              onChange={(value) => {
                setMissing(value === 'leave' ? 'leave' : 'stay')
                changed()
              }}
            />
            {state.mapping.role !== undefined && (frameworks.data?.frameworks.length ?? 0) > 1 && (
              <Choice
                label={t('framework')}
                value={framework ?? frameworks.data!.frameworks[0]!.id}
                options={frameworks.data!.frameworks.map(({ id }) => ({ value: id, label: id }))}
                onChange={(value) => {
                  setFramework(value)
                  changed()
                }}
              />
            )}
          </div>
          {state.stage === 'mapping' && (
            <div className={classes['buttons']}>
              <Button onClick={() => void run(choices, undefined)}>{t('preview')}</Button>
            </div>
          )}
          {busy && (
            <div role="status">
              <p>
                {t(
                  state.stage === 'writing' ? 'writing' : 'planning',
                  state.progress ?? { done: 0, total: table.rows.length },
                )}
              </p>
              <progress
                className={classes['progress']}
                aria-label={t('title')}
                value={state.progress?.done ?? 0}
                max={Math.max(1, state.progress?.total ?? 1)}
              />
            </div>
          )}
          {state.stage === 'preview' && state.preview && (
            <BringPreview preview={state.preview} apply={() => void run(choices, state.preview?.hash)} />
          )}
        </>
      )}
    </Page>
  )
}
