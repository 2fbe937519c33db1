// Asks on after the end: towards a role, about one competency, until the nearest bars are decided, or everything left.
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Choice } from '../../../ui/components/choice.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import classes from './ask-more.module.css'
import { useContinue } from './use-continue.ts'
import type { Goal } from './use-continue.ts'

interface Props {
  readonly assessment: string
  readonly view: FrameworkView
  /** The role that is proposed first. */
  readonly role?: string | undefined
  /** Competencies of which every behaviour was answered: there is nothing left to ask of them. */
  readonly done?: readonly string[] | undefined
  /** Goes on with the same questions, where the person stopped them by hand. */
  readonly onResume?: (() => void) | undefined
  readonly size?: 'sm' | 'md'
}

export function AskMore({ assessment, view, role, done = [], onResume, size = 'sm' }: Props) {
  const t = useTranslations('askMore')
  const [opened, setOpened] = useState(false)
  const roles = view.framework.roles.map((each) => ({ value: each.id, label: view.say(each.title) }))
  const competencies = view.framework.competencies
    .filter((each) => !done.includes(each.id))
    .map((each) => ({ value: each.id, label: view.say(each.title) }))
  const [towards, setTowards] = useState(role ?? roles[0]?.value ?? '')
  const [about, setAbout] = useState(competencies[0]?.value ?? '')
  const { ask, busy, nothingLeft, error } = useContinue(assessment)
  const row = (name: string, text: string, goal: Goal | undefined, choice?: React.ReactNode) => (
    <li>
      <span>
        <strong>{name}</strong>
        <span className={classes['text']}>{text}</span>
        {choice}
      </span>
      <Button
        size="compact-md"
        variant="default"
        disabled={busy}
        onClick={() => (goal === undefined ? onResume?.() : ask(goal))}
        aria-label={`${t('ask')}: ${name}`}
      >
        {t('ask')}
      </Button>
    </li>
  )
  return (
    <>
      <Button size={size} variant="default" aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {t('title')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('title')}
        closeButtonProps={{ 'aria-label': t('close') }}
        centered
      >
        <p className={classes['text']}>{t('lead')}</p>
        <ul role="list" className={classes['goals']}>
          {onResume && row(t('resume'), t('resumeText'), undefined)}
          {row(
            t('role'),
            t('roleText'),
            { role: towards },
            <Choice label={t('role')} hideLabel value={towards} options={roles} onChange={setTowards} />,
          )}
          {competencies.length > 0 &&
            row(
              t('competency'),
              t('competencyText'),
              { competency: about },
              <Choice
                label={t('competency')}
                hideLabel
                value={about}
                options={competencies}
                onChange={setAbout}
              />,
            )}
          {row(t('adaptive'), t('adaptiveText'), 'adaptive')}
          {row(t('everything'), t('everythingText'), 'whole-bank')}
        </ul>
        <p role="status">{nothingLeft ? t('nothingLeft') : ''}</p>
        <Refused error={error} />
      </Modal>
    </>
  )
}
