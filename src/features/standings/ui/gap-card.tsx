// One expectation of a role: where I am on it, which behaviours I showed, and which would show it.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Action, ExpectationGap } from '../../../core/growth/model.ts'
import { Ruler } from '../../../ui/charts/ruler.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useContinue } from '../../assessments/ui/use-continue.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import classes from './gap-screen.module.css'
import { isInferred } from './is-inferred.ts'
import { WhyButton } from './profile.tsx'
import { useAnswerWords } from './use-answer-words.ts'
import { useLocationWords } from './use-location-words.ts'

/** An action in the reader's words. */
export function useActionWords(): (action: Action) => string {
  const t = useTranslations('gap')
  const words: Record<Action, string> = {
    'answer-first': t('actionAnswerFirst'),
    'find-opportunity': t('actionFindOpportunity'),
    'try-with-support': t('actionTryWithSupport'),
    'do-on-your-own': t('actionDoOnYourOwn'),
    'record-evidence': t('actionRecordEvidence'),
    'nothing-more': t('actionNothingMore'),
  }
  return (action) => words[action]
}

interface Props {
  readonly expectation: ExpectationGap
  readonly view: FrameworkView
  readonly assessment: string
}

export function GapCard({ expectation, view, assessment }: Props) {
  const t = useTranslations('gap')
  const askMore = useTranslations('askMore')
  const words = useTranslations('level')
  const standing = useTranslations('standing')
  const figures = useFigures()
  const place = useLocationWords()
  const answerWord = useAnswerWords()
  const actionWord = useActionWords()
  const more = useContinue(assessment)
  const { competency, level, location, known, shown, toShow, kind } = expectation
  const mostlyInferred = isInferred(expectation)
  const title = view.competencyTitle(competency)
  // What was shown and could still get a link is shown all the same: the link would make it firmer.
  const isShown = ({ action }: { readonly action: Action }): boolean =>
    action === 'record-evidence' || action === 'nothing-more'
  const still = toShow.filter((each) => !isShown(each))
  const done = [
    ...shown.filter((each) => !toShow.some(({ behaviour }) => behaviour === each.behaviour)),
    ...toShow.filter(isShown),
  ]
  return (
    <article className={classes['card']}>
      <header className={classes['cardHead']}>
        <h4>
          <Link
            to="/frameworks/$framework/competencies/$competency"
            params={{ framework: view.framework.id, competency }}
          >
            {title}
          </Link>
        </h4>
        {kind === 'should' && <Tag tone="dashed">{words('should')}</Tag>}
        {expectation.inferred && <Tag title={t('inferredWhy')}>{t('inferred')}</Tag>}
        {mostlyInferred && !expectation.inferred && (
          <Tag title={standing('inferredLegend')}>{standing('inferred')}</Tag>
        )}
      </header>
      <Ruler
        levels={view.scaleOf(competency).levels.length}
        mark={known ? location : undefined}
        faint={location}
        inferred={mostlyInferred}
        notch={level}
        label={`${title}: ${known ? place.place(location) : t('notKnown')}${mostlyInferred ? ` (${standing('inferredLegend')})` : ''}, ${t('asks', { level })}`}
      />
      <p className={classes['figures']}>
        {t('asks', { level })}
        <WhyButton competency={competency} title={title}>
          {known ? t('atBar', { percent: figures.percent(expectation.probability) }) : t('notKnown')}
        </WhyButton>
      </p>
      {still.length > 0 && (
        <details>
          <summary>{`${t('toShow')}\u00a0·\u00a0${still.length}`}</summary>
          <ul role="list" className={classes['behaviours']}>
            {still.map((each) => (
              <li key={each.behaviour}>
                {view.say(each.text)}
                <span className={classes['action']}>
                  {each.action === 'answer-first' ? (
                    <button type="button" disabled={more.busy} onClick={() => more.ask({ competency })}>
                      {actionWord(each.action)}
                    </button>
                  ) : (
                    actionWord(each.action)
                  )}
                  {each.answer && ` · ${answerWord(each.answer)}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {more.nothingLeft && <p role="status">{askMore('nothingLeft')}</p>}
      {done.length > 0 && (
        <details>
          <summary>{`${t('shown')}\u00a0·\u00a0${done.length}`}</summary>
          <ul role="list" className={classes['behaviours']}>
            {done.map((each) => (
              <li key={each.behaviour}>
                {view.say(each.text)}
                <span className={classes['action']}>
                  {each.answer && answerWord(each.answer)}
                  {!each.evidence && ` · ${t('linkFirmer')}`}
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
        </details>
      )}
    </article>
  )
}
