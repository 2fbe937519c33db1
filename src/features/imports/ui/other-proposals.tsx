// The other ways to read a source: recipes that know it, what detection finds, or nothing to begin with.
import { Button } from '@mantine/core'
import { useTranslations } from 'use-intl'
import classes from './import-screen.module.css'
import type { ImportRequest, ProposalView } from './import-worker.ts'
import { floorPercent } from './floor-percent.ts'

interface Props {
  readonly proposals: readonly ProposalView[]
  readonly chosen: number
  readonly ask: (request: ImportRequest) => void
}

const NAMES = { known: 'proposalKnown', detected: 'proposalDetected', hand: 'proposalHand' } as const

export function OtherProposals({ proposals, chosen, ask }: Props) {
  const t = useTranslations('import')
  return (
    <details className={classes['proposals']}>
      <summary>{t('proposals')}</summary>
      <ul role="list">
        {proposals.map((proposal, index) => {
          if (index === chosen) return null
          const name = t(NAMES[proposal.kind], { name: proposal.name ?? '' })
          return (
            <li key={index}>
              <span>
                {name}
                {proposal.confidence !== undefined && (
                  <span className={classes['quiet']}>
                    {' '}
                    {t('proposalConfidence', { percent: floorPercent(proposal.confidence) })}
                  </span>
                )}
              </span>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('proposalUseOf', { name })}
                onClick={() => ask({ kind: 'propose', index })}
              >
                {t('proposalUse')}
              </Button>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
