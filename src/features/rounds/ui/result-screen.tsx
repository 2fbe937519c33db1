// What a round says of a person: self beside others on the levels, with intervals, and what is not shown and why.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { Ruler } from '../../../ui/charts/ruler.tsx'
import type { RulerMark } from '../../../ui/charts/ruler-places.ts'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty, Loading, TroublePage } from '../../../ui/components/states.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { peopleApi } from '../../people/ui/people-api.ts'
import { FigureWhy } from './figure-why.tsx'
import { noonOf, roundsApi, type RoundResult } from './rounds-api.ts'
import { useRuleText } from './rule-text.ts'
import classes from './rounds.module.css'

type Competency = RoundResult['competencies'][number]
type Figure = NonNullable<Competency['self']>
type Others = Competency['others'][number]
const REFUSALS = ['too-few-raters', 'no-opportunity', 'too-uncertain', 'not-connected'] as const
/** Half of the normal distribution lies within this many standard errors, nine tenths within the other. */
const [Z50, Z90] = [0.6745, 1.6449]

export function ResultScreen() {
  const { round, person } = useParams({ from: '/rounds/$round/results/$person' })
  const found = useQuery(roundsApi.result.queryOptions({ input: { id: round, subject: person } }))
  const summary = useQuery(peopleApi.summary.queryOptions())
  if (found.error) return <TroublePage error={found.error} retry={() => void found.refetch()} />
  if (!found.data || !summary.data) return <Loading />
  return <ResultOf result={found.data} self={summary.data.me === person} />
}

function ResultOf({ result, self }: { readonly result: RoundResult; readonly self: boolean }) {
  const t = useTranslations('roundResult')
  const rounds = useTranslations('rounds')
  const ruleText = useRuleText()
  const { round, subject, competencies, left } = result
  return (
    <Page
      title={self ? t('selfTitle') : t('title', { name: subject.name ?? rounds('unnamed') })}
      above={t('above', { round: round.name, day: round.closedAt ?? noonOf(round.closesOn) })}
      lead={t('lead')}
    >
      {left ? (
        <Empty text={t('left')} />
      ) : (
        <>
          <p className={classes['notice']}>{t('provisional')}</p>
          {self && <p className={classes['soft']}>{t('onlyYours')}</p>}
          <Severities competencies={competencies} />
          {competencies.map((competency) => (
            <CompetencyResult
              key={competency.id}
              competency={competency}
              own={self}
              rawHidden={result.rawHidden}
            />
          ))}
          <Section title={t('why')}>
            <ul className={classes['reasons']}>
              <li data-rule>{ruleText(round.rule)}</li>
              <li>{t('whyText', { minimum: round.rule.minimumGroup })}</li>
              <li>{t('lenient')}</li>
              <li>{t('toOthers')}</li>
              {self && <li>{result.rawHidden ? t('rawHidden') : t('rawNot')}</li>}
            </ul>
          </Section>
        </>
      )}
    </Page>
  )
}

/** How harsh each group of raters was together: said once, although it stands with several competencies. */
function Severities({ competencies }: { readonly competencies: readonly Competency[] }) {
  const t = useTranslations('roundResult')
  const rounds = useTranslations('rounds')
  const figures = useFigures()
  const told = new Map<string, { raw: NonNullable<Others['raw']>; who: string; count: number }>()
  for (const { others } of competencies)
    for (const { raw, kinds, raters: count } of others)
      if (raw) told.set(kinds.join(), { raw, count, who: whoOf(kinds, rounds, figures.list) })
  return [...told.values()].map(({ raw, who, count }) => {
    const error = Z90 * raw.se
    const size = figures.level(Math.abs(raw.severity))
    const values = { who, count, size, error: figures.level(error) }
    const alike = Math.abs(raw.severity) < error
    return (
      <p key={who} className={classes['soft']} data-severity={who}>
        {alike ? t('rawAlike', values) : raw.severity > 0 ? t('rawHarsh', values) : t('rawMild', values)}
      </p>
    )
  })
}

