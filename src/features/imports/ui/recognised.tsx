// What was recognised and what it would make: shape, confidence, counts, and how much of the text is kept.
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { floorPercent } from './floor-percent.ts'
import classes from './import-screen.module.css'
import type { ImportRequest } from './import-worker.ts'
import { OtherProposals } from './other-proposals.tsx'
import type { Review } from './use-importing.ts'

const strong = (text: ReactNode) => <strong>{text}</strong>
const COUNTS = ['roles', 'levels', 'competencies', 'behaviours', 'expectations'] as const

interface Props {
  readonly state: Review
  readonly ask: (request: ImportRequest) => void
}

export function Recognised({ state, ask }: Props) {
  const t = useTranslations('import')
  const { mapped, result } = state
  const framework = result?.framework
  const proposal = mapped?.proposals[mapped.chosen]
  const counts = mapped?.made.counts ?? {
    roles: framework?.roles.length ?? 0,
    levels: framework?.scale.levels.length ?? 0,
    competencies: framework?.competencies.length ?? 0,
    behaviours: framework?.competencies.reduce((sum, { behaviours }) => sum + behaviours.length, 0) ?? 0,
    expectations:
      framework?.roles.reduce((sum, { expectations }) => sum + Object.keys(expectations).length, 0) ?? 0,
  }
  return (
    <section className={classes['recognised']} aria-label={t('recognised')}>
      <div>
        <h2>
          {mapped
            ? proposal?.confidence === undefined
              ? t('notRecognised')
              : t('shapeOf', { shape: mapped.shape })
            : t(`direct.${state.form as 'case'}`)}
        </h2>
        {proposal?.confidence !== undefined && (
          <p>
            <Tag tone="accent">{t('confidence', { percent: floorPercent(proposal.confidence) })}</Tag>{' '}
            {t('confidenceMeans')}
          </p>
        )}
        {proposal && proposal.reasons.length > 0 && (
          <ul className={classes['reasons']} lang="en">
            {proposal.reasons.slice(0, 8).map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        {state.notes.length > 0 && (
          <ul className={classes['reasons']} lang="en">
            {state.notes.slice(0, 8).map(({ place, message }) => (
              <li key={place + message}>
                {place}: {message}
              </li>
            ))}
          </ul>
        )}
        {mapped && mapped.proposals.length > 1 && (
          <OtherProposals proposals={mapped.proposals} chosen={mapped.chosen} ask={ask} />
        )}
      </div>
      <ul role="list" className={classes['counts']}>
        {COUNTS.map((name) => (
          <li key={name}>{t.rich(`count.${name}`, { count: counts[name], n: strong })}</li>
        ))}
      </ul>
      {mapped && <Kept made={mapped.made} />}
    </section>
  )
}

function Kept({ made }: { readonly made: NonNullable<Review['mapped']>['made'] }) {
  const t = useTranslations('import')
  const { sentences } = useFigures()
  const { characters } = made
  const missing = characters.ladder - characters.conserved
  const parts = [
    ['kept', characters.conserved],
    ['missing', missing],
    ['left-out', characters.leftOut],
  ] as const
  const whole = Math.max(1, characters.visible)
  return (
    <div className={classes['kept']}>
      <p data-share={characters.share}>
        {sentences(
          t('kept', { percent: floorPercent(characters.share) }),
          t('keptOf', { kept: characters.conserved, of: characters.ladder, missing }),
        )}
      </p>
      <div className={classes['bar']} aria-hidden="true">
        {parts.map(
          ([name, count]) =>
            count > 0 && <i key={name} data-part={name} style={{ flexGrow: count / whole }} />,
        )}
      </div>
      {made.leftOut.length > 0 && (
        <details>
          <summary>{t('leftOutSum', { count: characters.leftOut })}</summary>
          <ul>
            {made.leftOut.map(({ reason, characters: count }) => (
              <li key={reason}>{t('leftOutFor', { reason, count })}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
