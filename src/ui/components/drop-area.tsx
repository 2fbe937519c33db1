// Takes files in: dropped on it, with folders and all in them where those are allowed, or chosen by a button.
import { Button } from '@mantine/core'
import { useRef, useState, type ReactNode } from 'react'
import classes from './drop-area.module.css'

/** A file with its path in what was dropped: `folder/file`, or its name alone. */
export interface DroppedFile {
  readonly path: string
  readonly file: File
}

interface Props {
  readonly title: string
  readonly note: string
  readonly choose: string
  /** The button for whole folders; without it one file is taken. */
  readonly chooseFolder?: string
  readonly accept?: string
  /** More buttons, beside those that choose. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
  readonly take: (files: readonly DroppedFile[]) => void
}

const MOST_FILES = 5_000
const isHidden = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part === 'node_modules')

/** Everything in dropped files and folders, without hidden ones. */
async function filesOf({ items, files }: DataTransfer): Promise<DroppedFile[]> {
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
  if (entries.length === 0) return [...files].map((file) => ({ path: file.name, file }))
  for (const entry of entries) await visit(entry)
  return found
}

export function DropArea({ title, note, choose, chooseFolder, accept, actions, children, take }: Props) {
  const [over, setOver] = useState(false)
  const chosen = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const takeAny = (files: readonly DroppedFile[]): void => {
    const taken = chooseFolder === undefined ? files.slice(0, 1) : files
    if (taken.length > 0) take(taken)
  }
  const takeChosen = (input: HTMLInputElement): void => {
    takeAny(
      [...(input.files ?? [])]
        .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
        .filter(({ path }) => !isHidden(path)),
    )
    // The same file chosen again, after it was mended, is a change as well.
    input.value = ''
  }
  return (
    <div
      className={classes['area']}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void filesOf(event.dataTransfer).then(takeAny)
      }}
    >
      <p className={classes['title']}>{title}</p>
      <div className={classes['buttons']}>
        <Button onClick={() => chosen.current?.click()}>{choose}</Button>
        {chooseFolder !== undefined && (
          <Button variant="default" onClick={() => folder.current?.click()}>
            {chooseFolder}
          </Button>
        )}
        {actions}
      </div>
      <input
        ref={chosen}
        type="file"
        multiple={chooseFolder !== undefined}
        accept={accept}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={choose}
        onChange={(event) => takeChosen(event.currentTarget)}
      />
      {chooseFolder !== undefined && (
        <input
          ref={(element) => {
            folder.current = element
            element?.setAttribute('webkitdirectory', '')
          }}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={chooseFolder}
          onChange={(event) => takeChosen(event.currentTarget)}
        />
      )}
      <p className={classes['note']}>{note}</p>
      {children}
    </div>
  )
}
