// The ways as timelines on one axis of years: each step from its earliest to its latest end.
import { scaleLinear } from 'd3-scale'
import { useTranslations } from 'use-intl'
import type { Path, Paths, YearRange } from '../../../core/growth/path-model.ts'
import { Figure } from '../../../ui/components/figure.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useCountWords } from './count-words.ts'
import classes from './path-timelines.module.css'
import { useWayWords } from './use-way-words.ts'

interface Props {
  readonly view: FrameworkView
  readonly paths: Paths
}

/** The years from today until each step of a path is done; empty where too little is known for a time. */
function arrivals(path: Path): YearRange[] {
  return path.tooLittleKnown ? [] : path.steps.map((step) => step.fromToday)
}

const HEIGHT = 86

/** Where a stop is drawn: in the middle of its range, or at its earliest end where the range is open-ended. */
const stopOf = ({ min, max }: YearRange): number => (max === null ? min : (min + max) / 2)

export function PathTimelines({ view, paths }: Props) {
  const t = useTranslations('paths')
  const figures = useFigures()
  const counts = useCountWords()
  const way = useWayWords(view)
  const all = paths.paths.map(arrivals)
  const longest = Math.max(2, ...all.flatMap((path) => path.map(({ min, max }) => max ?? min + 3)))
  const x = scaleLinear([0, longest], [1, 96])
  const at = (years: number): string => `${x(years)}%`
  const roleOf = (path: Path, step: number): string => {
    const { to } = path.steps[step]!
    return view.roleTitle(to.role, to.variant)
  }
  return (
    <Figure
      name={`rungs-paths-${paths.from.role}-${paths.to.role}`}
      picture={
        <div className={classes['ways']}>
          <Legend />
          {paths.paths.map((path, index) => (
            <div key={path.id} className={classes['way']}>
              <h2>
                {paths.paths.length > 1 ? `${t('wayOf', { number: index + 1 })}: ` : ''}
                {way.title(path)}
                <span className={classes['facts']}>
                  {way.timeAndClimb(path)} · {way.musts(path)}{' '}
                </span>
                {way.marks(path, paths).length > 0 && (
                  <span className={classes['badges']}>
                    {way.marks(path, paths).map((each) => (
                      <Tag key={each} tone="accent">
                        {each}
                      </Tag>
                    ))}
                  </span>
                )}
              </h2>
              {!path.tooLittleKnown && (
                <svg
                  width="100%"
                  height={HEIGHT}
                  role="img"
                  aria-label={t('timeline', {
                    name: way.title(path),
                    years: figures.years(path.years),
                  })}
                  className={classes['line']}
                >
                  {x
                    .ticks(Math.min(8, Math.ceil(longest)))
                    .filter(Number.isInteger)
                    .map((tick) => (
                      <g key={tick}>
                        <line
                          x1={at(tick)}
                          x2={at(tick)}
                          y1={6}
                          y2={HEIGHT - 20}
                          className={classes['tick']}
                        />
                        <text x={at(tick)} y={HEIGHT - 4} className={classes['number']}>
                          {tick}
                        </text>
                      </g>
                    ))}
                  <line
                    x1={at(0)}
                    x2={at(stopOf(all[index]!.at(-1)!))}
                    y1={34}
                    y2={34}
                    className={classes['rail']}
                  />
                  {path.steps.map((step, place) => {
                    const end = all[index]![place]!
                    const lateral = step.kind === 'lateral'
                    return (
                      <g key={place}>
                        <line
                          x1={at(end.min)}
                          x2={at(end.max ?? longest)}
                          y1={34}
                          y2={34}
                          className={classes['range']}
                          data-open={end.max === null}
                          data-step={place % 2}
                        />
                        <circle
                          cx={at(stopOf(end))}
                          cy={34}
                          r={6}
                          className={classes['stop']}
                          data-kind={lateral ? 'lateral' : 'up'}
                        />
                        <text
                          x={at(stopOf(end))}
                          y={place % 2 === 0 ? 18 : 56}
                          className={classes['name']}
                          textAnchor={x(stopOf(end)) > 80 ? 'end' : x(stopOf(end)) < 18 ? 'start' : 'middle'}
                        >
                          {roleOf(path, place)}
                        </text>
                      </g>
                    )
                  })}
                  <circle cx={at(0)} cy={34} r={4.5} className={classes['today']} />
                </svg>
              )}
            </div>
          ))}
          {paths.paths.some((path) => !path.tooLittleKnown) && <p className={classes['axis']}>{t('axis')}</p>}
        </div>
      }
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t('from')}</th>
              <th scope="col">{t('to')}</th>
              <th scope="col">{t('axis')}</th>
              <th scope="col">{t('mustsNow')}</th>
              <th scope="col">{t('wholeWay')}</th>
            </tr>
          </thead>
          <tbody>
            {paths.paths.flatMap((path, index) =>
              path.steps.map((step, place) => (
                <tr key={`${path.id}/${place}`}>
                  <td>{index + 1}</td>
                  <td>{view.roleTitle(step.from.role, step.from.variant)}</td>
                  <td>{roleOf(path, place)}</td>
                  <td>{path.tooLittleKnown ? '–' : figures.years(step.fromToday)}</td>
                  <td>
                    {counts.first(step.musts)}
                    {counts.rest(step.musts) && ` · ${counts.rest(step.musts)}`}
                  </td>
                  <td>
                    {place === path.steps.length - 1 &&
                      [way.timeAndClimb(path), way.musts(path), ...way.marks(path, paths)].join(' · ')}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      }
      csv={() => [
        [
          'way',
          'from',
          'to',
          'kind',
          'years from today min',
          'years from today max',
          'musts open',
          'musts not known',
          'levels of the whole way',
        ],
        ...paths.paths.flatMap((path, index) =>
          path.steps.map((step) => [
            index + 1,
            step.from.role,
            step.to.role,
            step.kind,
            path.tooLittleKnown ? null : step.fromToday.min,
            path.tooLittleKnown ? null : step.fromToday.max,
            step.musts.open,
            step.musts.notKnown,
            path.tooLittleKnown ? null : Number(path.gap.levels.toFixed(3)),
          ]),
        ),
      ]}
    />
  )
}

function Legend() {
  const t = useTranslations('paths')
  return (
    <ul role="list" className={classes['legend']}>
      <li>
        <svg width="44" height="16" viewBox="0 0 44 16" aria-hidden="true">
          <path d="M4 8h36" className={classes['range']} />
          <circle cx="22" cy="8" r="5" className={classes['stop']} />
        </svg>
        {t('legendRange')}
      </li>
      <li>
        <svg width="44" height="16" viewBox="0 0 44 16" aria-hidden="true">
          <circle cx="8" cy="8" r="5" className={classes['stop']} />
          <path d="M18 8h24" className={classes['range']} data-open="true" />
        </svg>
        {t('legendOpen')}
      </li>
      <li>
        <svg width="28" height="16" viewBox="0 0 28 16" aria-hidden="true">
          <path d="M6 8h20" className={classes['rail']} />
          <circle cx="6" cy="8" r="4" className={classes['today']} />
        </svg>
        {t('today')}
      </li>
    </ul>
  )
}
