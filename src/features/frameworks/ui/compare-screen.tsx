// Two roles side by side: only what differs has ink.
import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Choice } from '../../../ui/components/choice.tsx'
import { LevelPips } from '../../../ui/components/level-pips.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { BlindFold } from '../../assessments/ui/blind-fold.tsx'
import classes from './compare-screen.module.css'
import type { You } from './place.ts'
import { frameworksApi, useFramework } from './use-framework.ts'
import type { FrameworkView } from './use-framework.ts'

/** A role, or a variant of it, as one value of a select: `cto` or `cto~us`. */
const joined = (role: string | undefined, variant: string | undefined): string =>
  role === undefined ? '' : variant ? `${role}~${variant}` : role

interface Props {
  readonly you: You
  /** What has to be said of the reader's places before they are read, if anything. */
  readonly notice: React.ReactNode
}

export function CompareScreen({ you, notice }: Props) {
  const t = useTranslations('compare')
  const { framework } = useParams({ from: '/frameworks/$framework/compare' })
  const search = useSearch({ from: '/frameworks/$framework/compare' })
  const navigate = useNavigate({ from: '/frameworks/$framework/compare' })
  const view = useFramework(framework)
  const { role: own, places } = you
  // Nothing chosen yet: from today's role, or the first one, to the next along the ladder.
  const first = search.a ?? (search.b ? undefined : (own ?? view.framework.roles[0]?.id))
  const a = first
  const b =
    search.b ??
    (search.a && search.a !== own
      ? own
      : view.framework.transitions.find((line) => line.from === a && line.kind === 'promotion')?.to)
  const options = [
    { value: '', label: '…' },
    ...view.framework.roles.flatMap((role) => [
      { value: role.id, label: view.say(role.title) },
      ...role.variants.map((variant) => ({
        value: `${role.id}~${variant.id}`,
        label: view.say(variant.title),
      })),
    ]),
  ]
  const choose = (side: 'a' | 'b') => (value: string) => {
    const [role, variant] = value.split('~')
    const rest = Object.fromEntries(
      Object.entries(search).filter(([key]) => key !== side && key !== `${side}Variant`),
    )
    void navigate({
      search: {
        ...(a ? { a } : {}),
        ...(b ? { b } : {}),
        ...Object.fromEntries(Object.entries(rest).filter(([key]) => key !== side)),
        ...(role ? { [side]: role } : {}),
        ...(variant ? { [`${side}Variant`]: variant } : {}),
      },
    })
  }
  const chosen =
    a !== undefined && b !== undefined && joined(a, search.aVariant) !== joined(b, search.bVariant)
  const title = chosen
    ? t('pageTitle', { a: view.roleTitle(a, search.aVariant), b: view.roleTitle(b, search.bVariant) })
    : t('title')
  return (
    <Page
      title={title}
      above={
        <Link to="/frameworks/$framework" params={{ framework }}>
          {view.say(view.framework.title)}
        </Link>
      }
      lead={
        chosen
          ? t('lead', { a: view.roleTitle(a, search.aVariant), b: view.roleTitle(b, search.bVariant) })
          : t('leadEmpty')
      }
      actions={
        <>
          <Choice
            label={t('first')}
            hideLabel
            value={joined(a, search.aVariant)}
            options={options}
            onChange={choose('a')}
          />
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('swap')}
            title={t('swap')}
            onClick={() =>
              void navigate({
                search: {
                  ...(b ? { a: b } : {}),
                  ...(a ? { b: a } : {}),
                  ...(search.bVariant ? { aVariant: search.bVariant } : {}),
                  ...(search.aVariant ? { bVariant: search.aVariant } : {}),
                },
              })
            }
          >
            ⇄
          </Button>
          <Choice
            label={t('second')}
            hideLabel
            value={joined(b, search.bVariant)}
            options={options}
            onChange={choose('b')}
          />
        </>
      }
    >
      {chosen ? (
        <BlindFold framework={framework}>
          {notice}
          <Difference view={view} a={a} b={b} places={places} />
        </BlindFold>
      ) : (
        <Empty text={a !== undefined && a === b ? t('sameRole') : t('choose')} />
      )}
    </Page>
  )
}

interface DifferenceProps {
  readonly view: FrameworkView
  readonly a: string
  readonly b: string
  /** The person's own place by competency, from their current standing; empty where there is none. */
  readonly places: You['places']
}

