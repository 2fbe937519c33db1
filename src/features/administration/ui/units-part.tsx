// The units as a tree, and adding one; a unit is renamed, moved and ended on its own page.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import { Loading, TroublePage } from '../../../ui/components/states.tsx'
import { peopleApi } from '../../people/ui/people-api.ts'
import { Said } from './said.tsx'
import { useChange } from './use-change.ts'
import classes from './administration.module.css'

const KINDS = { department: 'department', team: 'team', 'product-line': 'productLine' } as const
type Kind = keyof typeof KINDS

export function UnitsPart({ today }: { readonly today: string }) {
  const t = useTranslations('administration')
  const queries = useQueryClient()
  const change = useChange()
  const list = useQuery(peopleApi.units.queryOptions({ input: {} }))
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('team')
  const [parent, setParent] = useState('')
  const [from, setFrom] = useState(today)
  if (list.error) return <TroublePage error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const { units, can } = list.data
  const parents = [
    ...(can.add ? [{ value: '', label: t('top') }] : []),
    ...units.filter((unit) => unit.can.add).map((unit) => ({ value: unit.id, label: unit.name })),
  ]
  const chosen = parents.some(({ value }) => value === parent) ? parent : (parents[0]?.value ?? '')
  const known = new Set(units.map(({ id }) => id))
  const tree = [...inTree(units, null, known)]
  return (
    <>
      {units.length === 0 ? (
        <p>{t('noUnits')}</p>
      ) : (
        <ul className={classes['tree']}>
          {tree.map(({ unit, step }) => (
            <li key={unit.id} style={{ paddingInlineStart: step * 20 }}>
              <Link to="/units/$unit" params={{ unit: unit.id }}>
                {unit.name}
              </Link>{' '}
              <span className={classes['quiet']}>
                {t(KINDS[unit.kind])} · {t('memberCount', { count: unit.people })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Said change={change} />
      {parents.length > 0 && (
        <Section title={t('addUnit')}>
          <form
            className={classes['form']}
            onSubmit={(event) => {
              event.preventDefault()
              const made = {
                key: crypto.randomUUID(),
                name,
                kind,
                from,
                parent: chosen === '' ? null : chosen,
              }
              void change.run(async () => {
                await peopleApi.addUnit.call(made)
                setName('')
                await queries.invalidateQueries({ queryKey: peopleApi.key() })
              })
            }}
          >
            <TextInput
              required
              withAsterisk={false}
              maxLength={200}
              label={t('unitName')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <NativeSelect
              label={t('kind')}
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value as Kind)}
              data={(Object.keys(KINDS) as Kind[]).map((value) => ({ value, label: t(KINDS[value]) }))}
            />
            <NativeSelect
              label={t('below')}
              value={chosen}
              onChange={(event) => setParent(event.currentTarget.value)}
              data={parents}
            />
            <TextInput
              type="date"
              required
              withAsterisk={false}
              label={t('starts')}
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <div className={classes['buttons']}>
              <Button type="submit" loading={change.busy}>
                {t('addUnit')}
              </Button>
            </div>
          </form>
        </Section>
      )}
    </>
  )
}

interface Node {
  readonly id: string
  readonly parent: string | null
}

/** Parents before what is below them; a unit whose parent is not there today stands at the top. */
function* inTree<U extends Node>(
  units: readonly U[],
  parent: string | null,
  known: ReadonlySet<string>,
  step = 0,
): Generator<{ unit: U; step: number }> {
  for (const unit of units) {
    const above = unit.parent !== null && known.has(unit.parent) ? unit.parent : null
    if (above !== parent) continue
    yield { unit, step }
    yield* inTree(units, unit.id, known, step + 1)
  }
}
