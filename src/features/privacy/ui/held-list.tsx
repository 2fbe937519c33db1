// What is held about me: by kind, with its purpose, how long it is kept, and each field in a fold.
import { useTranslations } from 'use-intl'
import { WideTable } from '../../../ui/components/wide-table.tsx'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { HeldTable } from './privacy-api.ts'
import classes from './privacy.module.css'

export function HeldList({ tables }: { readonly tables: readonly HeldTable[] }) {
  const t = useTranslations('privacy')
  const { language } = useLanguage()
  const say = (words: HeldTable['purpose']) => (language === 'en' ? words.en : words['zh-Hans'])
  const there = tables.filter(({ rows, wrote }) => rows + wrote > 0)
  const absent = tables.length - there.length
  return (
    <>
      <ul className={classes['groups']}>
        {there.map((each) => (
          <li key={each.table}>
            <details>
              <summary>
                {say(each.kind)}{' '}
                <span className={classes['quiet']}>
                  {each.rows > 0 && t('rows', { count: each.rows })}
                  {each.rows > 0 && each.wrote > 0 && ' · '}
                  {each.wrote > 0 && t('wrote', { count: each.wrote })}
                </span>
              </summary>
              <p>{say(each.purpose)}</p>
              <p>{t('keptUntil', { until: say(each.retention) })}</p>
              <WideTable label={say(each.kind)}>
                <thead>
                  <tr>
                    <th scope="col">{t('field')}</th>
                    <th scope="col">{t('inExport')}</th>
                    <th scope="col">{t('atErasure')}</th>
                  </tr>
                </thead>
                <tbody>
                  {each.columns.map(({ column, export: how, erasure }) => (
                    <tr key={column}>
                      <th scope="row" className={classes['code']}>
                        {each.table}.{column}
                      </th>
                      <td data-label={t('inExport')}>{say(how)}</td>
                      <td data-label={t('atErasure')}>{say(erasure)}</td>
                    </tr>
                  ))}
                </tbody>
              </WideTable>
            </details>
          </li>
        ))}
      </ul>
      <p className={classes['quiet']}>{t('nothingOf', { count: absent })}</p>
    </>
  )
}
