// Everything from one field: roles, competencies, behaviours, duties and actions.
import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, spotlight } from '@mantine/spotlight'
import type { SpotlightActionGroupData } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { standingsApi } from '../../features/standings/ui/standings-api.ts'
import { DEFAULT_FRAMEWORK, frameworksApi, viewOf } from '../../features/frameworks/ui/use-framework.ts'
import { useLanguage } from '../../ui/words/words-provider.tsx'
import { searchFramework } from './search-framework.ts'
import type { SearchHit } from './search-framework.ts'

interface Props {
  readonly opened: boolean
  readonly onClose: () => void
}

export default function CommandPalette({ opened, onClose }: Props) {
  const t = useTranslations('search')
  const nav = useTranslations('nav')
  const ladder = useTranslations('ladder')
  const ratings = useTranslations('measure')
  const bring = useTranslations('import')
  const versions = useTranslations('versions')
  const people = useTranslations('people')
  const { language, choose } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const navigate = useNavigate()
  const { framework = DEFAULT_FRAMEWORK } = useParams({ strict: false })
  const { data } = useQuery({
    ...frameworksApi.get.queryOptions({ input: { framework } }),
    staleTime: Infinity,
  })
  const { data: mine } = useQuery(standingsApi.current.queryOptions({ input: { framework } }))
  const newest = (mine?.current ?? mine?.choices[0])?.assessment
  const view = useMemo(() => (data ? viewOf(data.framework, language) : undefined), [data, language])
  const [query, setQuery] = useState('')
  useEffect(() => {
    if (opened) spotlight.open()
    else spotlight.close()
  }, [opened])
  const go = (href: string) => () => void navigate({ href })
  const places: [label: string, href: string, keywords?: string][] = [
    [ladder('start'), '/assess', nav('assess')],
    [nav('ladder'), '/'],
    [nav('standing'), '/standing', t('standingWords')],
    [nav('paths'), '/paths'],
    ...(newest
      ? ([
          [t('exportAction'), `/standings/${newest}`, t('exportWords')],
          [t('printAction'), `/standings/${newest}/report`, t('exportWords')],
        ] as [string, string, string][])
      : []),
    [nav('history'), '/assessments'],
    [nav('frameworks'), '/frameworks'],
    [t('compareAction'), `/frameworks/${framework}/compare`],
    [t('competencies'), `/frameworks/${framework}/competencies`],
    [nav('people'), '/people'],
    [people('chart'), '/org-chart'],
    [nav('rounds'), '/rounds'],
    [nav('administration'), '/administration'],
    [ratings('navigation'), '/measure', t('measureWords')],
    [bring('navigation'), '/import', t('importWords')],
    [versions('open'), `/frameworks/${framework}/versions`],
  ]
  const wanted = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const isWanted = (text: string): boolean => wanted.every((word) => text.toLowerCase().includes(word))
  const dark = document.documentElement.dataset['mantineColorScheme'] === 'dark'
  const actions: SpotlightActionGroupData[] = [
    {
      group: t('actions'),
      actions: [
        ...places.map(([label, href, keywords]) => ({
          id: href,
          label,
          keywords: keywords ?? '',
          onClick: go(href),
        })),
        {
          id: 'language',
          label: t('switchLanguage'),
          onClick: () => choose(language === 'en' ? 'zh-Hans' : 'en'),
        },
        {
          id: 'colours',
          label: t('switchTheme'),
          description: colorScheme,
          onClick: () => setColorScheme(dark ? 'light' : 'dark'),
        },
      ].filter((each) => isWanted(`${each.label} ${'keywords' in each ? (each.keywords ?? '') : ''}`)),
    },
  ]
  if (view) {
    const hits = searchFramework(view, query)
    const groupOf = (group: string, list: readonly SearchHit[]): void => {
      if (list.length === 0) return
      actions.push({
        group,
        actions: list.map((hit) => ({
          id: hit.href,
          label: hit.title,
          description: hit.note,
          onClick: go(hit.href),
        })),
      })
    }
    // Of each role: what it is, and where the person stands against it and how they get there.
    const found = newest ? hits.roles : []
    groupOf(t('roles'), hits.roles)
    if (wanted.length > 0)
      groupOf(
        t('yours'),
        found.slice(0, 4).flatMap((hit) => [
          {
            title: t('gapTo', { role: hit.title }),
            note: t('gapNote'),
            href: `/standings/${newest}/gaps/${hit.id}`,
          },
          {
            title: t('pathsTo', { role: hit.title }),
            note: t('pathsNote'),
            href: `/standings/${newest}/paths?to=${hit.id}`,
          },
        ]),
      )
    groupOf(
      t('competencies'),
      hits.competencies.map((hit) => ({ ...hit, note: t('competency', { area: hit.note }) })),
    )
    groupOf(
      t('behaviours'),
      hits.behaviours.map((hit) => ({
        ...hit,
        note: t('behaviourOf', { competency: hit.note }),
      })),
    )
    groupOf(
      t('duties'),
      hits.duties.map((hit) => ({ ...hit, note: t('dutyOf', { role: hit.note }) })),
    )
  }
  const known = actions.filter((group) => group.actions.length > 0)
  return (
    <Spotlight
      actions={known}
      query={query}
      onQueryChange={setQuery}
      // What is found was found by us, in both languages; it must not be filtered again.
      filter={(_query, found) => found}
      onSpotlightClose={onClose}
      shortcut={null}
      attributes={{ content: { 'aria-label': t('placeholder') } }}
      nothingFound={t('nothing', { query })}
      searchProps={{ placeholder: t('placeholder'), 'aria-label': t('placeholder') }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      scrollable
      maxHeight={480}
    />
  )
}
