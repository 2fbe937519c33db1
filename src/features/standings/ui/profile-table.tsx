// The table behind the profile.
import { useTranslations } from 'use-intl'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { LOCATION_COLUMNS, locationCells } from './location-cells.ts'
import { isInferred } from './is-inferred.ts'
import type { ProfileGroup } from './profile-rows.ts'
import { WhyButton } from './profile.tsx'
import { useLocationWords } from './use-location-words.ts'

interface Props {
  readonly view: FrameworkView
  readonly groups: readonly ProfileGroup[]
  readonly bar: string | undefined
}

/** The profile as plain cells; what is not known stays empty. */
export function profileCells(
  view: FrameworkView,
  groups: readonly ProfileGroup[],
): (string | number | null)[][] {
  return [
    [
      'competency',
      'area',
      'known',
      'inferred',
      ...LOCATION_COLUMNS,
      'logits',
      'standard error',
      'bar',
      'last time',
      'answered',
      'no opportunity',
      'shown',
      'behaviours',
    ],
    ...groups.flatMap(({ rows }) =>
      rows.map(({ standing: each, asked, before }) => {
        const { mean, sd } = each.location
        return [
          view.competencyTitle(each.competency),
          view.areaTitle(each.area),
          each.known ? 'yes' : 'no',
          isInferred(each) ? 'yes' : 'no',
          ...locationCells(each.location, each.known),
          ...[mean, sd].map((value) => (each.known ? Number(value.toFixed(3)) : null)),
          asked ?? null,
          before === undefined ? null : Number(before.toFixed(3)),
          each.answered,
          each.noOpportunity,
          each.shown,
          each.behaviours,
        ]
      }),
    ),
  ]
}

export function ProfileTable({ view, groups, bar }: Props) {
  const t = useTranslations('standing')
  const words = useLocationWords()
  return (
    <table>
      <caption className="visually-hidden">{t('profile')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('competency')}</th>
          <th scope="col">{t('area')}</th>
          <th scope="col">{t('level')}</th>
          <th scope="col">{t('interval50')}</th>
          <th scope="col">{t('interval90')}</th>
          {bar && <th scope="col">{t('barLegend', { role: bar })}</th>}
          <th scope="col">{t('shown')}</th>
        </tr>
      </thead>
      <tbody>
        {groups.flatMap((group) =>
          group.rows.map(({ standing: each, asked }) => (
            <tr key={each.competency}>
              <th scope="row">{view.competencyTitle(each.competency)}</th>
              <td>{view.areaTitle(each.area)}</td>
              <td>
                <WhyButton competency={each.competency} title={view.competencyTitle(each.competency)}>
                  {each.known ? words.place(each.location) : t('notKnown')}
                  {isInferred(each) && ` (${t('inferred')})`}
                </WhyButton>
              </td>
              <td>{each.known ? words.range(each.location, 'interval50') : '–'}</td>
              <td>{each.known ? words.range(each.location) : '–'}</td>
              {bar && <td>{asked ?? '–'}</td>}
              <td>
                {t('shownOf', {
                  shown: each.shown,
                  asked: each.answered,
                  never: each.behaviours - each.answered - each.noOpportunity,
                })}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  )
}
