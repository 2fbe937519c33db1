// How long each kind of data is kept.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { privacyApi, type Keeping } from './privacy-api.ts'
import { useOrder } from './use-order.ts'
import classes from './privacy.module.css'

type Rule = Keeping['rules'][number]

export function RulesPart({ keeping }: { readonly keeping: Keeping }) {
  const t = useTranslations('privacy')
  return (
    <Section title={t('rules')} lead={t('rulesLead')}>
      {keeping.rules.map((rule) => (
        <RuleRow key={`${rule.kind} ${rule.days}`} rule={rule} mayChange={keeping.can.set} />
      ))}
    </Section>
  )
}

function RuleRow({ rule, mayChange }: { readonly rule: Rule; readonly mayChange: boolean }) {
  const t = useTranslations('privacy')
  const order = useOrder()
  const [days, setDays] = useState(rule.days === null ? '' : String(rule.days))
  const number = days === '' ? null : Number(days)
  const isWrong = number !== null && !(Number.isInteger(number) && number >= 1 && number <= 36_500)
  return (
    <form
      className={classes['bar']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isWrong) order.mutate(() => privacyApi.setRetention.call({ kind: rule.kind, days: number }))
      }}
    >
      <TextInput
        className={classes['days']}
        label={t(`kinds.${rule.kind}`)}
        inputMode="numeric"
        placeholder={t('noEnd')}
        value={days}
        readOnly={!mayChange}
        error={isWrong ? t('daysWrong') : undefined}
        onChange={(event) => setDays(event.currentTarget.value.trim())}
      />
      {mayChange && (
        <Button
          type="submit"
          variant="default"
          loading={order.isPending}
          disabled={isWrong || number === rule.days}
        >
          {t('setRule')}
        </Button>
      )}
      <Refused error={order.error} className={classes['problem']} />
    </form>
  )
}
