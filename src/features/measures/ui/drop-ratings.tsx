// Takes ratings in: a dropped or chosen file, pasted text, or the simulated example.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DropArea } from '../../../ui/components/drop-area.tsx'
import classes from './measure-screen.module.css'

const MOST_BYTES = 200_000_000

interface Props {
  readonly read: (name: string, text: string) => void
  readonly example: () => void
}

export function DropRatings({ read, example }: Props) {
  const t = useTranslations('measure')
  const [problem, setProblem] = useState<'tooLarge' | 'notText'>()
  const [text, setText] = useState('')
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    if (file.size > MOST_BYTES) return setProblem('tooLarge')
    try {
      const content = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
      setProblem(undefined)
      read(file.name, content)
    } catch {
      setProblem('notText')
    }
  }
  return (
    <div className={classes['take']}>
      <DropArea
        title={t('drop')}
        note={t('private')}
        choose={t('choose')}
        accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv"
        actions={
          <Button variant="default" onClick={example}>
            {t('example')}
          </Button>
        }
        take={([first]) => void take(first?.file)}
      >
        {problem && (
          <p role="alert" className={classes['problem']}>
            {problem === 'tooLarge' ? t('tooLarge', { megabytes: MOST_BYTES / 1e6 }) : t('notText')}
          </p>
        )}
      </DropArea>
      <p className={classes['quiet']}>{t('formats')}</p>
      <details>
        <summary>{t('orPaste')}</summary>
        <label className={classes['paste']}>
          <span>{t('pasteLabel')}</span>
          <textarea
            rows={8}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <Button variant="default" disabled={text.trim() === ''} onClick={() => read(t('pasted'), text)}>
          {t('pasteButton')}
        </Button>
      </details>
    </div>
  )
}
