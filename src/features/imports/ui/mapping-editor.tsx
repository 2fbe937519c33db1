// Corrects what a passage means: what it becomes, from where its parts are read, or why it is left out.
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Value } from '../../../core/ladders/recipe.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { BecameMark } from './became-mark.tsx'
import type { Correction } from './correct-recipe.ts'
import type { PassageChoices } from './import-session.ts'
import editor from './editor.module.css'
import classes from './import-screen.module.css'
import { MEANING_NAMES, MEANINGS, type Meaning } from './meanings.ts'
import type { Reach } from './source-groups.ts'

interface Props {
  readonly choices: PassageChoices | undefined
  readonly refusals: readonly string[]
  readonly busy: boolean
  readonly close: () => void
  readonly correct: (passage: number, reach: Reach, correction: Correction) => void
}

export function MappingEditor({ choices, refusals, busy, close, correct }: Props) {
  const t = useTranslations('import')
  return (
    <Modal
      opened={choices !== undefined}
      onClose={close}
      size="lg"
      title={t('mapTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {choices && (
        <Editor
          key={choices.passage.index}
          choices={choices}
          refusals={refusals}
          busy={busy}
          correct={correct}
        />
      )}
    </Modal>
  )
}

type Choose = Meaning | 'leave-out'
const START: Partial<Record<string, Choose>> = {
  behaviour: 'behaviour',
  competency: 'competency',
  level: 'level',
  role: 'role',
  expectation: 'expectation',
  duty: 'duty',
  area: 'area',
  scoring: 'weight',
  words: 'framework',
}
const FIXED = '='
/** A text that nothing takes and that is longer than a name is most often a statement. */
const isStatement = (text: string): boolean => text.length > 24

function Editor({
  choices,
  refusals,
  busy,
  correct,
}: Required<Omit<Props, 'close' | 'choices'>> & { readonly choices: PassageChoices }) {
  const t = useTranslations('import')
  const { passage, values } = choices
  const [meaning, setMeaning] = useState<Choose>(
    START[passage.became] ??
      (passage.became === 'missing' && isStatement(passage.text) ? 'behaviour' : 'leave-out'),
  )
  const [reach, setReach] = useState<Reach>('all')
  const [from, setFrom] = useState<Readonly<Record<string, string>>>(choices.suggested)
  const [fixed, setFixed] = useState<Readonly<Record<string, string>>>({})
  const [reason, setReason] = useState(passage.became === 'left-out' ? (passage.reason ?? '') : '')
  const [lines, setLines] = useState(false)
  const needs: readonly string[] = meaning === 'leave-out' ? [] : MEANINGS[meaning].needs
  const apply = (): void => {
    if (meaning === 'leave-out') return correct(passage.index, reach, { kind: 'leave-out', reason })
    const read = Object.fromEntries(
      needs.map((need): [string, Value] => [
        need,
        from[need] === FIXED ? { text: fixed[need] ?? '' } : (from[need] ?? ''),
      ]),
    )
    correct(passage.index, reach, { kind: 'means', meaning, from: read, lines })
  }
  return (
    <form
      className={editor['editor']}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <blockquote className={editor['quote']}>{passage.text}</blockquote>
      <p className={classes['quiet']}>{choices.place}</p>
      <p>
        {t('now')} <BecameMark became={passage.became} />
        {passage.reason !== undefined && <span className={classes['quiet']}> {passage.reason}</span>}
      </p>
      <Choice
        label={t('means')}
        value={meaning}
        options={[
          ...MEANING_NAMES.map((name) => ({ value: name, label: t(`meaning.${name}`) })),
          { value: 'leave-out', label: t('leaveOut') },
        ]}
        onChange={(value) => setMeaning(value as Choose)}
      />
      {needs.map((need) => (
        <div key={need} className={editor['need']}>
          <Choice
            label={t(`need.${need as 'competency'}`)}
            value={from[need] ?? ''}
            options={[
              { value: '', label: t('pick') },
              ...values
                .filter(({ kind }) => kind !== 'own')
                .map(({ path, kind, name, sample }) => ({
                  value: path,
                  label: t(`read.${kind as 'column'}`, { name, sample: sample.slice(0, 50) }),
                })),
              { value: FIXED, label: t('read.fixed') },
            ]}
            onChange={(value) => setFrom({ ...from, [need]: value })}
          />
          {from[need] === FIXED && (
            <input
              aria-label={t('fixedText')}
              value={fixed[need] ?? ''}
              onChange={(event) => setFixed({ ...fixed, [need]: event.currentTarget.value })}
            />
          )}
        </div>
      ))}
      {meaning === 'leave-out' && (
        <label className={editor['field']}>
          <span>{t('reason')}</span>
          <input
            value={reason}
            required
            placeholder={t('reasonExample')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      )}
      {passage.text.includes('\n') && needs.length > 0 && (
        <label className={classes['check']}>
          <input
            type="checkbox"
            checked={lines}
            onChange={(event) => setLines(event.currentTarget.checked)}
          />
          {t('eachLine')}
        </label>
      )}
      {choices.reaches.length > 1 && (
        <Choice
          label={t('appliesTo')}
          value={reach}
          options={choices.reaches.map((each) => ({
            value: each.reach,
            label: t(`reach.${each.reach}`, { count: each.count, name: each.name }),
          }))}
          onChange={(value) => setReach(value as Reach)}
        />
      )}
      {refusals.length > 0 && (
        <ul role="alert" className={editor['refusals']}>
          {refusals.map((each) => (
            <li key={each} lang="en">
              {each}
            </li>
          ))}
        </ul>
      )}
      <div className={classes['buttons']}>
        <Button type="submit" loading={busy}>
          {t('applyTo', { count: choices.reaches.find((each) => each.reach === reach)?.count ?? 1 })}
        </Button>
      </div>
    </form>
  )
}
