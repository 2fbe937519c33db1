// Takes the files of a ladder in: dropped files or folders, or chosen ones.
import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import classes from './import-screen.module.css'
import type { DroppedFile } from './import-worker.ts'

interface Props {
  readonly read: (files: readonly DroppedFile[], name: string) => void
}

const MOST_FILES = 5_000
const isHidden = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part === 'node_modules')

/** The title that the framework gets at first: the folder's name, or the only file's without its ending. */
export function nameOf(files: readonly DroppedFile[]): string {
  const first = files[0]?.path ?? ''
  const folder = first.includes('/') ? first.slice(0, first.indexOf('/')) : ''
  if (folder && files.every(({ path }) => path.startsWith(`${folder}/`))) return folder
  return files.length === 1 ? first.replace(/\.[^.]+$/, '') : first.replace(/\.[^.]+$/, '')
}

/** Everything in dropped files and folders, without hidden ones. */
async function filesOf(items: DataTransferItemList): Promise<DroppedFile[]> {
  const found: DroppedFile[] = []
  const visit = async (entry: FileSystemEntry): Promise<void> => {
    const path = entry.fullPath.replace(/^\//, '')
    if (isHidden(path) || found.length >= MOST_FILES) return
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      )
      found.push({ path, file })
      return
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader()
    // A reader gives its entries in parts; the last part is empty.
    for (;;) {
      const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      )
      if (part.length === 0) return
      for (const one of part) await visit(one)
    }
  }
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  for (const entry of entries) await visit(entry)
  return found
}

export function DropFiles({ read }: Props) {
  const t = useTranslations('import')
  const [over, setOver] = useState(false)
  const chosen = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const take = (files: readonly DroppedFile[]): void => {
    if (files.length > 0) read(files, nameOf(files))
  }
  const takeList = (list: FileList | null): void =>
    take(
      [...(list ?? [])]
        .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
        .filter(({ path }) => !isHidden(path)),
    )
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
          void filesOf(event.dataTransfer.items).then(take)
        }}
      >
        <p className={classes['dropTitle']}>{t('drop')}</p>
        <div className={classes['buttons']}>
          <Button onClick={() => chosen.current?.click()}>{t('chooseFiles')}</Button>
          <Button variant="default" onClick={() => folder.current?.click()}>
            {t('chooseFolder')}
          </Button>
        </div>
        <input
          ref={chosen}
          type="file"
          multiple
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('chooseFiles')}
          onChange={(event) => takeList(event.currentTarget.files)}
        />
        <input
          ref={(element) => {
            folder.current = element
            element?.setAttribute('webkitdirectory', '')
          }}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('chooseFolder')}
          onChange={(event) => takeList(event.currentTarget.files)}
        />
        <p className={classes['quiet']}>{t('private')}</p>
      </div>
      <dl className={classes['forms']}>
        {(['tables', 'trees', 'documents', 'ours'] as const).map((form) => (
          <div key={form}>
            <dt>{t(`form.${form}`)}</dt>
            <dd>{t(`formText.${form}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
