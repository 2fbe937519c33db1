// Before an assessment: what will happen, how thorough it shall be, and what the person says of themselves.
import { Button, NativeSelect, Radio, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { LENGTH_LIMIT } from '../../../core/assess/goal.ts'
import { textIn } from '../../../core/framework/text-in.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { useHasAccounts } from '../../accounts/ui/use-ways.ts'
import { DEFAULT_FRAMEWORK, frameworksApi, useFramework } from '../../frameworks/ui/use-framework.ts'
import { assessmentsApi, assessmentsClient } from './assessments-api.ts'
import type { Mode } from './assessments-api.ts'
import classes from './set-up-screen.module.css'

const MODES = ['adaptive', 'quick', 'target', 'whole-bank'] as const satisfies readonly Mode[]

/** Years as typed: undefined where empty, null where it is not a number from 0 to 60. */
function yearsOf(typed: string): number | undefined | null {
  if (typed.trim() === '') return undefined
  const years = Number(typed.replace(',', '.'))
  return Number.isFinite(years) && years >= 0 && years <= 60 ? years : null
}

export function SetUpScreen() {
  const t = useTranslations('assess')
  const { language } = useLanguage()
  const figures = useFigures()
  const hasAccounts = useHasAccounts()
  const search = useSearch({ from: '/assess' })
  const navigate = useNavigate({ from: '/assess' })
  const queries = useQueryClient()
  const { data: all } = useSuspenseQuery(frameworksApi.list.queryOptions())
  const { data: running } = useSuspenseQuery({ ...assessmentsApi.current.queryOptions(), staleTime: 0 })
  const { data: mine } = useSuspenseQuery(assessmentsApi.list.queryOptions())
  const framework =
    search.framework ??
    all.frameworks.find((each) => each.id === DEFAULT_FRAMEWORK)?.id ??
    all.frameworks[0]?.id ??
    ''
  const view = useFramework(framework)
  const mode: Mode = MODES.find((each) => each === search.mode) ?? (search.target ? 'target' : 'adaptive')
  const before = mine.assessments.find((each) => each.framework.id === framework && each.self.role !== null)
  // What was said the last time is proposed again; nothing else is known of the person.
  const [self, setSelf] = useState(
    before?.self.role ? [before.self.role.role, before.self.role.variant].filter(Boolean).join('~') : '',
  )
  const [typedYears, setTypedYears] = useState(
    String(mine.assessments.find((each) => each.self.years !== null)?.self.years ?? ''),
  )
  const years = yearsOf(typedYears)
  const behaviours = view.framework.competencies.reduce((sum, each) => sum + each.behaviours.length, 0)
  const minutes = t('minutes', { min: Math.round(behaviours / 3), max: Math.round(behaviours / 2) })
  const asked = view.role(search.target ?? '')?.expectations
  // One role is never asked past its bar.
  const inTarget = Math.min(
    LENGTH_LIMIT,
    view.framework.competencies.reduce(
      (sum, { id, behaviours: own }) =>
        sum + own.filter(({ level }) => level <= (asked?.[id]?.level ?? 0)).length,
      0,
    ),
  )
  const targetLength = asked
    ? t('targetLength', {
        count: inTarget,
        minutes: t('minutes', { min: Math.round(inTarget / 3), max: Math.round(inTarget / 2) }),
      })
    : ''
  const roles = view.framework.roles.flatMap((role) => [
    { value: role.id, label: view.say(role.title) },
    ...role.variants.map((variant) => ({
      value: `${role.id}~${variant.id}`,
      label: view.say(variant.title),
    })),
  ])
  const target = search.target ? (search.variant ? `${search.target}~${search.variant}` : search.target) : ''
  const set = (change: Record<string, string | undefined>) =>
    void navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)),
      replace: true,
    })

  const { data: carry } = useQuery({
    ...assessmentsApi.carryOver.queryOptions({
      input: {
        ...{ framework, mode },
        ...(search.target ? { target: search.target } : {}),
        ...(search.variant ? { targetVariant: search.variant } : {}),
      },
    }),
    staleTime: 0,
  })
  const [afresh, setAfresh] = useState<boolean>()
  const countOn = carry ? carry.answered + carry.noOpportunity : 0
  // Where earlier answers leave nothing to ask, who comes again comes to be asked anew.
  const isAfresh = afresh ?? (carry !== undefined && countOn > 0 && !carry.asksOn)
  const spanOf = ({ oldest, newest }: NonNullable<typeof carry>) => {
    const [from, to] = [oldest, newest].map((at) => (at === null ? '' : figures.date(at)))
    return from === to ? from! : t('span', { from: from!, to: to! })
  }

  const start = useMutation({
    mutationFn: () => {
      const [role, variant] = self.split('~')
      return assessmentsClient.start({
        key: crypto.randomUUID(),
        framework,
        mode,
        afresh: isAfresh,
        ...(mode === 'target' && search.target
          ? { target: { role: search.target, ...(search.variant ? { variant: search.variant } : {}) } }
          : {}),
        self: {
          ...(role ? { role } : {}),
          ...(variant ? { variant } : {}),
          ...(typeof years === 'number' ? { years } : {}),
        },
      })
    },
    onSuccess: (state) => {
      queries.setQueryData(assessmentsApi.get.queryKey({ input: { id: state.assessment.id } }), state)
      void queries.invalidateQueries({ queryKey: assessmentsApi.list.key() })
      void queries.invalidateQueries({ queryKey: assessmentsApi.current.key() })
      void navigate({ to: '/assess/$assessment', params: { assessment: state.assessment.id } })
    },
  })
  const unfinished = running.current?.assessment
  const ready = years !== null && (mode !== 'target' || search.target !== undefined)
  return (
    <Page title={t('title')} lead={t('lead')} narrow>
      {unfinished && (
        <div className={classes['unfinished']}>
          <p>
            {t('unfinished', {
              answered: unfinished.answered,
              none: unfinished.noOpportunity,
              when: figures.dateTime(unfinished.lastAnsweredAt ?? unfinished.startedAt),
            })}
          </p>
          <Button component={Link} to="/assess/$assessment" params={{ assessment: unfinished.id } as never}>
            {t('goOn')}
          </Button>
        </div>
      )}
      <ol className={classes['steps']} aria-label={t('whatHappens')}>
        {(['step1', 'step2', 'step3', hasAccounts === true ? 'step4Team' : 'step4'] as const).map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) start.mutate()
        }}
      >
        <Section title={t('mode')}>
          <Radio.Group value={mode} onChange={(value) => set({ mode: value })} aria-label={t('mode')}>
            <div className={classes['modes']}>
              {MODES.map((each) => {
                const [name, text] = {
                  adaptive: [t('adaptive'), t('adaptiveText')],
                  quick: [t('quick'), t('quickText')],
                  target: [t('target'), `${t('targetText')} ${targetLength}`.trim()],
                  'whole-bank': [t('wholeBank'), t('wholeBankText', { minutes })],
                }[each] as [string, string]
                return (
                  <Radio
                    key={each}
                    value={each}
                    className={classes['mode'] ?? ''}
                    data-chosen={mode === each}
                    label={each === 'adaptive' ? `${name} · ${t('recommended')}` : name}
                    description={text}
                  />
                )
              })}
            </div>
          </Radio.Group>
          {mode === 'target' && (
            <div className={classes['target']}>
              <Choice
                label={t('targetRole')}
                value={target}
                options={[{ value: '', label: t('chooseRole') }, ...roles]}
                onChange={(value) => {
                  const [role, variant] = value.split('~')
                  set({ target: role, variant, mode: 'target' })
                }}
              />
            </div>
          )}
        </Section>
        <Section title={t('self')} lead={t('ownRoleHint')}>
          <div className={classes['self']}>
            <NativeSelect
              label={t('ownRole')}
              description={t('ownRoleShort')}
              value={self}
              onChange={(event) => setSelf(event.currentTarget.value)}
              data={[{ value: '', label: t('noRole') }, ...roles]}
            />
            <TextInput
              label={t('years')}
              description={t('yearsHint')}
              inputMode="decimal"
              value={typedYears}
              onChange={(event) => setTypedYears(event.currentTarget.value)}
              error={years === null ? t('yearsFault') : undefined}
            />
            {all.frameworks.length > 1 && (
              <NativeSelect
                label={t('framework')}
                description={t('frameworkHint')}
                value={framework}
                data={all.frameworks.map((each) => ({ value: each.id, label: textIn(each.title, language) }))}
                onChange={(event) => {
                  setSelf('')
                  set({ framework: event.currentTarget.value, target: undefined, variant: undefined })
                }}
              />
            )}
          </div>
        </Section>
        {carry && countOn > 0 && (
          <Section title={t('earlier')}>
            <Radio.Group
              value={isAfresh ? 'afresh' : 'carry'}
              onChange={(value) => setAfresh(value === 'afresh')}
              aria-label={t('earlier')}
            >
              <div className={classes['modes']}>
                <Radio
                  value="carry"
                  className={classes['mode'] ?? ''}
                  data-chosen={!isAfresh}
                  label={t('carry', { count: carry.answered, none: carry.noOpportunity })}
                  description={
                    carry.asksOn
                      ? t('carryText', { when: spanOf(carry), days: carry.days })
                      : t('carryNothing', { when: spanOf(carry) })
                  }
                />
                <Radio
                  value="afresh"
                  className={classes['mode'] ?? ''}
                  data-chosen={isAfresh}
                  label={t('afresh')}
                  description={t('afreshText')}
                />
              </div>
            </Radio.Group>
          </Section>
        )}
        <div className={classes['begin']}>
          <Button
            type="submit"
            size="md"
            variant={unfinished ? 'default' : 'filled'}
            disabled={!ready}
            loading={start.isPending}
          >
            {unfinished ? t('startNew') : t('begin')}
          </Button>
        </div>
        <Refused error={start.error} className={classes['fault']} />
      </form>
    </Page>
  )
}
