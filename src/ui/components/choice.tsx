// A labelled select in one line; the browser's own control, so that it works everywhere and for everybody.
import { NativeSelect } from '@mantine/core'
import { useId } from 'react'
import classes from './choice.module.css'

export interface Option {
  readonly value: string
  readonly label: string
  readonly group?: string
}

interface Props {
  readonly label: string
  readonly value: string
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
  readonly hideLabel?: boolean
}

export function Choice({ label, value, options, onChange, hideLabel }: Props) {
  const id = useId()
  return (
    <span className={classes['choice']}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : classes['label']}>
        {label}
      </label>
      <NativeSelect
        id={id}
        size="xs"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={options.map(({ value: each, label: text }) => ({ value: each, label: text }))}
      />
    </span>
  )
}
