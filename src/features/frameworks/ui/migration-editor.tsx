// Moves assessments to a newer version: the proposed mapping to edit, what it would do, and applying it with a reason.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Migration } from '../../../core/framework/migrate/migration.ts'
import type { Framework } from '../../../core/framework/model.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { Loading } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { MigrationEffect } from './migration-effect.tsx'
import { mappingOf, rowsOf, sameLevels, type MappingKind, type MappingRow } from './migration-rows.ts'
import { frameworksApi, viewOf } from './use-framework.ts'
import { migrationsApi, migrationsClient, type MigrationPreview } from './versions-api.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import classes from './versions.module.css'

export interface VersionRef {
  readonly hash: string
  readonly version: string
}

interface Props {
  readonly framework: string
  readonly from: VersionRef
  readonly to: VersionRef
  readonly applied: () => void
}

export function MigrationEditor({ framework, from, to, applied }: Props) {
  const input = { framework, from: from.hash, to: to.hash }
  const { data: proposal, error } = useQuery({
    ...migrationsApi.propose.queryOptions({ input }),
    staleTime: Infinity,
  })
  const { data: before } = useQuery({
    ...frameworksApi.get.queryOptions({ input: { framework, hash: from.hash } }),
    staleTime: Infinity,
  })
  const { data: after } = useQuery({
    ...frameworksApi.get.queryOptions({ input: { framework, hash: to.hash } }),
    staleTime: Infinity,
  })
  if (error) return <Refused error={error} />
  if (!proposal || !before || !after) return <Loading />
  return (
    <Editor
      key={from.hash + to.hash}
      {...{ input, proposal: proposal.mapping, first: proposal.preview, applied }}
      before={before.framework}
      after={after.framework}
    />
  )
}

interface EditorProps {
  readonly input: { readonly framework: string; readonly from: string; readonly to: string }
  readonly proposal: Migration
  readonly first: MigrationPreview
  readonly before: Framework
  readonly after: Framework
  readonly applied: () => void
}

const KINDS: readonly MappingKind[] = ['same', 'renamed', 'split', 'merged', 'dropped']

