// The fields of a place: unit, product lines, manager, dotted lines, and the position with its role and grade.
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { DEFAULT_FRAMEWORK, frameworksApi, viewOf } from '../../frameworks/ui/use-framework.ts'
import type { Person } from '../get-person.ts'
import { peopleApi } from './people-api.ts'
import { PersonField, type ChosenPerson } from './person-field.tsx'
import { TextField } from './keeping-form.tsx'
import { DottedField, ProductLinesField } from './place-lists.tsx'

export interface PlaceDraft {
  readonly unit: string
  readonly productLines: readonly string[]
  readonly manager: ChosenPerson | undefined
  readonly dotted: readonly ChosenPerson[]
  readonly title: string
  /** The framework's role; empty for none. */
  readonly role: string
  readonly framework: string
  readonly grade: string
}

export const EMPTY_PLACE: PlaceDraft = {
  ...{ unit: '', productLines: [], manager: undefined, dotted: [] },
  ...{ title: '', role: '', framework: DEFAULT_FRAMEWORK, grade: '' },
}

export function draftOf({ units, manager, dotted, position, grade }: Person): PlaceDraft {
  return {
    unit: units.find(({ kind }) => kind !== 'product-line')?.id ?? '',
    productLines: units.filter(({ kind }) => kind === 'product-line').map(({ id }) => id),
    manager: manager ?? undefined,
    dotted: dotted.map(({ id, name }) => ({ id, name })),
    ...{ title: position?.title ?? '', role: position?.role ?? '', grade: grade ?? '' },
    framework: position?.framework ?? DEFAULT_FRAMEWORK,
  }
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one))

/** What of a place is another than before, as the endpoints take it; what is left out stays. */
export function changedPlace(
  before: PlaceDraft,
  { unit, productLines, manager, dotted, title, role, framework, grade }: PlaceDraft,
) {
  const managers = dotted.map(({ id }) => id)
  const sameManagers = sameSet(
    managers,
    before.dotted.map(({ id }) => id),
  )
  const position =
    title === ''
      ? null
      : {
          ...{ title, grade: grade === '' ? null : grade },
          ...(role === '' ? { framework: null, role: null } : { framework, role }),
        }
  const samePosition = title === before.title && role === before.role && grade === before.grade
  return {
    ...(unit === before.unit ? {} : { unit: unit === '' ? null : unit }),
    ...(sameSet(productLines, before.productLines) ? {} : { productLines: [...productLines] }),
    ...(sameManagers ? {} : { dotted: managers }),
    ...(manager?.id === before.manager?.id ? {} : { manager: manager?.id ?? null }),
    ...(samePosition ? {} : { position }),
  }
}

interface Props {
  readonly draft: PlaceDraft
  readonly onChange: (draft: PlaceDraft) => void
}

export function PlaceFields({ draft, onChange }: Props) {
  const t = useTranslations('place')
  const administration = useTranslations('administration')
  const { language } = useLanguage()
  const units = useQuery(peopleApi.units.queryOptions({ input: {} }))
  const { data } = useQuery({
    ...frameworksApi.get.queryOptions({ input: { framework: draft.framework } }),
    ...{ staleTime: Infinity, retry: false },
  })
  const view = data && viewOf(data.framework, language)
  const set = (part: Partial<PlaceDraft>): void => onChange({ ...draft, ...part })
  return (
    <>
      <NativeSelect
        label={t('unit')}
        value={draft.unit}
        onChange={(event) => set({ unit: event.currentTarget.value })}
        data={[
          ...(units.data?.can.keep !== false || draft.unit === '' ? [{ value: '', label: t('noUnit') }] : []),
          ...(units.data?.units ?? [])
            .filter(({ id, kind, can }) => kind !== 'product-line' && (can.add || id === draft.unit))
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <ProductLinesField
        lines={(units.data?.units ?? []).filter(
          ({ id, kind, can }) => kind === 'product-line' && (can.add || draft.productLines.includes(id)),
        )}
        value={draft.productLines}
        onChange={(productLines) => set({ productLines })}
      />
      <PersonField label={t('manager')} value={draft.manager} onChange={(manager) => set({ manager })} />
      <DottedField value={draft.dotted} onChange={(dotted) => set({ dotted })} />
      <TextField label={t('title')} value={draft.title} onChange={(title) => set({ title })} />
      {draft.title !== '' && view && (
        <NativeSelect
          label={t('role')}
          value={draft.role}
          onChange={(event) => set({ role: event.currentTarget.value })}
          data={[
            { value: '', label: administration('none') },
            ...view.framework.roles.map(({ id }) => ({ value: id, label: view.roleTitle(id) })),
          ]}
        />
      )}
      {draft.title !== '' && (
        <TextField label={t('grade')} value={draft.grade} onChange={(grade) => set({ grade })} />
      )}
    </>
  )
}
