// A picture with its table behind it: switch between the two, and copy it as SVG, PNG or CSV.
import { Button } from '@mantine/core'
import { lazy, Suspense, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { writeCsv, type CsvCell } from '../../core/tables/csv.ts'
import { copyOrSave, pngOf, svgOf } from '../charts/copy-picture.ts'
import classes from './figure.module.css'

const CopyMenu = lazy(() => import('./copy-menu.tsx'))

interface Props {
  /** File name of copies, without ending. */
  readonly name: string
  readonly picture: ReactNode
  readonly table: ReactNode
  readonly csv: () => readonly (readonly CsvCell[])[]
  /** The drawing to copy where the picture is not one svg element. */
  readonly svg?: () => string
  readonly caption?: ReactNode
  readonly controls?: ReactNode
  /** False where the picture is text, which is copied as text. */
  readonly pictureCopies?: boolean
}

export function Figure({ name, picture, table, csv, svg, caption, controls, pictureCopies = true }: Props) {
  const t = useTranslations('figure')
  const [view, setView] = useState<'picture' | 'table'>('picture')
  const [said, setSaid] = useState('')
  const [copying, setCopying] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const drawing = (): string => {
    if (svg) return svg()
    const element = body.current?.querySelector('svg')
    return element ? svgOf(element) : ''
  }
  const copy = async (kind: 'svg' | 'png' | 'csv'): Promise<void> => {
    const content =
      kind === 'csv'
        ? new Blob([writeCsv(csv())], { type: 'text/csv' })
        : kind === 'png'
          ? await pngOf(drawing())
          : new Blob([drawing()], { type: 'image/svg+xml' })
    const done = await copyOrSave(`${name}.${kind}`, content)
    setSaid(t(done))
    setTimeout(() => setSaid(''), 4000)
  }
  const copyButton = (
    <Button variant="default" size="compact-sm" aria-haspopup="menu" onClick={() => setCopying(true)}>
      {t('copy')}
      <span aria-hidden="true">&nbsp;▾</span>
    </Button>
  )
  return (
    <figure className={classes['figure']}>
      <div className={classes['tools']} data-screen-only>
        <div className={classes['controls']}>{controls}</div>
        <span role="status" className={classes['said']}>
          {said}
        </span>
        <div role="group" aria-label={t('view')} className={classes['views']}>
          {(['picture', 'table'] as const).map((each) => (
            <button key={each} type="button" aria-pressed={view === each} onClick={() => setView(each)}>
              {t(each)}
            </button>
          ))}
        </div>
        {copying ? (
          <Suspense fallback={copyButton}>
            <CopyMenu withPicture={view === 'picture' && pictureCopies} onCopy={(kind) => void copy(kind)} />
          </Suspense>
        ) : (
          copyButton
        )}
      </div>
      <div ref={body} className={view === 'table' ? classes['table'] : undefined}>
        {view === 'picture' ? picture : table}
      </div>
      {caption && <figcaption className={classes['caption']}>{caption}</figcaption>}
    </figure>
  )
}