function Editor({ input, proposal, first, before, after, applied }: EditorProps) {
  const t = useTranslations('versions')
  const queries = useQueryClient()
  const { language } = useLanguage()
  const [rows, setRows] = useState(() => rowsOf(proposal, before, after))
  const [roles, setRoles] = useState(proposal.roles)
  const [preview, setPreview] = useState(first)
  const [checked, setChecked] = useState(() =>
    JSON.stringify(mappingOf(rowsOf(proposal, before, after), proposal)),
  )
  const [reason, setReason] = useState('')
  const [key] = useState(() => crypto.randomUUID())
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const old = viewOf(before, language)
  const now = viewOf(after, language)
  const mapping = { ...mappingOf(rows, proposal), roles }
  const wanted = JSON.stringify(mapping)
  useEffect(() => {
    if (wanted === checked) return
    let current = true
    const timer = setTimeout(() => {
      migrationsClient
        .preview({ ...input, mapping: JSON.parse(wanted) as Migration })
        .then((result) => {
          if (!current) return
          setPreview(result)
          setChecked(wanted)
          setProblem(undefined)
        })
        .catch((error: unknown) => current && setProblem(error))
    }, 300)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [wanted, checked, input])
  const change = (from: string, next: Partial<MappingRow>): void =>
    setRows(rows.map((row) => (row.from === from ? { ...row, ...next } : row)))
  const faultsOf = (from: string): string[] => {
    const at = mapping.competencies.findIndex((one) =>
      typeof one.from === 'string' ? one.from === from : one.from.includes(from),
    )
    return preview.faults
      .filter(({ path }) => path.startsWith(`competencies[${at}]`))
      .map(({ message }) => message)
  }
  const other = preview.faults.filter(({ path }) => !path.startsWith('competencies['))
  const ready = wanted === checked && preview.faults.length === 0 && reason.trim() !== ''
  const apply = async (): Promise<void> => {
    setBusy(true)
    try {
      await migrationsClient.apply({ ...input, key, mapping, reason })
      await queries.invalidateQueries()
      applied()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const targets = after.competencies.map(({ id, title }) => ({ value: id, label: now.say(title) }))
  return (
    <form
      className={classes['publish']}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void apply()
      }}
    >
      <div className={classes['wide']} role="region" aria-label={t('mappingTitle')} tabIndex={0}>
        <table className={classes['mapping']}>
          <thead>
            <tr>
              <th scope="col">{t('oldCompetency', { version: before.version })}</th>
              <th scope="col">{t('becomes')}</th>
              <th scope="col">{t('newCompetency', { version: after.version })}</th>
              <th scope="col">{t('levels')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const title = old.competencyTitle(row.from)
              const faults = faultsOf(row.from)
              return (
                <tr key={row.from} data-faulty={faults.length > 0}>
                  <th scope="row">{title}</th>
                  <td>
                    <Choice
                      label={t('becomesOf', { title })}
                      hideLabel
                      value={row.kind}
                      options={KINDS.map((kind) => ({ value: kind, label: t(`map.${kind}`) }))}
                      onChange={(kind) => {
                        const target =
                          row.to[0] ??
                          (kind === 'same' && now.competency(row.from) ? row.from : targets[0]?.value)
                        change(row.from, {
                          kind: kind as MappingKind,
                          to: kind === 'dropped' || !target ? [] : [target],
                        })
                      }}
                    />
                    {faults.map((message) => (
                      <p key={message} role="alert" lang="en" className={classes['fault']}>
                        {message}
                      </p>
                    ))}
                  </td>
                  <td>
                    {row.kind === 'split' ? (
                      <fieldset className={classes['targets']}>
                        <legend className="visually-hidden">{t('newOf', { title })}</legend>
                        {targets.map(({ value, label }) => (
                          <label key={value}>
                            <input
                              type="checkbox"
                              checked={row.to.includes(value)}
                              onChange={(event) =>
                                change(row.from, {
                                  to: event.currentTarget.checked
                                    ? [...row.to, value]
                                    : row.to.filter((each) => each !== value),
                                })
                              }
                            />
                            {label}
                          </label>
                        ))}
                      </fieldset>
                    ) : row.kind === 'dropped' ? (
                      <span className={classes['quiet']}>{t('keptAside')}</span>
                    ) : (
                      <Choice
                        label={t('newOf', { title })}
                        hideLabel
                        value={row.to[0] ?? ''}
                        options={targets}
                        onChange={(value) =>
                          change(row.from, {
                            to: [value],
                            levels: sameLevels(before, after, row.from, value),
                          })
                        }
                      />
                    )}
                  </td>
                  <td>
                    {(row.kind === 'same' || row.kind === 'renamed') && (
                      <span className={classes['levels']}>
                        {Object.entries(row.levels).map(([level, mapped]) => (
                          <label key={level}>
                            <span aria-hidden="true">{level}→</span>
                            <input
                              aria-label={t('levelOf', { title, level })}
                              inputMode="numeric"
                              value={String(mapped)}
                              onChange={(event) =>
                                change(row.from, {
                                  levels: {
                                    ...row.levels,
                                    [level]: Number(event.currentTarget.value.replaceAll(/\D/g, '')) || 0,
                                  },
                                })
                              }
                            />
                          </label>
                        ))}
                      </span>
                    )}
                    {(row.kind === 'split' || row.kind === 'merged') && (
                      <span className={classes['quiet']}>
                        {t(row.kind === 'split' ? 'splitUnknown' : 'mergedAnswers')}
                      </span>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <details>
        <summary>{t('rolesMapping', { count: Object.keys(roles).length })}</summary>
        <ul role="list" className={classes['roleRows']}>
          {before.roles.map((role) => (
            <li key={role.id}>
              <Choice
                label={old.say(role.title)}
                value={roles[role.id] ?? ''}
                options={[
                  ...after.roles.map(({ id, title }) => ({ value: id, label: now.say(title) })),
                  { value: '', label: t('roleGone') },
                ]}
                onChange={(value) => setRoles({ ...roles, [role.id]: value || null })}
              />
            </li>
          ))}
        </ul>
      </details>
      {other.length > 0 && (
        <ul role="alert" className={classes['faults']} lang="en">
          {other.map(({ path, message }) => (
            <li key={path + message}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <h3>{t('affected')}</h3>
      <p role="status">
        {preview.faults.length > 0
          ? t('mendFirst', { count: preview.faults.length })
          : t('affectedCount', { people: preview.people, assessments: preview.assessments })}
      </p>
      <MigrationEffect preview={preview} />
      <label className={classes['field']}>
        <span>{t('whyMove')}</span>
        <input
          value={reason}
          required
          maxLength={1000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <Refused error={problem} className={classes['problem']} />
      <div className={classes['buttons']}>
        <Button type="submit" disabled={!ready || preview.assessments === 0} loading={busy}>
          {t('applyMove', { count: preview.assessments })}
        </Button>
        <span className={classes['quiet']}>{t('undoLater')}</span>
      </div>
    </form>
  )
}
