// What one shares with whom and until when, with a way to take it back.
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Refused } from '../../../ui/components/refused.tsx'
import { sharesApi, type GivenShare } from './shares-api.ts'
import classes from './shares.module.css'
import { useShareWords } from './use-share-words.ts'

interface Props {
  readonly shares: readonly GivenShare[]
  /** Leaves out which standing it is, where all are of one. */
  readonly ofOne?: boolean
}

export function GivenList({ shares, ofOne = false }: Props) {
  const t = useTranslations('shares')
  const words = useShareWords()
  const queries = useQueryClient()
  const taking = useMutation({
    mutationFn: (id: string) => sharesApi.takeBack.call({ id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sharesApi.list.key() }),
  })
  return (
    <>
      <ul role="list" className={classes['list']}>
        {shares.map((share) => (
          <li key={share.id}>
            <div>
              <strong>{words.name(share.with)}</strong>
              <div className={classes['quiet']}>
                {t('until')} {words.day(share.lastDay)}
                {!ofOne && ` · ${words.what(share)}`}
                {share.state !== 'open' && ` · ${t(share.state === 'over' ? 'over' : 'takenBack')}`}
              </div>
            </div>
            {share.can.takeBack && (
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={taking.isPending}
                aria-label={t('takeBackFrom', { name: words.name(share.with) })}
                onClick={() => taking.mutate(share.id)}
              >
                {t('takeBack')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Refused error={taking.error} className={classes['problem']} />
    </>
  )
}
