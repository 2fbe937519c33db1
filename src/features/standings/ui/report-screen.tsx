// The result on paper: sentences, profile, readiness, the gap to one role and the ways to it, without anything to press.
import { Button, TextInput } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { answersText, modeText, timeText } from '../../../core/growth/about-text.ts'
import type { RoleRef, ToShow } from '../../../core/growth/model.ts'
import { wordsIn } from '../../../core/growth/words.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { BlindFold } from '../../assessments/ui/blind-fold.tsx'
import { recallRole, rememberRole } from '../../frameworks/ui/chosen-role.ts'
import { useCountWords, useReadinessWords } from './count-words.ts'
import { DoubtNotice } from './doubt-notice.tsx'
import { useActionWords } from './gap-card.tsx'
import { isInferred } from './is-inferred.ts'
import { OpeningSentences } from './opening.tsx'
import { profileGroups } from './profile-rows.ts'
import { Profile } from './profile.tsx'
import { ReadinessList } from './readiness-list.tsx'
import classes from './report-screen.module.css'
import { standingsApi } from './standings-api.ts'
import { useLocationWords } from './use-location-words.ts'
import { joinRole, splitRole, useReport } from './use-report.ts'
import { useWayWords } from './use-way-words.ts'

/** Behaviours that are listed on paper for each expectation. */
const LISTED = 4

/** Those nearest to the bar first: they tell most about it. */
function nearestToBar(toShow: readonly ToShow[]): readonly ToShow[] {
  return toShow.toSorted((a, b) => b.level - a.level).slice(0, LISTED)
}

