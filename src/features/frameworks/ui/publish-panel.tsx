// Publishes a framework: what it would change and for whom is shown first, then a person says why and agrees.
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Refused } from '../../../ui/components/refused.tsx'
import { MigrationEffect } from './migration-effect.tsx'
import { VersionChanges } from './version-changes.tsx'
import { publicationsClient, type PublicationPreview } from './versions-api.ts'
import classes from './versions.module.css'

interface Props {
  readonly document: Readonly<Record<string, unknown>>
  /** Tells that the person gave it another id or title; where absent both stay as the document has them. */
  readonly rename?: ((id: string, title: string) => void) | undefined
  readonly reason: string
  readonly action: string
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export function PublishPanel({ document, rename, reason: suggestedReason, action }: Props) {
  const t = useTranslations('versions')
  const queries = useQueryClient()
  const [id, setId] = useState(textOf(document['id']))
  const [title, setTitle] = useState(textOf(document['title']))
  const [version, setVersion] = useState<string>()
  const [reason, setReason] = useState(suggestedReason)
  const [preview, setPreview] = useState<{ readonly of: string; readonly result: PublicationPreview }>()
  const [problem, setProblem] = useState<unknown>()
  const [sending, setSending] = useState(false)
  const [done, setDone] = useState<{
    readonly id: string
    readonly version: string
    readonly outcome: 'published' | 'unchanged'
    readonly affected: number
  }>()
  const named = rename ? { ...document, id, ...(title ? { title } : {}) } : document
  const key = JSON.stringify([named, version ?? null])
  useEffect(() => {
    if (done) return
    let current = true
    const timer = setTimeout(() => {
      publicationsClient
        .preview({ document: JSON.parse(key)[0], ...(version === undefined ? {} : { version }) })
        .then((result) => {
          if (!current) return
          setProblem(undefined)
          setPreview({ of: key, result })
          if (version === undefined && result.outcome === 'version-taken' && result.suggestedVersion)
            setVersion(result.suggestedVersion)
        })
        .catch((error: unknown) => current && setProblem(error))
    }, 300)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [key, version, done])
  if (done)
    return (
      <div className={classes['done']} role="status">
        <p>{t(done.outcome, { id: done.id, version: done.version })}</p>
        <div className={classes['buttons']}>
          <Button component={Link} to="/assess" search={{ framework: done.id } as never}>
            {t('assessAgainst')}
          </Button>
          <Button
            variant="default"
            component={Link}
            to="/frameworks/$framework"
            params={{ framework: done.id } as never}
          >
            {t('openLadder')}
          </Button>
          <Button
            variant="default"
            component={Link}
            to="/frameworks/$framework/versions"
            params={{ framework: done.id } as never}
          >
            {done.affected > 0 ? t('moveAssessments', { count: done.affected }) : t('seeVersions')}
          </Button>
        </div>
      </div>
    )
  const result = preview?.result
  const isCurrent = preview?.of === key
  const allowed = isCurrent && (result?.outcome === 'new-framework' || result?.outcome === 'new-version')
  const publish = async (): Promise<void> => {
    if (!result || !allowed) return
    setSending(true)
    try {
      const published = await publicationsClient.publish({
        document: JSON.parse(key)[0],
        ...(version === undefined ? {} : { version }),
        basedOn: result.newest?.hash ?? null,
        reason,
      })
      await queries.invalidateQueries()
      setDone({
        id: published.summary.id,
        version: published.summary.version,
        outcome: published.outcome,
        affected: result.affected?.assessments ?? 0,
      })
    } catch (error) {
      setProblem(error)
    } finally {
      setSending(false)
    }
  }
  return (
    <form
      className={classes['publish']}
      onSubmit={(event) => {
        event.preventDefault()
        void publish()
      }}
    >
      <div className={classes['fields']}>
        {rename && (
          <>
            <label className={classes['field']}>
              <span>{t('name')}</span>
              <input
                value={title}
                required
                onChange={(event) => setTitle(event.currentTarget.value)}
                onBlur={() => ID.test(id) && title && rename(id, title)}
              />
            </label>
            <label className={classes['field']}>
              <span>{t('id')}</span>
              <input
                value={id}
                required
                pattern={ID.source}
                aria-invalid={!ID.test(id)}
                onChange={(event) => setId(event.currentTarget.value)}
                onBlur={() => ID.test(id) && title && rename(id, title)}
              />
            </label>
          </>
        )}
        <label className={classes['field']}>
          <span>{t('versionNumber')}</span>
          <input
            value={version ?? result?.candidate?.version ?? ''}
            onChange={(event) => setVersion(event.currentTarget.value)}
          />
        </label>
        <label className={classes['field']} data-wide="true">
          <span>{t('why')}</span>
          <input
            value={reason}
            required
            maxLength={1000}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      </div>
      <Refused error={problem} className={classes['problem']} />
      {result && (
        <div aria-live="polite" className={classes['outcome']} data-outcome={result.outcome}>
          <p>
            {t(`outcome.${result.outcome}`, {
              id: result.candidate?.id ?? id,
              version: result.candidate?.version ?? '',
              newest: result.newest?.version ?? '',
              same: result.same?.version ?? '',
              suggested: result.suggestedVersion ?? '',
            })}
          </p>
          {result.faults.length > 0 && (
            <ul className={classes['faults']} lang="en">
              {result.faults.slice(0, 50).map(({ path, message }) => (
                <li key={path + message}>
                  <code>{path}</code> {message}
                </li>
              ))}
            </ul>
          )}
          {result.newest && result.outcome === 'new-version' && (
            <>
              <h3>{t('changesFrom', { version: result.newest.version })}</h3>
              <VersionChanges heading="h4" changes={result.changes} />
              {result.affected && (
                <>
                  <h3>{t('affected')}</h3>
                  <p>
                    {t('affectedCount', {
                      people: result.affected.people,
                      assessments: result.affected.assessments,
                    })}
                  </p>
                  <MigrationEffect preview={result.affected} />
                </>
              )}
            </>
          )}
        </div>
      )}
      <div className={classes['buttons']}>
        <Button type="submit" disabled={!allowed || reason.trim() === ''} loading={sending}>
          {action}
        </Button>
        <span className={classes['quiet']}>{t('nothingBefore')}</span>
      </div>
    </form>
  )
}
