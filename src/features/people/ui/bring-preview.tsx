// What a people file would change, or everything that is wrong with it.
import { Button } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { CHANGE_KINDS } from '../../../core/org/people-import/change.ts'
import type { PeopleFaultCode } from '../../../core/org/people-import/fault.ts'
import { Section } from '../../../ui/components/page.tsx'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { noonOf } from './address.ts'
import type { Preview } from './use-bringing.ts'
import classes from './people.module.css'

/** The id of the field with the day from which the file holds. */
export const DAY_FIELD = 'from-day'

interface Props {
  readonly preview: Preview
  readonly apply: () => void
}

export function BringPreview({ preview, apply }: Props) {
  const t = useTranslations('bring')
  const { date } = useFigures()
  const { faults, counts, changes, unchanged } = preview
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const isFaulty = faults.length > 0
  if (isFaulty && total === 0) return <Faults faults={faults} />
  return (
    <>
      {isFaulty && <Faults faults={faults} />}
      <Notices preview={preview} />
      <Section
        title={total === 0 ? t('nothing') : t('changes', { count: total })}
        lead={isFaulty ? t('beside') : t('unchanged', { count: unchanged })}
      >
        <div className={classes['kinds']}>
          {CHANGE_KINDS.filter((kind) => (counts[kind] ?? 0) > 0).map((kind) => {
            const some = changes.filter((change) => change.kind === kind)
            const count = counts[kind] ?? 0
            // A column that says nothing of this kind of change is left out.
            const has = {
              person: some.some(({ person }) => person),
              before: some.some(({ before }) => before),
            }
            return (
              <details key={kind} open={count <= 20}>
                <summary>
                  {t(`kind.${kind}`)} · {count}
                </summary>
                {some.length < count && (
                  <p className={classes['quiet']}>{t('firstOf', { shown: some.length, total: count })}</p>
                )}
                <WideTable label={t(`kind.${kind}`)}>
                  <thead>
                    <tr>
                      {has.person && <th scope="col">{t('person')}</th>}
                      <th scope="col">{t('from')}</th>
                      {has.before && <th scope="col">{t('before')}</th>}
                      <th scope="col">{t('after')}</th>
                      <th scope="col">{t('place')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {some.map((change, index) => (
                      <tr key={index}>
                        {has.person && <td data-label={t('person')}>{change.person}</td>}
                        <td className={classes['day']} data-label={t('from')}>
                          {change.from !== null && date(`${change.from}T12:00`)}
                        </td>
                        {has.before && (
                          <td data-label={change.before ? t('before') : undefined}>{change.before}</td>
                        )}
                        <td data-label={change.after ? t('after') : undefined}>{change.after}</td>
                        <td data-label={change.row === null ? undefined : t('place')}>
                          {change.row === null ? '' : t('row', { row: change.row })}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </WideTable>
              </details>
            )
          })}
        </div>
        {total > 0 && !isFaulty && (
          <div className={classes['buttons']}>
            <Button onClick={apply}>{t('apply', { count: total })}</Button>
          </div>
        )}
      </Section>
    </>
  )
}

function Faults({ faults }: { readonly faults: Preview['faults'] }) {
  const t = useTranslations('bring')
  return (
    <Section title={t('faults', { count: faults.length })} lead={t('faultsLead')}>
      <WideTable label={t('message')}>
        <thead>
          <tr>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('message')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ row, column, code, values }, index) => (
            <tr key={index}>
              <td className={classes['day']} data-label={t('place')}>
                {row === null ? t('file') : column === null ? t('row', { row }) : t('cell', { row, column })}
              </td>
              <td data-label={t('message')}>
                {t(`fault.${code as PeopleFaultCode}`, { hint: '', ...values })}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Section>
  )
}

function Notices({ preview: { notices, noticeCount, placesFrom } }: { readonly preview: Preview }) {
  const t = useTranslations('bring')
  if (noticeCount === 0 && placesFrom === null) return null
  return (
    <Section title={t('notices')}>
      <ul>
        {placesFrom !== null && (
          <li>
            {t('placesFrom', {
              count: placesFrom.people,
              day: noonOf(placesFrom.day),
              first: noonOf(placesFrom.first),
            })}{' '}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => document.querySelector<HTMLElement>(`#${DAY_FIELD}`)?.focus()}
            >
              {t('otherDay')}
            </Button>
          </li>
        )}
        {notices.slice(0, 12).map(({ kind, values }, index) => (
          <li key={index}>
            {kind === 'no-manager'
              ? t('noManager', { person: values['person'] ?? '' })
              : t('managerLeaves', {
                  ...{
                    person: values['person'] ?? '',
                    manager: values['manager'] ?? '',
                    day: values['day'] ?? '',
                  },
                })}
          </li>
        ))}
      </ul>
      {noticeCount > 12 && (
        <p className={classes['quiet']}>{t('noticesMore', { count: noticeCount - 12 })}</p>
      )}
    </Section>
  )
}
