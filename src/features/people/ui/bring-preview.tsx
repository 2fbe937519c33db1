// What a people file would change, or everything that is wrong with it.
import { Button } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { CHANGE_KINDS } from '../../../core/org/people-import/change.ts'
import type { PeopleFaultCode } from '../../../core/org/people-import/fault.ts'
import { Section } from '../../../ui/components/page.tsx'
import type { Preview } from './use-bringing.ts'
import classes from './people.module.css'

interface Props {
  readonly preview: Preview
  readonly apply: () => void
}

export function BringPreview({ preview, apply }: Props) {
  const t = useTranslations('bring')
  const { faults, counts, changes, unchanged } = preview
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (faults.length > 0) return <Faults faults={faults} />
  return (
    <>
      <Notices preview={preview} />
      <Section
        title={total === 0 ? t('nothing') : t('changes', { count: total })}
        lead={t('unchanged', { count: unchanged })}
      >
        <div className={classes['kinds']}>
          {CHANGE_KINDS.filter((kind) => (counts[kind] ?? 0) > 0).map((kind) => {
            const some = changes.filter((change) => change.kind === kind)
            const count = counts[kind] ?? 0
            return (
              <details key={kind} open={count <= 20}>
                <summary>
                  {t(`kind.${kind}`)} · {count}
                </summary>
                {some.length < count && (
                  <p className={classes['quiet']}>{t('firstOf', { shown: some.length, total: count })}</p>
                )}
                <div className={classes['wide']} tabIndex={0} role="region" aria-label={t(`kind.${kind}`)}>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">{t('person')}</th>
                        <th scope="col">{t('from')}</th>
                        <th scope="col">{t('before')}</th>
                        <th scope="col">{t('after')}</th>
                        <th scope="col">{t('place')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {some.map((change, index) => (
                        <tr key={index}>
                          <td>{change.person}</td>
                          <td className={classes['day']}>{change.from}</td>
                          <td>{change.before}</td>
                          <td>{change.after}</td>
                          <td>{change.row === null ? '' : t('row', { row: change.row })}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </details>
            )
          })}
        </div>
        {total > 0 && (
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
      <div className={classes['wide']} tabIndex={0} role="region" aria-label={t('message')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('place')}</th>
              <th scope="col">{t('message')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map(({ row, column, code, values }, index) => (
              <tr key={index}>
                <td className={classes['day']}>
                  {row === null
                    ? t('file')
                    : column === null
                      ? t('row', { row })
                      : t('cell', { row, column })}
                </td>
                <td>{t(`fault.${code as PeopleFaultCode}`, { hint: '', ...values })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function Notices({ preview: { notices, noticeCount } }: { readonly preview: Preview }) {
  const t = useTranslations('bring')
  if (noticeCount === 0) return null
  return (
    <Section title={t('notices')}>
      <ul>
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
