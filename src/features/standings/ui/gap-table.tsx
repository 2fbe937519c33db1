// The table behind the gap's four columns.
import { useTranslations } from 'use-intl'
import type { Gap } from '../../../core/growth/model.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { isInferred } from './is-inferred.ts'
import { LOCATION_COLUMNS, locationCells } from './location-cells.ts'
import { useLocationWords } from './use-location-words.ts'

interface Props {
  readonly gap: Gap
  readonly view: FrameworkView
}

export function gapCells(gap: Gap, view: FrameworkView): (string | number | null)[][] {
  return [
    [
      'competency',
      'kind',
      'asks',
      'state',
      'inferred',
      'probability',
      ...LOCATION_COLUMNS,
      'readiness if certain',
    ],
    ...gap.expectations.map((each) => [
      view.competencyTitle(each.competency),
      each.kind,
      each.level,
      each.state,
      isInferred(each) || each.inferred ? 'yes' : 'no',
      each.known ? Number(each.probability.toFixed(3)) : null,
      ...locationCells(each.location, each.known),
      each.readinessWithout === null ? null : Number(each.readinessWithout.toFixed(3)),
    ]),
  ]
}

export function GapTable({ gap, view }: Props) {
  const t = useTranslations('gap')
  const standing = useTranslations('standing')
  const words = useTranslations('level')
  const figures = useFigures()
  const place = useLocationWords()
  const states = { met: t('met'), likely: t('likely'), open: t('open'), 'not-known': t('notKnown') }
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{standing('competency')}</th>
          <th scope="col">{t('expected')}</th>
          <th scope="col">{t('yours')}</th>
          <th scope="col">{standing('interval90')}</th>
          <th scope="col">{t('probability')}</th>
          <th scope="col">{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {gap.expectations.map((each) => (
          <tr key={each.competency}>
            <th scope="row">{view.competencyTitle(each.competency)}</th>
            <td>
              {each.level} {words(each.kind)}
            </td>
            <td>
              {each.known ? place.place(each.location) : '–'}
              {isInferred(each) && ` (${standing('inferred')})`}
            </td>
            <td>{each.known ? place.range(each.location) : '–'}</td>
            <td>{each.known ? figures.percent(each.probability) : '–'}</td>
            <td>{each.inferred ? `${states[each.state]} (${t('inferred')})` : states[each.state]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
