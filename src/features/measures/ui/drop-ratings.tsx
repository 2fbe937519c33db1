// Takes ratings in: a dropped or chosen file, pasted text, or the simulated example.
import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import classes from './measure-screen.module.css'

const MOST_BYTES = 200_000_000

interface Props {
  readonly read: (name: string, text: string) => void
  readonly example: () => void
}

export function DropRatings({ read, example }: Props) {
  const t = useTranslations('measure')
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState<'tooLarge' | 'notText'>()
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
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
      <div
        className={classes['drop']}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files[0])
        }}
      >
        <p className={classes['dropTitle']}>{t('drop')}</p>
        <div className={classes['dropButtons']}>
          <Button onClick={() => input.current?.click()}>{t('choose')}</Button>
          <Button variant="default" onClick={example}>
            {t('example')}
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('choose')}
          accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        <p className={classes['quiet']}>{t('private')}</p>
        {problem && (
          <p role="alert" className={classes['problem']}>
            {problem === 'tooLarge' ? t('tooLarge', { megabytes: MOST_BYTES / 1e6 }) : t('notText')}
          </p>
        )}
      </div>
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
