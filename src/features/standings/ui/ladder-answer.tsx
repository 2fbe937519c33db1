// The ladder's own answer beside the measured one: its value as a range, the parts that add up, and why they can differ.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { alternativesOf } from '../../../core/growth/ladder-conditions.ts'
import type { LadderRole, LadderStanding, LadderValue } from '../../../core/growth/ladder-model.ts'
import { Section } from '../../../ui/components/page.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import classes from './ladder-answer.module.css'

interface Props {
  readonly view: FrameworkView
  readonly assessment: string
  readonly ladder: LadderStanding
}

type Range = LadderValue['value']
const short = (value: number): string => String(Math.round(value * 100) / 100)
/** One number where both ends agree, else both. */
const range = ({ low, high }: Range): string =>
  short(low) === short(high) ? short(low) : `${short(low)}–${short(high)}`

export function LadderAnswer({ view, assessment, ladder }: Props) {
  const t = useTranslations('ladderAnswer')
  const figures = useFigures()
  const { explanation } = ladder
  const values = ladder.answers.filter((answer) => answer.kind === 'value')
  const roles = ladder.answers.filter((answer) => answer.kind === 'role')
  return (
    <Section title={t('title')} lead={t('lead', { model: ladder.model.replaceAll('-', '') })}>
      <div className={classes['answer']} data-model={ladder.model}>
        {values.map((value) => (
          <Value
            key={value.set?.id ?? ''}
            value={value}
            view={view}
            highest={view.framework.scale.levels.length}
          />
        ))}
        {roles.length > 0 && <Roles roles={roles} view={view} />}
        <dl className={classes['why']}>
          <dt>{t('ruleSays')}</dt>
          <dd>{view.say(explanation.rule)}</dd>
          <dt>{t('missing')}</dt>
          <dd>{view.say(explanation.missing)}</dd>
          <dt>{t('differ')}</dt>
          <dd>
            {view.say(explanation.measured)}
            {ladder.differs.map((each) => (
              <span key={each.role} className={classes['differs']}>
                <Link to="/standings/$assessment/gaps/$role" params={{ assessment, role: each.role }}>
                  {t('differsOn', {
                    role: view.roleTitle(each.role),
                    reached: each.reached,
                    percent: figures.percent(each.readiness),
                  })}
                </Link>
              </span>
            ))}
          </dd>
          {ladder.note && (
            <>
              <dt>{t('note')}</dt>
              <dd>{view.say(ladder.note)}</dd>
            </>
          )}
        </dl>
      </div>
    </Section>
  )
}

interface ValueProps {
  readonly value: LadderValue
  readonly view: FrameworkView
  readonly highest: number
}

function Value({ value, view, highest }: ValueProps) {
  const t = useTranslations('ladderAnswer')
  const { scoring } = view.framework
  const weights = value.parts.reduce((sum, { weight }) => sum + weight, 0)
  // The most that the rule can give: every competency at the level that is worth most.
  const top = scoring?.model === 'points' ? Math.max(1, weights * Math.max(...scoring.levelPoints)) : highest
  const exact = short(value.value.low) === short(value.value.high)
  return (
    <article className={classes['value']}>
      {value.set && <h3>{view.say(value.set.title)}</h3>}
      <p className={classes['number']} data-low={value.value.low} data-high={value.value.high}>
        {range(value.value)}
        <span>{exact ? t('exact') : t('range')}</span>
      </p>
      <svg
        className={classes['line']}
        width="100%"
        height="20"
        role="img"
        aria-label={t('lineLabel', {
          low: short(value.value.low),
          high: short(value.value.high),
          top: short(top),
        })}
      >
        <line x1="2%" x2="98%" y1="10" y2="10" className={classes['axis']} />
        <line
          x1={`${2 + (96 * value.value.low) / top}%`}
          x2={`${2 + (96 * value.value.high) / top}%`}
          y1="10"
          y2="10"
          className={classes['span']}
        />
        {exact && (
          <circle cx={`${2 + (96 * value.value.low) / top}%`} cy="10" r="6" className={classes['dot']} />
        )}
      </svg>
      {value.bands.length > 0 && (
        <ul role="list" className={classes['bands']}>
          {value.bands.map(({ series, low, high }) => {
            const [from, to] = [low ? view.say(low) : t('noTitle'), high ? view.say(high) : t('noTitle')]
            return (
              <li key={series}>
                <span>{series === 'title' ? t('band') : series}</span>{' '}
                <strong>{from === to ? from : t('fromTo', { from, to })}</strong>
              </li>
            )
          })}
        </ul>
      )}
      {value.heldBack.map((band) => (
        <p key={view.say(band.title)} className={classes['held']}>
          {t('heldBack', {
            title: view.say(band.title),
            gates: band.gates
              .map((gate) =>
                t('gate', { competency: view.competencyTitle(gate.competency), level: gate.level }),
              )
              .join(' · '),
          })}
        </p>
      ))}
      <details>
        <summary>{t('parts')}</summary>
        <div className={classes['scroll']} role="region" aria-label={t('parts')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('competency')}</th>
                <th scope="col">{t('level')}</th>
                <th scope="col">{t('weight')}</th>
                <th scope="col">{t('adds')}</th>
              </tr>
            </thead>
            <tbody>
              {value.parts.map((part) => (
                <tr key={part.competency}>
                  <th scope="row">{view.competencyTitle(part.competency)}</th>
                  <td>{range(part.level)}</td>
                  <td>{short(part.weight)}</td>
                  <td>{range(part.adds)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  {t('sum')}
                </th>
                <td>{range(value.value)}</td>
              </tr>
            </tfoot>
          </table>
        </div>
      </details>
    </article>
  )
}

function Roles({ roles, view }: { readonly roles: readonly LadderRole[]; readonly view: FrameworkView }) {
  const t = useTranslations('ladderAnswer')
  const asked = ({ asks, competency, of, level, needed, got }: LadderRole['conditions'][number]) =>
    t(of ? 'asks.competenciesOf' : `asks.${asks}`, {
      competency: competency ? view.competencyTitle(competency) : '',
      of: (of ?? []).map(view.competencyTitle).join(' · '),
      level: level ?? 0,
      needed,
      got: range(got),
    })
  return (
    <div className={classes['scroll']} role="region" aria-label={t('title')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('reached')}</th>
            <th scope="col">{t('conditions')}</th>
          </tr>
        </thead>
        <tbody>
          {roles.map(({ role, reached, conditions }) => (
            <tr key={role} data-role={role} data-reached={reached}>
              <th scope="row">{view.roleTitle(role)}</th>
              <td>
                <Tag tone={reached === 'yes' ? 'accent' : reached === 'open' ? 'dashed' : 'plain'}>
                  {t(`is.${reached}`)}
                </Tag>
              </td>
              <td>
                <ul role="list">
                  {alternativesOf(conditions).map((list, at) => (
                    <li key={at}>{list.map(asked).join(t('or'))}</li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
