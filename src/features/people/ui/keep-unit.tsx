// Renames a unit, hangs it elsewhere, or ends it, from a day on.
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { KeepingForm, TextField } from './keeping-form.tsx'
import { peopleApi } from './people-api.ts'
import { useKeeping } from './use-keeping.ts'
import classes from './people.module.css'

interface Props {
  readonly unit: { readonly id: string; readonly name: string; readonly parent: string | null }
}

export function KeepUnit({ unit }: Props) {
  const t = useTranslations('place')
  const navigate = useNavigate()
  const keeping = useKeeping()
  const summary = useQuery(peopleApi.summary.queryOptions())
  const units = useQuery(peopleApi.units.queryOptions({ input: {} }))
  const [open, setOpen] = useState<'rename' | 'endUnit'>()
  const [name, setName] = useState(unit.name)
  const [parent, setParent] = useState(unit.parent ?? '')
  const [day, setDay] = useState<string>()
  if (!summary.data) return null
  const chosen = day ?? summary.data.today
  const close = (): void => setOpen(undefined)
  const rename = (): void => {
    const change = {
      ...{ id: unit.id, from: chosen },
      ...(name === unit.name ? {} : { name }),
      ...(parent === (unit.parent ?? '') ? {} : { parent: parent === '' ? null : parent }),
    }
    void keeping.run(() => peopleApi.changeUnit.call(change)).then((done) => done && close())
  }
  const end = (): void => {
    void keeping
      .run(() => peopleApi.endUnit.call({ id: unit.id, lastDay: chosen }))
      .then((done) => (done ? navigate({ to: '/people' }) : undefined))
  }
  return (
    <>
      <div role="group" aria-label={t('change')} className={classes['keep']} data-screen-only>
        {(['rename', 'endUnit'] as const).map((one) => (
          <Button
            key={one}
            variant="default"
            size="compact-sm"
            aria-expanded={one === open}
            onClick={() => setOpen(one === open ? undefined : one)}
          >
            {t(one)}
          </Button>
        ))}
      </div>
      {open === 'rename' && (
        <KeepingForm
          title={t('rename')}
          lead={t('renameLead')}
          keeping={keeping}
          save={rename}
          cancel={close}
        >
          <TextField label={t('from')} type="date" required value={chosen} onChange={setDay} />
          <TextField label={t('unitName')} required value={name} onChange={setName} />
          <NativeSelect
            label={t('below')}
            value={parent}
            onChange={(event) => setParent(event.currentTarget.value)}
            data={[
              { value: '', label: t('top') },
              ...(units.data?.units ?? [])
                .filter(({ id }) => id !== unit.id)
                .map((other) => ({ value: other.id, label: other.name })),
            ]}
          />
        </KeepingForm>
      )}
      {open === 'endUnit' && (
        <KeepingForm title={t('endUnit')} lead={t('endUnitLead')} keeping={keeping} save={end} cancel={close}>
          <TextField label={t('lastDay')} type="date" required value={chosen} onChange={setDay} />
        </KeepingForm>
      )}
    </>
  )
}
