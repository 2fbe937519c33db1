// The parts of a place that there may be several of: product lines, and managers by a dotted line.
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PersonField, type ChosenPerson } from './person-field.tsx'
import classes from './people.module.css'

interface ChosenProps {
  readonly label: string
  readonly chosen: readonly { readonly id: string; readonly name: string }[]
  readonly remove: (id: string) => void
}

/** What is chosen, each to be taken out again. */
function Chosen({ label, chosen, remove }: ChosenProps) {
  const t = useTranslations('place')
  if (chosen.length === 0) return null
  return (
    <ul className={classes['several']} aria-label={label}>
      {chosen.map(({ id, name }) => (
        <li key={id}>
          {name}
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('takeOutOf', { name })}
            onClick={() => remove(id)}
          >
            {t('takeOut')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface LinesProps {
  /** All product lines of today. */
  readonly lines: readonly { readonly id: string; readonly name: string }[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

export function ProductLinesField({ lines, value, onChange }: LinesProps) {
  const t = useTranslations('place')
  const chosen = lines.filter(({ id }) => value.includes(id))
  const others = lines.filter(({ id }) => !value.includes(id))
  if (lines.length === 0) return null
  return (
    <div>
      <NativeSelect
        label={t('productLines')}
        value=""
        disabled={others.length === 0}
        onChange={(event) => onChange([...value, event.currentTarget.value])}
        data={[
          { value: '', label: t(others.length === 0 ? 'inAllLines' : 'addLine') },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Chosen
        label={t('productLines')}
        chosen={chosen}
        remove={(id) => onChange(value.filter((one) => one !== id))}
      />
    </div>
  )
}

interface DottedProps {
  readonly value: readonly ChosenPerson[]
  readonly onChange: (value: readonly ChosenPerson[]) => void
}

export function DottedField({ value, onChange }: DottedProps) {
  const t = useTranslations('place')
  const people = useTranslations('people')
  /** What was typed is gone with each one added. */
  const [added, setAdded] = useState(0)
  return (
    <div>
      <PersonField
        key={added}
        label={t('dotted')}
        value={undefined}
        onChange={(person) => {
          setAdded(added + 1)
          if (person && !value.some(({ id }) => id === person.id)) onChange([...value, person])
        }}
      />
      <Chosen
        label={t('dotted')}
        chosen={value.map(({ id, name }) => ({ id, name: name ?? people('unnamed') }))}
        remove={(id) => onChange(value.filter((one) => one.id !== id))}
      />
    </div>
  )
}