type Kind = Others['kinds'][number]
const whoOf = (
  kinds: readonly Kind[],
  words: (key: `kinds.${Kind}`) => string,
  list: (words: readonly string[]) => string,
): string => list(kinds.map((kind) => words(`kinds.${kind}`)))

interface CompetencyProps {
  readonly competency: Competency
  /** Whether the reader is the person. */
  readonly own: boolean
  readonly rawHidden: boolean
}

function CompetencyResult({ competency, own, rawHidden }: CompetencyProps) {
  const t = useTranslations('roundResult')
  const rounds = useTranslations('rounds')
  const figures = useFigures()
  const { language } = useLanguage()
  const { title, levels, self, others, refusal } = competency
  const rows = [
    ...(self
      ? [{ ...self, who: rounds('kinds.self'), raters: undefined, raw: null, from: 'self' as const }]
      : []),
    ...others.map((cell) => ({
      ...cell,
      who: whoOf(cell.kinds, rounds, figures.list),
      from: cell.raters === 1 ? ('one' as const) : ('group' as const),
    })),
  ]
  const known = REFUSALS.find((one) => one === refusal) ?? 'other'
  return (
    <section className={classes['result']} data-competency={competency.id}>
      <h2>{textIn(title, language)}</h2>
      {rows.some(({ misplaced }) => misplaced) && <p className={classes['soft']}>{t('misplaced')}</p>}
      {rows.map(({ who, raters, raw, from, ...figure }, at) => {
        const [level, low, high] = [figure.level, figure.low, figure.high].map(figures.level)
        const read = { level: level!, low: low!, high: high! }
        return (
          <div key={who} className={classes['cell']} data-who={who}>
            <span>
              {who}
              {raters !== undefined && ` · ${t('raters', { count: raters })}`}
            </span>
            <Ruler
              levels={levels}
              mark={markOf(figure, levels)}
              label={t('reading', { who, ...read })}
              numbers={at === rows.length - 1}
            />
            <span />
            <span className={classes['quiet']}>
              {t('figure', read)}
              {raw && ` · ${t('raw', { raw: figures.level(raw.level) })}`}
              {figure.leans && (
                <span title={t('leansHint')}>
                  {' · '}
                  {t('leans')}
                </span>
              )}
              {figure.disagree && <span className={classes['only']}>{t('disagree')}</span>}
              {(figure.onlySubject === 'too-uncertain' || figure.onlySubject === 'not-connected') && (
                <span className={classes['only']}>{t(`onlyYou.${figure.onlySubject}`)}</span>
              )}
            </span>
            <span />
            <FigureWhy
              figure={{ ...figure, raw, ...(raters === undefined ? {} : { raters }) }}
              {...{ who, from, own, rawHidden, competency: textIn(title, language) }}
            />
          </div>
        )
      })}
      {refusal !== null && (
        <p className={classes['cell']}>
          <span>{t('others')}</span>
          <span className={classes['soft']} data-refusal={refusal}>
            {known === 'other' ? t('refusal.other', { code: refusal }) : t(`refusal.${known}`)}
          </span>
        </p>
      )}
    </section>
  )
}

/** The published interval is the 90 % one; the 50 % one has the same middle and a share of its width. */
function markOf({ level, low, high }: Figure, levels: number): RulerMark {
  const share = Z50 / Z90
  const inner = [level - (level - low) * share, level + (high - level) * share] as const
  const side = (value: number) => (value <= 0 ? 'below' : value >= levels ? 'above' : null)
  const sides = ([from, to]: readonly [number, number]) =>
    [side(from) === 'below' ? 'below' : null, side(to) === 'above' ? 'above' : null] as const
  return {
    ...{ level, interval50: inner, interval90: [low, high] },
    beyond: { level: side(level), interval50: sides(inner), interval90: sides([low, high]) },
  }
}
