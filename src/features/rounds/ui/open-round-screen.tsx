// Sets up a round: unit, days, the rule that is published, and how many are asked.
import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { addDays } from '../../../core/org/day.ts'
import { Page } from '../../../ui/components/page.tsx'
import { Empty, Loading, TroublePage } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { administrationApi } from '../../administration/ui/administration-api.ts'
import { frameworksApi } from '../../frameworks/ui/use-framework.ts'
import { peopleApi } from '../../people/ui/people-api.ts'
import { roundsApi, roundsClient } from './rounds-api.ts'
import classes from './rounds.module.css'

const WEEKS = 3
/** Standard errors in logits for 90% intervals of half, three quarters of and one level to each side. */
const SURENESS = { half: 0.68, threeQuarters: 1.03, whole: 1.37 } as const
const SURE = ['half', 'threeQuarters', 'whole'] as const

type Rule = Required<Parameters<typeof roundsClient.open>[0]['rule']>

export function OpenRoundScreen() {
  const t = useTranslations('roundOpen')
  const { language } = useLanguage()
  const navigate = useNavigate()
  const units = useQuery(peopleApi.units.queryOptions({ input: {} }))
  const rounds = useQuery(roundsApi.list.queryOptions())
  const rights = useQuery(administrationApi.rights.queryOptions())
  const frameworks = useQuery(frameworksApi.list.queryOptions())
  // One key for as long as the page is open: the button pressed twice opens one round.
  const [key] = useState(() => crypto.randomUUID())
  const [name, setName] = useState('')
  const [unit, setUnit] = useState<string>()
  const [framework, setFramework] = useState<string>()
  const [chosenDay, setClosesOn] = useState<string>()
  const [fewest, setFewest] = useState<number>()
  const [rule, setRule] = useState<Omit<Rule, 'minimumGroup'>>({
    managerNamed: true,
    opensToManager: true,
    opensToPartner: false,
    seLimit: SURENESS.threeQuarters,
  })
  const [asked, setAsked] = useState({ askManager: true, mostPeers: 6, mostReports: 8 })
  const open = useMutation({
    mutationFn: (input: Parameters<typeof roundsClient.open>[0]) => roundsClient.open(input),
    onSuccess: ({ round }) => navigate({ to: '/rounds/$round', params: { round: round.id } }),
  })
  const error = units.error ?? frameworks.error ?? rights.error ?? rounds.error
  if (error) return <TroublePage error={error} retry={() => void units.refetch()} />
  if (!units.data || !frameworks.data || !rights.data || !rounds.data) return <Loading />
  if (units.data.units.length === 0)
    return (
      <Page title={t('title')} lead={t('lead')} narrow>
        <Empty text={t('noUnits')}>
          <Button renderRoot={(props) => <Link to="/people" {...props} />}>{t('toPeople')}</Button>
        </Empty>
      </Page>
    )
  const { opensFor } = rounds.data
  const offered = units.data.units.filter(({ id }) => opensFor === 'all' || opensFor.includes(id))
  if (offered.length === 0)
    return (
      <Page title={t('title')} lead={t('lead')} narrow>
        <Empty text={t('notYours')} />
      </Page>
    )
  const { minimumGroup: least } = rights.data.organisation
  const minimumGroup = fewest ?? least
  const closesOn = chosenDay ?? addDays(rights.data.today, 7 * WEEKS)
  const chosenUnit = unit ?? offered[0]?.id
  const chosen = framework ?? frameworks.data.frameworks[0]?.id
  const flag = (field: 'managerNamed' | 'opensToManager' | 'opensToPartner') => (
    <Checkbox
      label={t(field)}
      checked={rule[field]}
      onChange={(event) => setRule({ ...rule, [field]: event.currentTarget.checked })}
    />
  )
  const number = (field: 'mostPeers' | 'mostReports') => (
    <NumberInput
      label={t(field)}
      min={0}
      max={20}
      allowDecimal={false}
      value={asked[field]}
      onChange={(value) => setAsked({ ...asked, [field]: Number(value) })}
    />
  )
  return (
    <Page title={t('title')} lead={t('lead')} narrow>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (chosenUnit !== undefined && chosen !== undefined)
            open.mutate({
              ...{ key, unit: chosenUnit, name, framework: chosen, closesOn, ...asked },
              rule: { ...rule, minimumGroup },
            })
        }}
      >
        <TextInput
          label={t('name')}
          placeholder={t('namePlaceholder')}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('unit')}
          description={t('unitHint')}
          value={chosenUnit ?? ''}
          onChange={(event) => setUnit(event.currentTarget.value)}
          data={offered.map(({ id, name: label }) => ({ value: id, label }))}
        />
        <NativeSelect
          label={t('framework')}
          value={chosen ?? ''}
          onChange={(event) => setFramework(event.currentTarget.value)}
          data={frameworks.data.frameworks.map(({ id, title }) => ({
            value: id,
            label: textIn(title, language),
          }))}
        />
        <TextInput
          type="date"
          label={t('closesOn')}
          description={t('closesOnHint')}
          required
          value={closesOn === '' ? '' : addDays(closesOn, -1)}
          onChange={({ currentTarget: { value } }) => setClosesOn(value === '' ? '' : addDays(value, 1))}
        />
        <fieldset>
          <legend>{t('rule')}</legend>
          <NumberInput
            label={t('minimum')}
            description={t('minimumHint', { least })}
            min={least}
            max={100}
            allowDecimal={false}
            value={minimumGroup}
            onChange={(value) => setFewest(Number(value))}
          />
          {flag('managerNamed')}
          {flag('opensToManager')}
          {flag('opensToPartner')}
          <p className={classes['quiet']}>{t('notRaters')}</p>
          <NativeSelect
            label={t('sureness')}
            description={t('surenessHint')}
            value={SURE.find((one) => SURENESS[one] === rule.seLimit) ?? 'threeQuarters'}
            onChange={(event) => {
              const chosenSure = SURE.find((one) => one === event.currentTarget.value)
              setRule({ ...rule, seLimit: SURENESS[chosenSure ?? 'threeQuarters'] })
            }}
            data={SURE.map((one) => ({ value: one, label: t(`surenessOf.${one}`) }))}
          />
        </fieldset>
        <fieldset>
          <legend>{t('asked')}</legend>
          <Checkbox
            label={t('askManager')}
            checked={asked.askManager}
            onChange={(event) => setAsked({ ...asked, askManager: event.currentTarget.checked })}
          />
          {number('mostPeers')}
          {number('mostReports')}
        </fieldset>
        <Refused error={open.error} className={classes['problem']} />
        <div>
          <Button type="submit" loading={open.isPending}>
            {t('submit')}
          </Button>
          <p className={classes['quiet']}>{t('after')}</p>
        </div>
      </form>
    </Page>
  )
}
