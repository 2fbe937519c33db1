// Invites one after the other everybody who is shown without an account; whoever could not be invited is named, with why.
import { Button, NativeSelect } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Refused } from '../../../ui/components/refused.tsx'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { accountsApi, administrationApi } from './administration-api.ts'
import classes from './administration.module.css'

interface Invitee {
  readonly id: string
  readonly name: string
}

interface Props {
  readonly people: readonly Invitee[]
  readonly mailIsSent: boolean
  readonly cancel: () => void
}

interface Progress {
  readonly done: number
  readonly refused: readonly { readonly person: Invitee; readonly error: unknown }[]
}

export function InviteMany({ people, mailIsSent, cancel }: Props) {
  const t = useTranslations('administration')
  const queries = useQueryClient()
  const { language: own } = useLanguage()
  const [language, setLanguage] = useState<'en' | 'zh-Hans'>(own)
  /** Who was chosen when it began: the list behind gets shorter meanwhile. */
  const [chosen] = useState(people)
  const [progress, setProgress] = useState<Progress>()
  const [over, setOver] = useState(false)
  const send = async (): Promise<void> => {
    let at: Progress = { done: 0, refused: [] }
    setProgress(at)
    for (const person of chosen) {
      try {
        await accountsApi.invite.call({ person: person.id, language })
        at = { ...at, done: at.done + 1 }
      } catch (error) {
        at = { done: at.done + 1, refused: [...at.refused, { person, error }] }
      }
      setProgress(at)
    }
    setOver(true)
    await queries.invalidateQueries({ queryKey: administrationApi.key() })
  }
  return (
    <section aria-label={t('inviteMany', { count: chosen.length })} className={classes['box']}>
      {!over && <h2>{t('inviteMany', { count: chosen.length })}</h2>}
      {progress === undefined && (
        <>
          <p>{t('inviteManyLead')}</p>
          {!mailIsSent && <p className={classes['notice']}>{t('mailKept')}</p>}
          <div className={classes['form']}>
            <NativeSelect
              label={t('language')}
              value={language}
              onChange={(event) => setLanguage(event.currentTarget.value as 'en' | 'zh-Hans')}
              data={[
                { value: 'en', label: 'English' },
                { value: 'zh-Hans', label: '中文' },
              ]}
            />
          </div>
        </>
      )}
      <p role="status">
        {progress !== undefined &&
          (over
            ? t('invitedMany', { count: chosen.length - progress.refused.length })
            : t('inviting', { done: progress.done, total: chosen.length }))}
      </p>
      {progress !== undefined && progress.refused.length > 0 && (
        <ul className={classes['list']}>
          {progress.refused.map(({ person, error }) => (
            <li key={person.id}>
              {person.name}
              <Refused error={error} className={classes['problem']} />
            </li>
          ))}
        </ul>
      )}
      <div className={classes['buttons']}>
        {!over && (
          <Button loading={progress !== undefined} onClick={() => void send()}>
            {t('sendMany', { count: chosen.length })}
          </Button>
        )}
        <Button variant="subtle" disabled={progress !== undefined && !over} onClick={cancel}>
          {t(over ? 'close' : 'cancel')}
        </Button>
      </div>
    </section>
  )
}
