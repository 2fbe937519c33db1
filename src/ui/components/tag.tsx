// A quiet label: a word with a thin line around it.
import type { ReactNode } from 'react'
import classes from './tag.module.css'

interface Props {
  readonly children: ReactNode
  readonly tone?: 'plain' | 'accent' | 'dashed'
  readonly title?: string
}

export function Tag({ children, tone = 'plain', title }: Props) {
  return (
    <span className={classes['tag']} data-tone={tone} title={title}>
      {children}
    </span>
  )
}
