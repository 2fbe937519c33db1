// The organisation that this browser works in; with several, the way to another one.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Trouble, useAsking } from './asking.tsx'
import { askSignIn, type Places } from './sign-in-api.ts'
import classes from './accounts.module.css'

export function PlacesSection() {
  const t = useTranslations('account')
  const queries = useQueryClient()
  const { busy, error, run } = useAsking()
  const { data } = useQuery({ queryKey: ['sign-in', 'places'], queryFn: () => askSignIn<Places>('places') })
  // One organisation without a name says nothing to anybody.
  if (!data || (data.places.length < 2 && !data.places[0]?.name)) return null
  const several = data.places.length > 1
  /** A whole load: nothing of the other organisation stays. */
  const choose = (organisation: string): void =>
    void run(async () => {
      await askSignIn('places/choose', { organisation })
      queries.clear()
      window.location.assign('/')
    })
  return (
    <Section title={t('places')} lead={several && t('placesLead')}>
      <Trouble error={error} />
      <ul role="list" className={classes['list']}>
        {data.places.map(({ organisation, name }) => (
          <li key={organisation} className={classes['row']}>
            <div>
              {name || t('unnamedPlace')}
              {several && organisation === data.chosen && ` · ${t('thisPlace')}`}
            </div>
            {organisation !== data.chosen && (
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={busy}
                aria-label={t('workIn', { name: name || t('unnamedPlace') })}
                onClick={() => choose(organisation)}
              >
                {t('work')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
