// Why a number is what it is: the answers behind it, how sure it is, and what one more answer would change.
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { basisOf } from '../../../core/growth/basis.ts'
import type { Why } from '../../../core/growth/why-model.ts'
import { Ruler } from '../../../ui/charts/ruler.tsx'
import { Loading } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useIsAnswering } from '../../assessments/ui/blind-fold.tsx'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { standingsApi } from './standings-api.ts'
import { useAnswerWords } from './use-answer-words.ts'
import { useLocationWords } from './use-location-words.ts'
import classes from './why-panel.module.css'

interface Props {
  readonly view: FrameworkView
  readonly assessment: string
}

export function WhyPanel({ view, assessment }: Props) {
  const t = useTranslations('why')
  const search: { why?: string } = useSearch({ strict: false })
  const navigate = useNavigate()
  const competency = search.why
  const { data, error } = useQuery({
    ...standingsApi.why.queryOptions({ input: { assessment, competency: competency ?? '' } }),
    enabled: competency !== undefined,
  })
  const close = () => {
    const { why: _closed, ...rest } = search
    void navigate({ to: '.', search: rest as never, resetScroll: false })
  }
  return (
    <Modal
      opened={competency !== undefined}
      onClose={close}
      size="xl"
      title={competency === undefined ? '' : t('titleOf', { competency: view.competencyTitle(competency) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {data && data.competency === competency ? (
        <Explanation why={data} view={view} />
      ) : error ? (
        <Refused error={error} />
      ) : (
        <Loading />
      )}
    </Modal>
  )
}

type Outcome = NonNullable<Why['oneMore']>['outcomes'][number]

/** The three answers that show a behaviour move a level alike: one row, with their chances together. */
function rowsOf(outcomes: readonly Outcome[]): Outcome[] {
  const shown = outcomes.filter(({ countsAs }) => countsAs === 'shown')
  const probability = shown.reduce((sum, each) => sum + each.probability, 0)
  return outcomes.flatMap((each) =>
    each.countsAs !== 'shown' ? [each] : each === shown[0] ? [{ ...each, probability }] : [],
  )
}

function Explanation({ why, view }: { readonly why: Why; readonly view: FrameworkView }) {
  const t = useTranslations('why')
  const standing = useTranslations('standing')
  const figures = useFigures()
  const answerWord = useAnswerWords()
  const { location } = why
  const known = why.basis === 'answers'
  const basis = basisOf(why)
  const basisWords = {
    answers: 'basisAnswers',
    half: 'basisHalf',
    inferred: 'basisMostlyGeneral',
    general: 'basisGeneral',
  } as const
  // While somebody answers, a behaviour does not say its level.
  const isAnswering = useIsAnswering(view.framework.id)
  const words = useLocationWords()
  const general = words.placeAt(why.generalLevel.level, why.generalLevel.beyond)
  const numbers = { level: words.place(location), range: words.range(location) }
  const past = known ? words.note([location]) : ''
  return (
    <div className={classes['why']}>
      <Ruler
        levels={view.scaleOf(why.competency).levels.length}
        mark={known ? location : undefined}
        faint={location}
        inferred={basis === 'inferred'}
        label={known ? standing('dot', numbers) : standing('dotUnknown')}
        numbers
      />
      {known && <p>{t('number', numbers)}</p>}
      {past && <p className={classes['quiet']}>{past}</p>}
      <p>{t(basisWords[basis], { level: general })}</p>
      <h3>{t('answers')}</h3>
      {why.answers.length === 0 ? (
        <p className={classes['quiet']}>{t('noAnswers')}</p>
      ) : (
        <ul role="list" className={classes['answers']}>
          {why.answers.map((each) => (
            <li key={each.behaviour}>
              <span className={classes['text']}>{view.say(each.text)}</span>
              <span className={classes['meta']}>
                <strong>{answerWord(each.answer)}</strong>
                {' · '}
                {!isAnswering && `${view.levelTitle(why.competency, each.level)} · `}
                {each.levelWithout === null
                  ? t('notCounted')
                  : t('without', { level: words.placeAt(each.levelWithout, each.beyondWithout) })}
                {each.carried && ` · ${t('earlierAnswer', { date: figures.date(each.carried.givenAt) })}`}
                {each.evidence && (
                  <>
                    {' · '}
                    <a href={each.evidence} target="_blank" rel="noreferrer">
                      {t('evidence')}
                    </a>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {why.answers.length > 0 && <p className={classes['quiet']}>{t('helpCounts')}</p>}
      <h3>{t('oneMore')}</h3>
      {why.oneMore ? (
        <>
          <p>{t('oneMoreLead', { text: view.say(view.behaviour(why.oneMore.behaviour)?.text) })}</p>
          <table>
            <tbody>
              {rowsOf(why.oneMore.outcomes).map((each) => (
                <tr key={each.answer}>
                  <th scope="row">{each.countsAs === 'shown' ? t('shownRow') : answerWord(each.answer)}</th>
                  <td>
                    {t('outcome', {
                      level: words.placeAt(each.level, each.beyondLevel),
                      range: words.rangeAt(each.interval90, each.beyond90),
                    })}
                  </td>
                  <td>{t('expected', { percent: figures.percent(each.probability) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={classes['quiet']}>{t('countAlike')}</p>
        </>
      ) : (
        <p className={classes['quiet']}>{t(why.noMore === 'no-opportunity' ? 'noChance' : 'everything')}</p>
      )}
      <p className={classes['quiet']}>
        {t(why.anchors.calibrated ? 'calibrated' : 'anchors')}{' '}
        <Link
          to="/frameworks/$framework/competencies/$competency"
          params={{ framework: view.framework.id, competency: why.competency }}
        >
          {t('openCompetency')}
        </Link>
      </p>
      <details className={classes['quiet']}>
        <summary>{t('statistics')}</summary>
        <p>
          {t('logits', {
            mean: figures.sd(location.mean),
            sd: figures.sd(location.sd),
            anchors: figures.sd(why.anchors.sd),
          })}{' '}
          {t('bars', {
            list: figures.list(
              why.bars.map((each) => t('barAt', { level: each.level, logits: figures.sd(each.logits) })),
            ),
          })}
        </p>
      </details>
    </div>
  )
}
