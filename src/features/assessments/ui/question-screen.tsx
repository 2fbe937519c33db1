// One question a screen: a behaviour without its level, six answers, and how much is known by now.
import { Button, Modal, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { useRefusal } from '../../../ui/words/use-refusal.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { AreaProgress } from './area-progress.tsx'
import { assessmentsApi } from './assessments-api.ts'
import type { AssessmentState, Question } from './assessments-api.ts'
import { CarriedAnswers } from './carried-answers.tsx'
import { DiscardRun } from './discard-run.tsx'
import { Finished } from './finished.tsx'
import classes from './question-screen.module.css'
import { useAnswering } from './use-answering.ts'
import type { Answering } from './use-answering.ts'

const ANSWERS = [
  ['not-yet', 'notYet', 'notYetHint', '1'],
  ['with-help', 'withHelp', 'withHelpHint', '2'],
  ['on-my-own', 'onMyOwn', 'onMyOwnHint', '3'],
  ['lead-others', 'leadOthers', 'leadOthersHint', '4'],
  ['set-how', 'setHow', 'setHowHint', '5'],
  ['no-opportunity', 'noOpportunity', 'noOpportunityHint', 'N'],
] as const

/** From so many replies without an opportunity it is said that little can come of it, and what else there is. */
const MANY_WITHOUT = 10

export function QuestionScreen() {
  const { assessment } = useParams({ from: '/assess/$assessment' })
  const { data } = useSuspenseQuery({
    ...assessmentsApi.get.queryOptions({ input: { id: assessment } }),
    staleTime: 30_000,
  })
  return <Asking key={assessment} state={data} />
}

function Asking({ state }: { readonly state: AssessmentState }) {
  const t = useTranslations('question')
  const answering = useAnswering(state)
  const [ending, setEnding] = useState(false)
  const [without, setWithout] = useState(0)
  const { question, progress } = state
  useEffect(() => {
    document.title = `${t('title')} · Rungs`
  }, [t])
  return (
    <div className={classes['screen']}>
      {question && <AreaProgress progress={progress} />}
      {question && <CarriedAnswers state={state} answering={answering} />}
      {question ? (
        <QuestionCard
          key={question.item}
          question={question}
          state={state}
          without={without}
          answering={{
            ...answering,
            answer: (answer, evidence) => {
              if (answering.busy) return
              setWithout(answer === 'no-opportunity' ? without + 1 : 0)
              answering.answer(answer, evidence)
            },
            undo: () => {
              setWithout(0)
              answering.undo()
            },
          }}
          onEnd={() => setEnding(true)}
        />
      ) : (
        <Finished state={state} answering={answering} />
      )}
      <Modal
        opened={ending && question !== null}
        onClose={() => setEnding(false)}
        title={t('finish')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
        centered
      >
        <p>{t('finishEarly')}</p>
        <div className={classes['modalActions']}>
          <Button variant="default" onClick={() => setEnding(false)}>
            {t('cancel')}
          </Button>
          <Button
            onClick={() => {
              setEnding(false)
              answering.finish()
            }}
          >
            {t('finish')}
          </Button>
        </div>
      </Modal>
    </div>
  )
}

interface CardProps {
  readonly question: Question
  readonly state: AssessmentState
  readonly answering: Answering
  /** Replies "no opportunity" in a row since the page opened. */
  readonly without: number
  readonly onEnd: () => void
}

/** Http or https, without a password: what the server accepts as evidence. */
export function isLink(text: string): boolean {
  try {
    const url = new URL(text)
    return (
      ['http:', 'https:'].includes(url.protocol) &&
      url.username === '' &&
      url.password === '' &&
      text.length <= 2000
    )
  } catch {
    return false
  }
}

/** Which sentence says why this question is asked; none of them names a level. */
function reasonOf({ reason }: Question, mode: AssessmentState['assessment']['mode']) {
  if (mode === 'whole-bank') return 'reasonEverything'
  if (reason.answered === 0) return 'reasonFirst'
  return reason.follows ? 'reasonFollows' : 'reasonBack'
}

function QuestionCard({ question, state, answering, without, onEnd }: CardProps) {
  const t = useTranslations('question')
  const { sentences } = useFigures()
  const { language } = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  const [linking, setLinking] = useState(false)
  const [link, setLink] = useState('')
  const [chosen, setChosen] = useState<string>()
  const refused = useRefusal(answering.refused)
  const fault = link.trim() !== '' && !isLink(link.trim())
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const give = (answer: (typeof ANSWERS)[number][0]): void => {
    if (fault) return
    setChosen(answer)
    answering.answer(answer, link.trim() || undefined)
  }
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      const target = event.target as HTMLElement
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || document.querySelector('[role="dialog"]'))
        return
      const answer = ANSWERS.find(([, , , key]) => key === event.key.toUpperCase())
      if (answer) give(answer[0])
      else if (event.key.toLowerCase() === 'u') answering.undo()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
  return (
    <>
      <div className={classes['question']}>
        <p className={classes['place']}>
          {textIn(question.areaTitle, language)} · {textIn(question.competencyTitle, language)}
        </p>
        <h1 ref={heading} tabIndex={-1} className={classes['text']} data-item={question.item}>
          {textIn(question.text, language)}
        </h1>
      </div>
      <p className={classes['how']} id="how">
        {t('how')} <span className={classes['hint']}>{t('howHint')}</span>
      </p>
      <ul role="list" className={classes['answers']} aria-labelledby="how">
        {ANSWERS.map(([answer, name, hint, key]) => (
          <li key={answer}>
            <button
              type="button"
              className={classes['answer']}
              data-answer={answer}
              data-chosen={chosen === answer && answering.busy}
              aria-keyshortcuts={key}
              aria-disabled={answering.busy}
              onClick={() => give(answer)}
            >
              <kbd aria-hidden="true">{key}</kbd>
              <span className={classes['name']}>{t(name)}</span>
              <span className={classes['hint']}>{t(hint)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className={classes['alike']}>{t('shownAlike')}</p>
      <p role="status" className={classes['status']} data-waiting={answering.waiting}>
        {answering.waiting
          ? t('notSaved')
          : answering.refused
            ? refused
            : state.lastAnswer
              ? t('saved')
              : ' '}
      </p>
      <p className={classes['reason']}>
        {sentences(
          t(reasonOf(question, state.assessment.mode), {
            competency: textIn(question.competencyTitle, language),
            count: question.reason.answered,
          }),
          t('blind'),
        )}
      </p>
      {state.assessment.answered === 0 && state.assessment.noOpportunity >= MANY_WITHOUT && (
        <p className={classes['reason']} data-without>
          {t('noneScored', { count: state.assessment.noOpportunity })}
        </p>
      )}
      {without >= MANY_WITHOUT && (
        <p className={classes['reason']} data-many-without>
          {t('manyWithout', { count: without })}{' '}
          {state.assessment.can.finish && (
            <Button variant="subtle" size="compact-xs" onClick={onEnd}>
              {t('finish')}
            </Button>
          )}
          <Button variant="subtle" size="compact-xs" component={Link} to="/frameworks">
            {t('otherFramework')}
          </Button>
        </p>
      )}
      {linking ? (
        <TextInput
          autoFocus
          label={t('evidenceLabel')}
          description={t('evidenceHint')}
          type="url"
          placeholder="https://"
          value={link}
          onChange={(event) => setLink(event.currentTarget.value)}
          error={fault ? t('evidenceFault') : undefined}
        />
      ) : null}
      <div className={classes['footer']}>
        {!linking && (
          <Button variant="subtle" size="compact-sm" onClick={() => setLinking(true)}>
            {t('evidence')}
          </Button>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={!state.assessment.can.undo}
          onClick={answering.undo}
          aria-keyshortcuts="U"
        >
          {t('undo')}
        </Button>
        <span className={classes['gap']} />
        <Button variant="subtle" size="compact-sm" component={Link} to="/">
          {t('leave')}
        </Button>
        {state.assessment.can.delete && <DiscardRun assessment={state.assessment} leave />}
        {state.assessment.can.finish && (
          <Button variant="subtle" size="compact-sm" onClick={onEnd}>
            {t('finish')}
          </Button>
        )}
      </div>
      <p className={classes['keys']}>{t('keys')}</p>
    </>
  )
}
