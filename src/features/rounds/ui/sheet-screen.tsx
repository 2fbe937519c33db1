// A rating sheet: behaviours without their levels, six answers each, saved as they are chosen, submitted at the end.
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { DECLINE_REASONS } from '../../../core/rounds/round-state.ts'
import { Page } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { lastDayOf, roundsApi, roundsClient, type Sheet } from './rounds-api.ts'
import classes from './rounds.module.css'
import { useRating, type Rating } from './use-rating.ts'

/** A note is saved when the typing pauses for so long. */
const NOTE_PAUSE_MS = 800

const ANSWERS = ['not-yet', 'with-help', 'on-my-own', 'lead-others', 'set-how', 'no-opportunity'] as const

export function SheetScreen() {
  const { sheet } = useParams({ from: '/rounds/sheets/$sheet' })
  const found = useQuery(roundsApi.sheet.queryOptions({ input: { sheet } }))
  // A failed refresh leaves the page as it is: what was chosen is being sent.
  if (found.error && !found.data)
    return <TroublePage error={found.error} retry={() => void found.refetch()} />
  return found.data ? <SheetOf key={sheet} sheet={found.data} /> : <Loading />
}

function SheetOf({ sheet }: { readonly sheet: Sheet }) {
  const t = useTranslations('sheet')
  const rounds = useTranslations('rounds')
  const { language } = useLanguage()
  const rating = useRating(sheet)
  const { subject, kind, rule, round, items, can, state } = sheet
  const self = kind === 'self'
  const answered = items.filter(({ id }) => (rating.said.get(id)?.answer ?? null) !== null).length
  const isNamed = kind === 'manager' && rule.managerNamed
  const competencies = [...new Map(items.map(({ competency }) => [competency.id, competency])).values()]
  return (
    <Page
      title={self ? t('selfTitle') : t('title', { name: subject.name ?? rounds('unnamed') })}
      above={
        round.closedAt === null
          ? t('above', { round: round.name, day: lastDayOf(round.closesOn) })
          : t('aboveClosed', { round: round.name, day: round.closedAt })
      }
      lead={isNamed ? t('leadNamed') : t('lead')}
      narrow
    >
      <p className={classes['notice']}>
        {isNamed
          ? t('named', { name: subject.name ?? rounds('unnamed'), minimum: rule.minimumGroup })
          : t('blind', { minimum: rule.minimumGroup })}
      </p>
      {state !== 'open' || !can.rate ? (
        <p role="status" className={classes['notice']}>
          {state === 'submitted' || state === 'declined' || state === 'lapsed' ? t(state) : t('closed')}{' '}
          <Link to="/rounds">{t('back')}</Link>
        </p>
      ) : (
        <p className={classes['quiet']}>{t('keys')}</p>
      )}
      {competencies.map(({ id, title }) => (
        <section key={id}>
          <h2 className={classes['competency']}>{textIn(title, language)}</h2>
          {items
            .filter(({ competency }) => competency.id === id)
            .map((item) => (
              <Behaviour key={item.id} item={item} self={self} open={can.rate} rating={rating} />
            ))}
        </section>
      ))}
      {can.rate && <Ending sheet={sheet} answered={answered} rating={rating} />}
    </Page>
  )
}

interface BehaviourProps {
  readonly item: Sheet['items'][number]
  readonly self: boolean
  readonly open: boolean
  readonly rating: Rating
}

