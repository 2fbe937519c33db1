// A standing that somebody shared: their profile against a bar, and how near each role is; nothing to press but the bar.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { StandingReport } from '../../../core/growth/report-model.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty, Loading, TroublePage } from '../../../ui/components/states.tsx'
import { troubleOf } from '../../../ui/rpc-link.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useFramework } from '../../frameworks/ui/use-framework.ts'
import { useCountWords, useReadinessWords } from '../../standings/ui/count-words.ts'
import { profileGroups } from '../../standings/ui/profile-rows.ts'
import { ProfileTable } from '../../standings/ui/profile-table.tsx'
import { Profile } from '../../standings/ui/profile.tsx'
import { joinRole, splitRole } from '../../standings/ui/use-report.ts'
import { sharesApi, type ReceivedShare } from './shares-api.ts'
import classes from './shares.module.css'
import { useShareWords } from './use-share-words.ts'

export function ReadStandingScreen() {
  const t = useTranslations('shares')
  const { share } = useParams({ from: '/shared/$share' })
  // Every read is told to whose standing it is: it is not asked for again by itself.
  const read = useQuery({
    ...sharesApi.read.queryOptions({ input: { id: share } }),
    staleTime: Infinity,
    retry: false,
  })
  if (troubleOf(read.error) === 'not-found')
    return (
      <Page title={t('title')} narrow>
        <p role="status">{t('notThere')}</p>
      </Page>
    )
  if (read.error) return <TroublePage error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Loading />
  return <SharedStanding {...read.data} />
}

function SharedStanding({
  share,
  report,
}: {
  readonly share: ReceivedShare
  readonly report: StandingReport
}) {
  const t = useTranslations('shares')
  const standing = useTranslations('standing')
  const words = useShareWords()
  const figures = useFigures()
  const counts = useCountWords()
  const readinessWords = useReadinessWords()
  const { about } = report
  const view = useFramework(about.framework.id, about.framework.version)
  const [bar, setBar] = useState('none')
  const { role, variant } = splitRole(bar)
  const expectations = {
    ...view.role(role)?.expectations,
    ...view.role(role)?.variants.find((each) => each.id === variant)?.expectations,
  }
  const name = words.name(share.of)
  const groups = profileGroups(view, report.standing, 'area', expectations, new Map())
  return (
    <Page
      title={t('readOf', { name })}
      above={standing('about', {
        framework: view.say(about.framework.title),
        version: about.framework.version,
        date: figures.date(about.assessedAt),
        answered: about.answered,
      })}
      lead={t('readLead', { name, date: words.day(share.lastDay) })}
    >
      <p className={classes['notice']}>{t('readOnly', { name })}</p>
      {about.answered === 0 ? (
        <Empty text={t('nobody')} />
      ) : (
        <>
          <Section title={t('profile')}>
            <Choice
              label={standing('against')}
              value={bar}
              options={[
                { value: 'none', label: standing('noBar') },
                ...view.framework.roles.flatMap((each) => [
                  { value: each.id, label: view.say(each.title) },
                  ...each.variants.map((other) => ({
                    value: joinRole(each.id, other.id),
                    label: view.say(other.title),
                  })),
                ]),
              ]}
              onChange={setBar}
            />
            <Profile view={view} groups={groups} still />
            <details className={classes['table']}>
              <summary>{t('asTable')}</summary>
              <ProfileTable
                view={view}
                groups={groups}
                bar={role === 'none' ? undefined : view.roleTitle(role, variant)}
              />
            </details>
          </Section>
          <Section title={t('roles')}>
            <ul role="list" className={classes['list']}>
              {report.readiness.map((each) => (
                <li key={joinRole(each.role.role, each.role.variant)}>
                  <div>
                    <strong>{view.roleTitle(each.role.role, each.role.variant)}</strong>
                    <div className={classes['quiet']}>
                      {counts.first(each.musts)}
                      {counts.rest(each.musts) && ` · ${counts.rest(each.musts)}`} · {readinessWords(each)}
                    </div>
                  </div>
                </li>
              ))}
            </ul>
          </Section>
        </>
      )}
    </Page>
  )
}
