// The versions of a framework: its history, what changed between any two, publishing, moving assessments, export.
import { Button } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { diffFrameworks } from '../../../core/framework/diff/diff.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Loading } from '../../../ui/components/states.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { ExportMenu } from './export-menu.tsx'
import { MigrationEditor } from './migration-editor.tsx'
import { MigrationList } from './migration-list.tsx'
import { ReasonWords } from './reason-words.tsx'
import { frameworksApi, useFramework } from './use-framework.ts'
import { VersionChanges } from './version-changes.tsx'
import classes from './versions.module.css'

const PublishFile = lazy(() => import('./publish-file.tsx'))

export function VersionsScreen() {
  const t = useTranslations('versions')
  const figures = useFigures()
  const { framework } = useParams({ from: '/frameworks/$framework/versions' })
  const search = useSearch({ from: '/frameworks/$framework/versions' })
  const navigate = useNavigate({ from: '/frameworks/$framework/versions' })
  const view = useFramework(framework)
  const { data } = useSuspenseQuery(frameworksApi.versions.queryOptions({ input: { framework } }))
  const [publishing, setPublishing] = useState(false)
  const [moved, setMoved] = useState(false)
  const { versions, can } = data
  const newest = versions[0]
  const byLabel = (label: string | undefined) =>
    versions.find(({ version, hash }) => version === label || hash === label)
  const to = byLabel(search.to) ?? newest
  const from =
    byLabel(search.from) ?? versions.find((each) => each.assessments > 0 && !each.newest) ?? versions[1]
  const movable = from && to && from.hash !== to.hash
  const options = versions.map(({ version, hash, newest: isNewest }) => ({
    value: hash,
    label: isNewest ? t('newestOf', { version }) : version,
  }))
  const set = (change: { from?: string; to?: string }) =>
    void navigate({
      search: { ...(from ? { from: from.hash } : {}), ...(to ? { to: to.hash } : {}), ...change },
      replace: true,
      resetScroll: false,
    })
  return (
    <Page
      title={t('title')}
      above={
        <Link to="/frameworks/$framework" params={{ framework }}>
          {view.say(view.framework.title)}
        </Link>
      }
      lead={t('lead')}
      actions={
        <>
          {can.publish && (
            <Button variant="default" aria-expanded={publishing} onClick={() => setPublishing(!publishing)}>
              {t('publishNew')}
            </Button>
          )}
          <ExportMenu framework={view.framework} />
        </>
      }
    >
      {publishing && (
        <div className={classes['publishing']}>
          <Suspense fallback={<Loading />}>
            <PublishFile framework={framework} />
          </Suspense>
        </div>
      )}
      <div className={classes['wide']} role="region" aria-label={t('history')} tabIndex={0}>
        <table>
          <caption className="visually-hidden">{t('history')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('versionNumber')}</th>
              <th scope="col">{t('stored')}</th>
              <th scope="col">{t('by')}</th>
              <th scope="col">{t('why')}</th>
              <th scope="col">{t('pinned')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((each) => (
              <tr key={each.hash}>
                <th scope="row">
                  {each.version} {each.newest && <Tag tone="accent">{t('newest')}</Tag>}
                  <code className={classes['hash']} title={each.hash}>
                    {each.hash.slice(0, 8)}
                  </code>
                </th>
                <td>{figures.dateTime(each.storedAt)}</td>
                <td>{each.author.you ? t('you') : (each.author.name ?? t('system'))}</td>
                <td>
                  {each.author.kind === 'system' ? (
                    t('cameWith')
                  ) : (
                    <ReasonWords reason={each.reason} audited={each.audited} />
                  )}
                </td>
                <td>{each.assessments}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moved && (
        <p role="status" className={classes['done']}>
          {t('moved')}
        </p>
      )}
      {versions.length < 2 || !from || !to ? (
        <p className={classes['only']}>{t('onlyOne')}</p>
      ) : (
        <>
          <Section
            title={t('changesTitle')}
            aside={
              <div className={classes['choices']}>
                <Choice
                  label={t('fromVersion')}
                  value={from.hash}
                  options={options}
                  onChange={(value) => set({ from: value })}
                />
                <Choice
                  label={t('toVersion')}
                  value={to.hash}
                  options={options}
                  onChange={(value) => set({ to: value })}
                />
              </div>
            }
          >
            <Difference framework={framework} from={from.hash} to={to.hash} />
          </Section>
          {can.migrate && movable && (
            <Section title={t('moveTitle', { from: from.version, to: to.version })} lead={t('moveLead')}>
              {from.assessments === 0 && !moved ? (
                <p>{t('nobodyPinned', { version: from.version })}</p>
              ) : (
                from.assessments > 0 && (
                  <MigrationEditor framework={framework} from={from} to={to} applied={() => setMoved(true)} />
                )
              )}
            </Section>
          )}
        </>
      )}
      <MigrationList framework={framework} />
    </Page>
  )
}

function Difference({
  framework,
  from,
  to,
}: {
  readonly framework: string
  readonly from: string
  readonly to: string
}) {
  const t = useTranslations('versions')
  const { language } = useLanguage()
  const before = useQuery({
    ...frameworksApi.get.queryOptions({ input: { framework, hash: from } }),
    staleTime: Infinity,
  })
  const after = useQuery({
    ...frameworksApi.get.queryOptions({ input: { framework, hash: to } }),
    staleTime: Infinity,
  })
  const changes = useMemo(
    () =>
      before.data && after.data
        ? diffFrameworks(before.data.framework, after.data.framework, { language })
        : undefined,
    [before.data, after.data, language],
  )
  if (before.error ?? after.error) return <p role="alert">{(before.error ?? after.error)!.message}</p>
  if (!changes) return <Loading />
  return from === to ? <p>{t('sameVersion')}</p> : <VersionChanges heading="h3" changes={changes} />
}
