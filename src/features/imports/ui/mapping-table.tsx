// Every kind of place in the source as one table: what stands there, what it became, and the way to correct it.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { BecameMark } from './became-mark.tsx'
import type { GroupView, Made } from './import-session.ts'
import classes from './import-screen.module.css'

interface Props {
  readonly made: Made
  readonly open: (passage: number) => void
}

const SHOWN = 30

export function MappingTable({ made, open }: Props) {
  const t = useTranslations('import')
  const [all, setAll] = useState(false)
  const isOpen = ({ became }: GroupView) => became.some((each) => each.became === 'missing')
  const sorted = [...made.groups.filter(isOpen), ...made.groups.filter((each) => !isOpen(each))]
  const shown = all ? sorted : sorted.slice(0, SHOWN)
  return (
    <>
      <div className={classes['scroll']} role="region" aria-label={t('mapping')} tabIndex={0}>
        <table className={classes['mapping']}>
          <thead>
            <tr>
              <th scope="col">{t('where')}</th>
              <th scope="col">{t('sample')}</th>
              <th scope="col">{t('became_')}</th>
              <th scope="col">{t('correct')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <tr key={group.index}>
                <th scope="row">
                  <code>{group.steps.join(' › ')}</code>
                  <span className={classes['quiet']}>
                    {group.files.length === 1 ? group.files[0] : t('inFiles', { count: group.files.length })}{' '}
                    · {t('passages', { count: group.count })}
                  </span>
                </th>
                <td>{group.sample}</td>
                <td>
                  <span className={classes['marks']}>
                    {group.became.map(({ became, count }) => (
                      <BecameMark key={became} became={became} count={count} />
                    ))}
                  </span>
                  {group.reason !== undefined && <span className={classes['quiet']}>{group.reason}</span>}
                </td>
                <td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('changeOf', { place: group.steps.join(' › ') })}
                    onClick={() => open(group.passage)}
                  >
                    {t('change')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > SHOWN && !all && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t('showAll', { count: made.groups.length })}
        </Button>
      )}
      {all && made.groupCount > made.groups.length && (
        <p className={classes['quiet']}>{t('moreGroups', { count: made.groupCount - made.groups.length })}</p>
      )}
    </>
  )
}
