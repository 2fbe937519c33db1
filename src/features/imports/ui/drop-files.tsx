// Takes the files of a ladder in, and says which forms are read.
import { useTranslations } from 'use-intl'
import { DropArea, type DroppedFile } from '../../../ui/components/drop-area.tsx'
import classes from './import-screen.module.css'

interface Props {
  readonly read: (files: readonly DroppedFile[], name: string) => void
}

/** The title that the framework gets at first: the folder's name, or the first file's without its ending. */
function nameOf(files: readonly DroppedFile[]): string {
  const first = files[0]?.path ?? ''
  const folder = first.slice(0, first.indexOf('/') + 1)
  return folder && files.every(({ path }) => path.startsWith(folder))
    ? folder.slice(0, -1)
    : first.replace(/\.[^.]+$/, '')
}

export function DropFiles({ read }: Props) {
  const t = useTranslations('import')
  return (
    <div className={classes['take']}>
      <DropArea
        title={t('drop')}
        note={t('private')}
        choose={t('chooseFiles')}
        chooseFolder={t('chooseFolder')}
        take={(files) => read(files, nameOf(files))}
      />
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
