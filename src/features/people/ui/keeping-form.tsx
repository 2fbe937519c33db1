// The frame of every form that changes people or units: what it does, its fields, what was refused, save and cancel.
import { Button, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Refused } from '../../../ui/components/refused.tsx'
import type { Keeping } from './use-keeping.ts'
import classes from './people.module.css'

interface Props {
  readonly title: string
  readonly lead: string
  readonly keeping: Keeping
  readonly save: () => void
  readonly cancel: () => void
  readonly children?: ReactNode
}

export function KeepingForm({ title, lead, keeping, save, cancel, children }: Props) {
  const t = useTranslations('place')
  return (
    <form
      className={classes['form']}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h2>{title}</h2>
      <p className={classes['quiet']}>{lead}</p>
      {children}
      <Refused error={keeping.error} className={classes['problem']} />
      <div className={classes['buttons']}>
        <Button type="submit" loading={keeping.busy}>
          {t('save')}
        </Button>
        <Button variant="subtle" onClick={cancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

interface TextProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'date' | 'email'
  readonly required?: boolean
}

export function TextField({ label, value, onChange, type = 'text', required = false }: TextProps) {
  return (
    <TextInput
      label={label}
      type={type}
      required={required}
      withAsterisk={false}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
