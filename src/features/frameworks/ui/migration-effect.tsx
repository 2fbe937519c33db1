// What a mapping would do to each assessment: answers that move or stay, what becomes "not known", readiness.
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { MigrationPreview } from './versions-api.ts'
import classes from './versions.module.css'

type Moved = MigrationPreview['details'][number]
type Side = Moved['competencies'][number]['before'][number]

export function MigrationEffect({ preview }: { readonly preview: MigrationPreview }) {
  const t = useTranslations('versions')
  const figures = useFigures()
  const { language } = useLanguage()
  if (preview.details.length === 0) return null
  return (
    <ul role="list" className={classes['effects']}>
      {preview.details.map((one) => (
        <li key={one.assessment}>
          <details>
            <summary>
              {t('assessmentOf', { date: figures.dateTime(one.startedAt) })}{' '}
              <span className={classes['quiet']}>
                {t('answersMove', {
                  moved: one.answers.moved,
                  total: one.answers.total,
                  left: one.answers.leftBehind,
                })}
              </span>
            </summary>
            {one.notKnown.length > 0 && (
              <p>
                {t('becomesUnknown')}{' '}
                {figures.list(
                  one.notKnown.map(({ title, reason }) =>
                    t('unknownBecause', {
                      title: textIn(title, language),
                      reason: t(`unknown.${reason === 'no answer moved' ? 'none' : reason}`),
                    }),
                  ),
                )}
              </p>
            )}
            <Before one={one} />
          </details>
        </li>
      ))}
    </ul>
  )
}

function Before({ one }: { readonly one: Moved }) {
  const t = useTranslations('versions')
  const standing = useTranslations('standing')
  const figures = useFigures()
  const { language } = useLanguage()
  const side = (sides: readonly Side[]) =>
    sides.length === 0
      ? '–'
      : sides.map((each) => (
          <span key={each.competency} className={classes['side']}>
            {textIn(each.title, language)}{' '}
            {each.known ? (
              t('at', {
                level: figures.level(each.level),
                low: figures.level(each.interval90[0]),
                high: figures.level(each.interval90[1]),
              })
            ) : (
              <em>{t('notKnown')}</em>
            )}
          </span>
        ))
  const readiness = (value: Moved['readiness'][number]['before']) => {
    if (value === null) return '–'
    const { readiness: all, ofKnown, tooLittleKnown } = value
    if (all !== null) return figures.percent(all)
    return ofKnown
      ? standing('ofKnown', {
          percent: figures.percent(ofKnown.probability),
          musts: ofKnown.musts,
          unknown: ofKnown.notKnown,
        })
      : standing('tooLittle', {
          answered: tooLittleKnown?.answered ?? 0,
          musts: tooLittleKnown?.musts ?? 0,
        })
  }
  return (
    <div className={classes['wide']} role="region" aria-label={t('beforeAfter')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('becomes')}</th>
            <th scope="col">{t('beforeIt')}</th>
            <th scope="col">{t('afterIt')}</th>
          </tr>
        </thead>
        <tbody>
          {one.competencies.map((each, at) => (
            <tr key={at}>
              <th scope="row">{t(`map.${each.kind}`)}</th>
              <td>{side(each.before)}</td>
              <td>{side(each.after)}</td>
            </tr>
          ))}
          {one.readiness.map(({ before, after }, at) => (
            <tr key={`role-${at}`}>
              <th scope="row">{t('readinessFor', { role: textIn((before ?? after)!.title, language) })}</th>
              <td>{readiness(before)}</td>
              <td>{readiness(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
