// The table behind the ladder map: every step with its years and who says so.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { yearsOf } from './ladder-map-text.ts'
import type { FrameworkView } from './use-framework.ts'

interface Props {
  readonly view: FrameworkView
}

/** The rows of the table as plain cells, for copying. */
export function ladderRows(view: FrameworkView): (string | number | null)[][] {
  return [
    ['from', 'to', 'kind', 'years min', 'years max', 'source'],
    ...view.framework.transitions.flatMap((line) => {
      const claims = yearsOf(view.framework, line)
      if (claims.length === 0) return [[line.from, line.to, line.kind, null, null, null]]
      return claims.map(({ years, source }) => [
        line.from,
        line.to,
        line.kind,
        years.min,
        years.max ?? null,
        source ?? 'framework',
      ])
    }),
  ]
}

export function LadderTable({ view }: Props) {
  const t = useTranslations('ladder')
  const years = useTranslations('years')
  const figures = useFigures()
  return (
    <table>
      <caption className="visually-hidden">{t('tableTitle')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('from')}</th>
          <th scope="col">{t('to')}</th>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('years')}</th>
          <th scope="col">{t('changes')}</th>
          <th scope="col">{t('origin')}</th>
        </tr>
      </thead>
      <tbody>
        {view.framework.transitions.map((line) => (
          <tr key={`${line.from}>${line.to}`}>
            <td>
              <Link
                to="/frameworks/$framework/roles/$role"
                params={{ framework: view.framework.id, role: line.from }}
              >
                {view.roleTitle(line.from)}
              </Link>
            </td>
            <td>
              <Link
                to="/frameworks/$framework/roles/$role"
                params={{ framework: view.framework.id, role: line.to }}
              >
                {view.roleTitle(line.to)}
              </Link>
            </td>
            <td>{t(line.kind)}</td>
            <td>
              {yearsOf(view.framework, line).length === 0
                ? '–'
                : yearsOf(view.framework, line).map((each, index) => (
                    <div key={index}>{figures.years(each.years)}</div>
                  ))}
            </td>
            <td>{view.say(line.changes)}</td>
            <td>
              {yearsOf(view.framework, line).length === 0
                ? '–'
                : yearsOf(view.framework, line).map(({ source }, index) => (
                    <div key={index}>{source ? view.sourceTitle(source) : years('framework')}</div>
                  ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
