// A table of several columns: it scrolls in a box of its own, and on a phone each row is a card with its labels.
import type { ReactNode } from 'react'
import classes from './wide-table.module.css'

interface Props {
  /** What the box is called for whoever hears the page. */
  readonly label: string
  /**
   * Head and body. A cell names its column again as `data-label`, for cards; without it the cell has no label there, and
   * an empty cell is left out. What stands beside other text in a cell stands in one element with it.
   */
  readonly children: ReactNode
}

export function WideTable({ label, children }: Props) {
  return (
    <div className={classes['box']} tabIndex={0} role="region" aria-label={label}>
      <table>{children}</table>
    </div>
  )
}
