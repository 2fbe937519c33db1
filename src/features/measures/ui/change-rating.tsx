// One person's ratings as a grid of raters and items; changing a cell measures again.
import { Button } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { Measurement } from '../../../core/measure/measurement.ts'
import type { Ratings } from '../../../core/measure/ratings.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import classes from './measure-screen.module.css'
import { scoreNow, type Change } from './use-measuring.ts'

const MOST_RATERS = 24
const MOST_PEOPLE = 2000

interface Props {
  readonly ratings: Ratings
  readonly changes: readonly Change[]
  readonly now: Measurement
  readonly before: Measurement | undefined
  readonly person: string
  readonly choosePerson: (id: string) => void
  readonly change: (rating: number, score: number) => void
  readonly undo: () => void
}

const minus = (value: number): string => value.toFixed(2).replace('-', '−')

export function ChangeRating({ ratings, changes, now, before, person, choosePerson, change, undo }: Props) {
  const t = useTranslations('measure')
  const { personIds, raterIds, itemIds, occasionIds, lowest, categories } = ratings
  const of = personIds.indexOf(person)
  const own: number[] = []
  for (let r = 0; r < ratings.person.length; r++) if (ratings.person[r] === of) own.push(r)
  const raters = [...new Set(own.map((r) => ratings.rater[r]!))]
  const items = [...new Set(own.map((r) => ratings.item[r]!))].toSorted((a, b) => a - b)
  const people = personIds
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, MOST_PEOPLE)
  const measureOf = (measurement: Measurement | undefined, id: string | undefined) =>
    measurement?.persons.find((one) => one.id === id)?.measure
  const last = changes.at(-1)
  const lastPerson = last && personIds[ratings.person[last.rating]!]
  const [from, to] = [measureOf(before, lastPerson), measureOf(now, lastPerson)]
  const name = (rating: number) => ({
    person: personIds[ratings.person[rating]!]!,
    rater: raterIds[ratings.rater[rating]!]!,
    item: itemIds[ratings.item[rating]!]!,
  })
  return (
    <div className={classes['change']}>
      <Choice
        label={t('person')}
        value={person}
        options={people.map((id) => ({ value: id, label: id }))}
        onChange={choosePerson}
      />
      <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('change')}>
        <table className={classes['grid']}>
          <thead>
            <tr>
              <th scope="col">{t('rater')}</th>
              {items.map((item) => (
                <th key={item} scope="col">
                  {itemIds[item]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {raters.slice(0, MOST_RATERS).map((rater) => (
              <tr key={rater}>
                <th scope="row">{raterIds[rater]}</th>
                {items.map((item) => (
                  <td key={item}>
                    {own
                      .filter((r) => ratings.rater[r] === rater && ratings.item[r] === item)
                      .map((r) => (
                        <select
                          key={r}
                          aria-label={`${t('cell', { rater: raterIds[rater]!, item: itemIds[item]! })}${ratings.occasion ? ` (${occasionIds[ratings.occasion[r]!]})` : ''}`}
                          data-changed={changes.some((one) => one.rating === r)}
                          value={scoreNow(ratings, changes, r)}
                          onChange={(event) => change(r, Number(event.currentTarget.value))}
                        >
                          {Array.from({ length: categories }, (_, k) => (
                            <option key={k} value={k}>
                              {lowest + k}
                            </option>
                          ))}
                        </select>
                      ))}
                    {!own.some((r) => ratings.rater[r] === rater && ratings.item[r] === item) && (
                      <span title={t('notRated')}>–</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {raters.length > MOST_RATERS && (
        <p className={classes['quiet']}>{t('moreRaters', { shown: MOST_RATERS, count: raters.length })}</p>
      )}
      <div className={classes['changes']}>
        <Button variant="default" size="compact-sm" disabled={changes.length === 0} onClick={undo}>
          {t('undo')}
        </Button>
        <p role="status" data-testid="moved">
          {changes.length > 0 && `${t('changes', { count: changes.length })}. `}
          {last && t('changed', { ...name(last.rating), from: lowest + last.from, to: lowest + last.to })}
          {last &&
            from !== undefined &&
            to !== undefined &&
            ` · ${t('moved', { person: lastPerson ?? '', from: minus(from), to: minus(to) })}`}
        </p>
      </div>
    </div>
  )
}