function Behaviour({ item: { id, text }, self, open, rating }: BehaviourProps) {
  const t = useTranslations('sheet')
  const { language } = useLanguage()
  const said = rating.said.get(id)
  const [noting, setNoting] = useState(false)
  const [note, setNote] = useState(said?.evidence ?? '')
  const answer = said?.answer ?? null
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const held = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  /** Saves the note where it changed; with an answer, because a note stands with one. */
  const keep = (text: string): void => {
    clearTimeout(timer.current)
    if (answer !== null && held(text) !== (said?.evidence ?? null)) rating.rate(id, answer, held(text))
  }
  return (
    <fieldset className={classes['item']} data-item={id}>
      <legend>{textIn(text, language)}</legend>
      <div className={classes['answers']}>
        {ANSWERS.map((one) => (
          <label key={one} data-none={one === 'no-opportunity'}>
            <input
              type="radio"
              name={id}
              value={one}
              checked={answer === one}
              disabled={!open}
              onChange={() => {
                clearTimeout(timer.current)
                rating.rate(id, one, held(note))
              }}
            />
            {self ? t(`answersSelf.${one}`) : t(`answers.${one}`)}
          </label>
        ))}
      </div>
      {open && answer !== null && !noting && (
        <Button size="compact-xs" variant="subtle" onClick={() => setNoting(true)}>
          {t('addNote')}
        </Button>
      )}
      {noting && answer !== null && (
        <div className={classes['bar']}>
          <TextInput
            className={classes['grow']}
            autoFocus
            label={t('note')}
            maxLength={2000}
            value={note}
            onChange={(event) => {
              const typed = event.currentTarget.value
              setNote(typed)
              clearTimeout(timer.current)
              timer.current = setTimeout(() => keep(typed), NOTE_PAUSE_MS)
            }}
            onBlur={() => keep(note)}
          />
          <Button
            variant="default"
            onClick={() => {
              keep(note)
              setNoting(false)
            }}
          >
            {t('saveNote')}
          </Button>
        </div>
      )}
      {!noting && said?.evidence && <p className={classes['quiet']}>{said.evidence}</p>}
    </fieldset>
  )
}

interface EndingProps {
  readonly sheet: Sheet
  readonly answered: number
  readonly rating: Rating
}

function Ending({ sheet, answered, rating }: EndingProps) {
  const t = useTranslations('sheet')
  const rounds = useTranslations('rounds')
  const queries = useQueryClient()
  const [declining, setDeclining] = useState(false)
  const { id, behaviours, can } = sheet
  const settle = (next: Sheet): void => {
    queries.setQueryData(roundsApi.sheet.queryKey({ input: { sheet: id } }), next)
    void queries.invalidateQueries({ queryKey: roundsApi.list.key() })
    window.scrollTo({ top: 0 })
  }
  const submit = useMutation({ mutationFn: () => roundsClient.submit({ sheet: id }), onSuccess: settle })
  const decline = useMutation({
    mutationFn: (reason: (typeof DECLINE_REASONS)[number]) => roundsClient.decline({ sheet: id, reason }),
    onSuccess: settle,
  })
  const busy = rating.state === 'saving' || rating.state === 'waiting'
  const error = rating.refused ?? submit.error ?? decline.error
  const saved = { idle: '', saving: t('saving'), waiting: t('notSaved'), saved: t('saved') }[rating.state]
  return (
    <>
      {answered < behaviours && (
        <p className={classes['quiet']}>{t('missing', { count: behaviours - answered })}</p>
      )}
      <div className={classes['status']} data-waiting={rating.state === 'waiting'}>
        <Button
          disabled={answered < behaviours || busy}
          loading={submit.isPending}
          onClick={() => submit.mutate()}
        >
          {t('submit')}
        </Button>
        <p role="status" className={classes['quiet']} data-saved={rating.state}>
          {t('answered', { answered, all: behaviours })} {saved}
        </p>
        <span className={classes['grow']} />
        {can.decline && (
          <Button variant="subtle" aria-expanded={declining} onClick={() => setDeclining(!declining)}>
            {t('decline')}
          </Button>
        )}
      </div>
      {answered === behaviours && <p className={classes['quiet']}>{t('submitHint')}</p>}
      {declining && (
        <div role="group" aria-label={t('declineWhy')}>
          <p>{t('declineWhy')}</p>
          <div className={classes['bar']}>
            {DECLINE_REASONS.map((reason) => (
              <Button key={reason} variant="default" onClick={() => decline.mutate(reason)}>
                {rounds(`reason.${reason}`)}
              </Button>
            ))}
          </div>
        </div>
      )}
      <Refused error={error} className={classes['problem']} />
    </>
  )
}
