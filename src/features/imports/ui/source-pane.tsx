// The source as it was dropped: its tables and passages, each marked with what it became.
import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Choice } from '../../../ui/components/choice.tsx'
import became from './became.module.css'
import classes from './import-screen.module.css'
import type { Made } from './import-session.ts'
import { PAGE_LINES, type Passage, type SourcePage, type ViewLine } from './source-view.ts'

interface Props {
  readonly made: Made
  readonly page: SourcePage | undefined
  readonly mark: number | undefined
  readonly onlyMissing: boolean
  readonly see: (file: number, from: number, onlyMissing: boolean) => void
  readonly open: (passage: number) => void
}

export function SourcePane({ made, page, mark, onlyMissing, see, open }: Props) {
  const t = useTranslations('import')
  const scroll = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (mark !== undefined)
      scroll.current?.querySelector(`[data-passage="${mark}"]`)?.scrollIntoView({ block: 'center' })
  }, [mark])
  const file = page?.file ?? 0
  return (
    <div className={classes['pane']}>
      <div className={classes['paneHead']}>
        <h3>{t('source')}</h3>
        <Choice
          label={t('file')}
          hideLabel
          value={String(file)}
          options={made.files.map(({ path, missing }, at) => ({
            value: String(at),
            label: missing > 0 ? t('fileMissing', { path, missing }) : path,
          }))}
          onChange={(value) => see(Number(value), 0, onlyMissing)}
        />
        <label className={classes['check']}>
          <input
            type="checkbox"
            checked={onlyMissing}
            onChange={(event) => see(file, 0, event.currentTarget.checked)}
          />
          {t('onlyMissing', { count: made.missingCount })}
        </label>
      </div>
      <div // Another page begins at its top.
        key={`${file} ${page?.from ?? 0}`}
        ref={scroll}
        className={classes['paneBody']}
        role="region"
        aria-label={t('source')}
        tabIndex={0}
      >
        {page && page.lines.length === 0 && (
          <p className={classes['quiet']}>{onlyMissing ? t('nothingMissing') : t('nothingHere')}</p>
        )}
        {page && <Lines lines={page.lines} mark={mark} open={open} />}
      </div>
      {page && page.total > PAGE_LINES && (
        <div className={classes['pages']}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={page.from === 0}
            onClick={() => see(file, page.from - PAGE_LINES, onlyMissing)}
          >
            {t('before')}
          </Button>
          <span className={classes['quiet']}>
            {t('lines', {
              from: page.from + 1,
              to: Math.min(page.total, page.from + PAGE_LINES),
              total: page.total,
            })}
          </span>
          <Button
            size="compact-sm"
            variant="default"
            disabled={page.from + PAGE_LINES >= page.total}
            onClick={() => see(file, page.from + PAGE_LINES, onlyMissing)}
          >
            {t('after')}
          </Button>
        </div>
      )}
    </div>
  )
}

type Row = Extract<ViewLine, { kind: 'row' }>

function Lines({
  lines,
  mark,
  open,
}: {
  readonly lines: readonly ViewLine[]
  readonly mark: number | undefined
  readonly open: (passage: number) => void
}) {
  const blocks: ReactNode[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (line.kind === 'text') {
      const heading = /^h[1-6]$|^b$/.test(line.name)
      blocks.push(
        <div
          key={at}
          className={classes['line']}
          data-heading={heading}
          style={{ marginLeft: line.depth * 12 }}
        >
          {!/^(?:h[1-6]|p|li|b|code|section|table|-)$/.test(line.name) && (
            <span className={classes['key']}>{line.name}</span>
          )}
          {line.passage && <PassageButton passage={line.passage} mark={mark} open={open} />}
        </div>,
      )
      continue
    }
    const rows: Row[] = []
    while (at < lines.length) {
      const next = lines[at]!
      if (next.kind !== 'row' || next.table !== line.table) break
      rows.push(next)
      at += 1
    }
    at -= 1
    blocks.push(<Table key={at} rows={rows} mark={mark} open={open} />)
  }
  return <>{blocks}</>
}

function Table({
  rows,
  mark,
  open,
}: {
  readonly rows: readonly Row[]
  readonly mark: number | undefined
  readonly open: (passage: number) => void
}) {
  const columns = [...new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column)))].toSorted(
    (a, b) => a.length - b.length || (a < b ? -1 : 1),
  )
  const title = rows[0]?.title
  return (
    <div className={classes['sheet']}>
      {title && <PassageButton passage={title} mark={mark} open={open} />}
      <table>
        <thead>
          <tr>
            <th scope="col">#</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at} data-header={row.header}>
              <th scope="row">{row.number}</th>
              {columns.map((column) => {
                const passages = row.cells.find((cell) => cell.column === column)?.passages ?? []
                return (
                  <td key={column} data-long={passages.some(({ text }) => text.length > 40)}>
                    {passages.map((passage) => (
                      <PassageButton key={passage.index} passage={passage} mark={mark} open={open} />
                    ))}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PassageButton({
  passage,
  mark,
  open,
}: {
  readonly passage: Passage
  readonly mark: number | undefined
  readonly open: (passage: number) => void
}) {
  const t = useTranslations('import')
  return (
    <button
      type="button"
      className={became['passage']}
      data-became={passage.became}
      data-passage={passage.index}
      data-here={passage.index === mark}
      title={passage.reason}
      onClick={() => open(passage.index)}
    >
      <span className={became['word']}>
        {t(`became.${passage.became}`)}
        {passage.reason !== undefined && `: ${passage.reason}`}
      </span>
      {passage.text}
    </button>
  )
}
