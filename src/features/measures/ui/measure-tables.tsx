// The tables behind the ruler: people, raters and items with their intervals.
import { useTranslations } from 'use-intl'
import type { WithheldReason } from '../../../core/measure/analysis.ts'
import type { ElementMeasure, Measurement } from '../../../core/measure/measurement.ts'
import { fixed, interval90, Z50, Z90 } from '../../../core/measure/report/figures.ts'
import classes from './measure-screen.module.css'
import type { Measured } from './measuring-session.ts'

/** The most rows of a table on the screen. */
const MOST_ROWS = 300

const sorted = <T extends { readonly id: string }>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))

const REASON: Record<WithheldReason, string> = {
  'fewer-than-three-raters': 'raters',
  'not-linked': 'linked',
  'se-over-limit': 'error',
}

function Interval({
  measure,
  se,
  range: [low, high],
}: {
  readonly measure: number
  readonly se: number
  readonly range: readonly [number, number]
}) {
  const x = (value: number) => 4 + Math.min(1, Math.max(0, (value - low) / (high - low))) * 152
  return (
    <svg viewBox="0 0 160 18" width={160} height={18} className={classes['interval']} aria-hidden="true">
      <line x1={x(0)} x2={x(0)} y1={0} y2={18} className={classes['zero']} />
      <line x1={x(measure - Z90 * se)} x2={x(measure + Z90 * se)} y1={9} y2={9} className={classes['thin']} />
      <line
        x1={x(measure - Z50 * se)}
        x2={x(measure + Z50 * se)}
        y1={9}
        y2={9}
        className={classes['thick']}
      />
      <circle r={4} className={classes['dot']} style={{ transform: `translate(${x(measure)}px, 9px)` }} />
    </svg>
  )
}

function Cut({ count }: { readonly count: number }) {
  const t = useTranslations('measure')
  return count > MOST_ROWS && <p className={classes['quiet']}>{t('more', { shown: MOST_ROWS, count })}</p>
}

export function PeopleTable({
  now,
  range,
}: {
  readonly now: Measured
  readonly range: readonly [number, number]
}) {
  const t = useTranslations('measure')
  const { persons } = now.measurement
  return (
    <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('people')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('raters')}</th>
            <th scope="col">{t('raw')}</th>
            <th scope="col">{t('fair')}</th>
            <th scope="col">{t('interval')}</th>
            <th scope="col">{t('measure')}</th>
            <th scope="col">{t('error')}</th>
            <th scope="col">{t('shown')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted(persons)
            .slice(0, MOST_ROWS)
            .map((person) => {
              const reasons = now.withheld.get(person.id) ?? []
              return (
                <tr key={person.id}>
                  <th scope="row">{person.id}</th>
                  <td>{person.raters}</td>
                  <td>{fixed(person.rawAverage)}</td>
                  <td>
                    <strong>{fixed(person.fairAverage)}</strong>
                  </td>
                  <td>
                    <Interval measure={person.measure} se={person.se} range={range} />
                    <span className="visually-hidden">{interval90(person.measure, person.se)}</span>
                  </td>
                  <td>{fixed(person.measure)}</td>
                  <td>{fixed(person.se)}</td>
                  <td>
                    {reasons.length === 0
                      ? t('yes')
                      : reasons.map((reason) => (
                          <div key={reason}>{t('reason', { reason: REASON[reason] })}</div>
                        ))}
                  </td>
                </tr>
              )
            })}
        </tbody>
      </table>
      <Cut count={persons.length} />
    </div>
  )
}

export function RatersTable({
  measurement,
  range,
}: {
  readonly measurement: Measurement
  readonly range: readonly [number, number]
}) {
  const t = useTranslations('measure')
  return (
    <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('raters')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('rater')}</th>
            <th scope="col">{t('people')}</th>
            <th scope="col">{t('raw')}</th>
            <th scope="col">{t('given')}</th>
            <th scope="col">{t('interval')}</th>
            <th scope="col">{t('severity')}</th>
            <th scope="col">{t('error')}</th>
            <th scope="col">Infit</th>
          </tr>
        </thead>
        <tbody>
          {sorted(measurement.raters)
            .slice(0, MOST_ROWS)
            .map((rater) => (
              <tr key={rater.id}>
                <th scope="row">{rater.id}</th>
                <td>{rater.persons}</td>
                <td>{fixed(rater.rawAverage)}</td>
                <td>
                  <strong>{fixed(rater.fairAverage)}</strong>
                </td>
                <td>
                  <Interval measure={rater.measure} se={rater.se} range={range} />
                  <span className="visually-hidden">{interval90(rater.measure, rater.se)}</span>
                </td>
                <td>{fixed(rater.measure)}</td>
                <td>{fixed(rater.se)}</td>
                <td>{fixed(rater.infit)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <Cut count={measurement.raters.length} />
    </div>
  )
}

export function ItemsTable({ measurement }: { readonly measurement: Measurement }) {
  const t = useTranslations('measure')
  return (
    <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('items')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('n')}</th>
            <th scope="col">{t('raw')}</th>
            <th scope="col">{t('difficulty')}</th>
            <th scope="col">{t('error')}</th>
            <th scope="col">Infit</th>
          </tr>
        </thead>
        <tbody>
          {measurement.items
            .toSorted((a, b) => b.measure - a.measure)
            .slice(0, MOST_ROWS)
            .map((item) => (
              <tr key={item.id}>
                <th scope="row">{item.id}</th>
                <td>{item.n}</td>
                <td>{fixed(item.rawAverage)}</td>
                <td>{fixed(item.measure)}</td>
                <td>{fixed(item.se)}</td>
                <td>{fixed(item.infit)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <Cut count={measurement.items.length} />
    </div>
  )
}

const FACETS = [
  ['person', 'persons'],
  ['rater', 'raters'],
  ['item', 'items'],
] as const

/** Everything on the ruler as rows, for the table behind it and its CSV. */
export function rulerRows(measurement: Measurement): (string | number)[][] {
  return [
    ['facet', 'id', 'measure', 'se', 'n'],
    ...FACETS.flatMap(([facet, list]) =>
      (measurement[list] as readonly ElementMeasure[]).map((one) => [
        facet,
        one.id,
        one.measure,
        one.se,
        one.n,
      ]),
    ),
  ]
}

export function RulerTable({ measurement }: { readonly measurement: Measurement }) {
  const t = useTranslations('measure')
  const kinds: Record<string, string> = { person: t('people'), rater: t('raters'), item: t('items') }
  const [, ...rows] = rulerRows(measurement)
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('facet')}</th>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('measure')}</th>
            <th scope="col">{t('error')}</th>
            <th scope="col">{t('n')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(([facet, id, measure, se, n]) => (
            <tr key={`${facet} ${id}`}>
              <td>{kinds[String(facet)]}</td>
              <th scope="row">{id}</th>
              <td>{fixed(Number(measure))}</td>
              <td>{fixed(Number(se))}</td>
              <td>{n}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Cut count={rows.length} />
    </>
  )
}
