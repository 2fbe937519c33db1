// In which time zone the organisation's days begin and how few raters its new rounds show together, and changing both.
import { Button, NumberInput, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { isTimeZone, listTimeZones } from '../../../core/org/time-zones.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { administrationApi } from './administration-api.ts'
import { Said } from './said.tsx'
import { useChange } from './use-change.ts'
import classes from './administration.module.css'

export interface Organisation {
  readonly name: string | null
  readonly timeZone: string
  readonly minimumGroup: number
}

interface Props {
  readonly organisation: Organisation
  readonly today: string
  readonly maySet: boolean
}

export function OrganisationSettings({ organisation, today, maySet }: Props) {
  const t = useTranslations('administration')
  const { date } = useFigures()
  const change = useChange()
  const [open, setOpen] = useState(false)
  const { timeZone: zone, minimumGroup: minimum } = organisation
  return (
    <>
      {open ? (
        <SettingsForm
          organisation={organisation}
          busy={change.busy}
          cancel={() => setOpen(false)}
          save={async (settings) => {
            if (await change.run(() => administrationApi.setOrganisation.call(settings))) setOpen(false)
          }}
        />
      ) : (
        <div className={classes['buttons']}>
          <span>{t('settingsAre', { zone, day: date(`${today}T12:00`), minimum })}</span>
          {maySet && (
            <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
              {t('changeSettings')}
            </Button>
          )}
        </div>
      )}
      <Said change={change} />
    </>
  )
}

type Settings = Omit<Organisation, 'name'>

interface FormProps {
  readonly organisation: Organisation
  readonly busy: boolean
  readonly save: (settings: Settings) => Promise<void>
  readonly cancel: () => void
}

function SettingsForm({ organisation, busy, save, cancel }: FormProps) {
  const t = useTranslations('administration')
  const { language } = useLanguage()
  const [timeZone, setTimeZone] = useState(organisation.timeZone)
  const [minimumGroup, setMinimum] = useState(organisation.minimumGroup)
  const known = isTimeZone(timeZone)
  const zones = useMemo(() => listTimeZones(), [])
  const now = known
    ? new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format()
    : undefined
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (known) void save({ timeZone, minimumGroup })
      }}
    >
      <TextInput
        required
        withAsterisk={false}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        list="time-zones"
        maxLength={64}
        label={t('timeZone')}
        description={t('timeZoneHint')}
        error={known ? undefined : t('timeZoneUnknown')}
        value={timeZone}
        // The list offers what matches: what stands there must not be in the way of choosing another.
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTimeZone(event.currentTarget.value)}
      />
      <datalist id="time-zones">
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
      {now !== undefined && <p className={classes['quiet']}>{t('timeZoneNow', { now })}</p>}
      <NumberInput
        required
        withAsterisk={false}
        label={t('minimum')}
        description={t('minimumHint')}
        min={5}
        max={100}
        allowDecimal={false}
        value={minimumGroup}
        onChange={(value) => setMinimum(Number(value))}
      />
      <div className={classes['buttons']}>
        <Button type="submit" loading={busy}>
          {t('saveSettings')}
        </Button>
        <Button variant="subtle" onClick={cancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