export function ReportScreen() {
  const t = useTranslations('report')
  const standing = useTranslations('standing')
  const gapWords = useTranslations('gap')
  const words = useTranslations('paths')
  const level = useTranslations('level')
  const figures = useFigures()
  const place = useLocationWords()
  const navigate = useNavigate({ from: '/standings/$assessment/report' })
  const [name, setName] = useState('')
  const action = useActionWords()
  const signs = useTranslations('level')
  const counts = useCountWords()
  const readinessWords = useReadinessWords()
  const { assessment } = useParams({ from: '/standings/$assessment/report' })
  const search = useSearch({ from: '/standings/$assessment/report' })
  const { report, view } = useReport(assessment)
  const { about } = report
  const way = useWayWords(view)
  const { words: said } = wordsIn(useLanguage().language)
  const ref = (each: RoleRef): string => view.roleTitle(each.role, each.variant)
  const recalled = recallRole(about.framework.id, (each) => view.role(each) !== undefined)
  const opens = recalled ?? report.focus?.role
  const role = search.bar ?? opens?.role ?? view.framework.roles[0]?.id ?? ''
  const variant = search.bar ? search.variant : (opens?.variant ?? undefined)
  const { data } = useSuspenseQuery(
    standingsApi.gap.queryOptions({ input: { assessment, role, ...(variant ? { variant } : {}) } }),
  )
  const from = about.self.role?.role
  const { data: ways } = useQuery({
    ...standingsApi.paths.queryOptions({
      input: { assessment, to: role, ...(variant ? { toVariant: variant } : {}), ...(from ? { from } : {}) },
    }),
    enabled: from !== undefined && from !== role,
  })
  const { gap } = data
  const bar = Object.fromEntries(gap.expectations.map((each) => [each.competency, { level: each.level }]))
  const title = view.roleTitle(role, variant)
  const states = {
    met: gapWords('met'),
    likely: gapWords('likely'),
    open: gapWords('open'),
    'not-known': gapWords('notKnown'),
  }
  return (
    <Page
      title={t('title')}
      above={
        <>
          {name.trim() && <strong className={classes['person']}>{name.trim()}</strong>}
          {t('of', {
            framework: view.say(about.framework.title),
            version: about.framework.version,
            date: figures.date(about.assessedAt),
          })}
        </>
      }
      lead={
        about.self.role === null
          ? t('against', { role: title })
          : t('fromAgainst', {
              role: title,
              own: view.roleTitle(about.self.role.role, about.self.role.variant),
            })
      }
      actions={
        <>
          <Button
            variant="default"
            component={Link}
            to="/standings/$assessment"
            params={{ assessment } as never}
          >
            {t('back')}
          </Button>
          <Button onClick={() => window.print()}>{t('print')}</Button>
        </>
      }
    >
      <div className={classes['controls']} data-screen-only>
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          value={name}
          maxLength={120}
          autoComplete="name"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Choice
          label={standing('against')}
          value={joinRole(role, variant)}
          options={view.framework.roles.flatMap((each) => [
            { value: each.id, label: view.say(each.title) },
            ...each.variants.map((other) => ({
              value: joinRole(each.id, other.id),
              label: view.say(other.title),
            })),
          ])}
          onChange={(value) => {
            const { role: bar, variant: of } = splitRole(value)
            rememberRole(about.framework.id, splitRole(value))
            void navigate({
              search: { bar, ...(of ? { variant: of } : {}) },
              replace: true,
              resetScroll: false,
            })
          }}
        />
      </div>
      <BlindFold framework={about.framework.id}>
        <div className={classes['report']}>
          <DoubtNotice fit={report.fit} view={view} />
          <OpeningSentences view={view} report={report} assessment={assessment} />
          <p className={classes['note']}>
            {[modeText(about, said, ref), answersText(about, said), timeText(about, said)]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p className={classes['note']}>{t('note')}</p>
          <Section
            title={`${standing('profile')} · ${standing('barLegend', { role: title })}`}
            lead={standing('profileLead')}
          >
            <p className={classes['note']} data-legend>
              {t('legend')}{' '}
              {view.framework.scale.levels
                .map((each) => level('named', { level: each.level, title: view.say(each.title) }))
                .join(' · ')}
            </p>
            <Profile
              view={view}
              groups={profileGroups(view, report.standing, 'area', bar, new Map())}
              still
            />
          </Section>
          <Section title={standing('roles')} lead={standing('rolesLead')}>
            <ReadinessList view={view} roles={report.readiness} assessment={assessment} />
          </Section>
          <Section
            title={gapWords('title', { role: title })}
            lead={figures.sentences(
              counts.first(gap.musts) +
                (counts.rest(gap.musts) && ` · ${counts.rest(gap.musts)}`) +
                signs('stop'),
              readinessWords(gap),
            )}
          >
            {(['met', 'likely', 'open', 'not-known'] as const).map((state) => {
              const here = gap.expectations.filter((each) => each.state === state)
              if (here.length === 0) return null
              return (
                <div key={state} className={classes['state']}>
                  <h3>{states[state]}</h3>
                  <ul role="list">
                    {here.map((each) => (
                      <li key={each.competency}>
                        <strong>{view.competencyTitle(each.competency)}</strong>{' '}
                        <Tag tone={each.kind === 'must' ? 'plain' : 'dashed'}>{level(each.kind)}</Tag>{' '}
                        {gapWords('asks', { level: each.level })}
                        {each.inferred
                          ? ` · ${gapWords('inferredWhy')}`
                          : isInferred(each) && ` · ${standing('inferredLegend')}`}
                        {each.known &&
                          ` · ${t('youAt', { level: place.place(each.location), range: place.range(each.location) })} · ${gapWords('atBar', { percent: figures.percent(each.probability) })}`}
                        {(state === 'open' || state === 'not-known') && each.toShow.length > 0 && (
                          <ul className={classes['toShow']}>
                            {nearestToBar(each.toShow).map((show) => (
                              <li key={show.behaviour}>
                                {view.say(show.text)} ({action(show.action)})
                              </li>
                            ))}
                            {each.toShow.length > LISTED && (
                              <li>{t('more', { count: each.toShow.length - LISTED })}</li>
                            )}
                          </ul>
                        )}
                      </li>
                    ))}
                  </ul>
                </div>
              )
            })}
          </Section>
          {ways && ways.paths.paths.length > 0 && (
            <Section title={words('title', { role: title })} lead={words('ranges')}>
              <ul role="list" className={classes['ways']}>
                {ways.paths.paths.map((path, index) => (
                  <li key={path.id}>
                    <strong>{words('wayOf', { number: index + 1 })}</strong>: {way.title(path)} ·{' '}
                    {[...way.marks(path, ways.paths), way.timeAndClimb(path), way.musts(path)].join(' · ')}
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
      </BlindFold>
    </Page>
  )
}