function Difference({ view, a, b, places }: DifferenceProps) {
  const t = useTranslations('compare')
  const level = useTranslations('level')
  const figures = useFigures()
  const framework = view.framework.id
  const search = useSearch({ from: '/frameworks/$framework/compare' })
  const navigate = useNavigate({ from: '/frameworks/$framework/compare' })
  const { aVariant, bVariant } = search
  const input = { framework, a, b, ...(aVariant ? { aVariant } : {}), ...(bVariant ? { bVariant } : {}) }
  const { data } = useSuspenseQuery(frameworksApi.compare.queryOptions({ input }))
  const showSame = search.same === '1'
  const [nameA, nameB] = [view.roleTitle(a, aVariant), view.roleTitle(b, bVariant)]
  const rows = data.expectations.filter((each) => showSame || each.change !== 'same')
  const { counts } = data
  const said = (each: (typeof rows)[number]): string => {
    const kind =
      each.a && each.b && each.a.kind !== each.b.kind
        ? ` · ${t(each.b.kind === 'must' ? 'stricter' : 'looser')}`
        : ''
    if (each.change === 'raised') return t('raised', { by: each.difference }) + kind
    if (each.change === 'lowered') return t('lowered', { by: -each.difference }) + kind
    return t(each.change)
  }
  const cell = (competency: string, side: { level: number; kind: string } | null, quiet: boolean) =>
    side ? (
      <>
        <LevelPips
          level={side.level}
          of={view.scaleOf(competency).levels.length}
          title={view.levelTitle(competency, side.level)}
          quiet={quiet}
        />
        {side.kind === 'should' && <span className={classes['kind']}> {level('should')}</span>}
      </>
    ) : (
      <span className={classes['none']}>{level('none')}</span>
    )
  return (
    <>
      <p>
        {t('summary', {
          changed: counts.changed,
          added: counts.new,
          dropped: counts.dropped,
          same: counts.same,
        })}
      </p>
      <Section
        title={t('bar')}
        aside={
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={counts.same === 0}
            aria-pressed={showSame}
            onClick={() => void navigate({ search: { ...search, same: showSame ? '' : '1' }, replace: true })}
          >
            {showSame ? t('hideSame') : t('showSame')}
          </Button>
        }
      >
        <div className={classes['wide']}>
          <table className={classes['table']}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">{level('legend')}</span>
                </th>
                <th scope="col">{nameA}</th>
                <th scope="col">{nameB}</th>
                <th scope="col">{t('change')}</th>
                {places.size > 0 && <th scope="col">{t('youRange')}</th>}
              </tr>
            </thead>
            {view.framework.areas.map((area) => {
              const here = rows.filter((each) => each.area === area.id)
              if (here.length === 0) return null
              return (
                <tbody key={area.id}>
                  <tr>
                    <th colSpan={places.size > 0 ? 5 : 4} scope="rowgroup" className={classes['area']}>
                      {view.say(area.title)}
                    </th>
                  </tr>
                  {here.map((each) => (
                    <tr key={each.competency} data-same={each.change === 'same'}>
                      <th scope="row">
                        <Link
                          to="/frameworks/$framework/competencies/$competency"
                          params={{ framework, competency: each.competency }}
                        >
                          {view.competencyTitle(each.competency)}
                        </Link>
                      </th>
                      <td>{cell(each.competency, each.a, true)}</td>
                      <td>{cell(each.competency, each.b, each.change === 'same')}</td>
                      <td className={classes['change']} data-change={each.change}>
                        {said(each)}
                      </td>
                      {places.size > 0 && (
                        <td className={classes['you']}>
                          <YourPlace place={places.get(each.competency)} />
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              )
            })}
          </table>
        </div>
      </Section>
      <Section title={t('duties')}>
        <div className={classes['duties']}>
          {(['a', 'both', 'b'] as const).map((side) => {
            const duties = data.duties.filter((each) => each.in === side)
            if (duties.length === 0) return null
            return (
              <div key={side}>
                <h3>{side === 'both' ? t('both') : t('onlyIn', { role: side === 'a' ? nameA : nameB })}</h3>
                <ul role="list" data-same={side === 'both'}>
                  {duties.map((duty) => (
                    <li key={duty.duty}>
                      {view.say(duty.title)}
                      {side === 'b' && duty.carried.length > 0 && (
                        <span className={classes['carried']}>
                          {t('carried', {
                            a: nameA,
                            competencies: figures.list(duty.carried.map(view.competencyTitle)),
                          })}
                        </span>
                      )}
                    </li>
                  ))}
                </ul>
              </div>
            )
          })}
        </div>
      </Section>
    </>
  )
}

/** "3.7 2.7–4.8", marked where it is inferred; or that it is not known. */
function YourPlace({ place }: { readonly place: ReturnType<You['places']['get']> }) {
  const ladder = useTranslations('ladder')
  const t = useTranslations('compare')
  if (!place) return ladder('notKnown')
  return (
    <>
      {place.inferred && <em title={t('inferredWhy')}>{t('inferred')} </em>}
      {place.place} <small>{place.range}</small>
    </>
  )
}
