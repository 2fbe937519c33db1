// A page: its title in the window and as the one heading, which takes the focus when the address changes.
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import classes from './page.module.css'

/** The first page of a visit leaves the focus where the browser puts it. */
let isFirst = true

interface Props {
  readonly title: string
  /** A short line above the title: what kind of page this is. */
  readonly above?: ReactNode
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children?: ReactNode
  readonly narrow?: boolean
  /** Puts the actions under the title, where they are what the page is for. */
  readonly stacked?: boolean
}

export function Page({ title, above, lead, actions, children, narrow, stacked }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const path = useLocation({ select: (location) => location.pathname })
  useEffect(() => {
    document.title = `${title} · Rungs`
  }, [title])
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true })
    isFirst = false
    // The address is what the effect waits for, though it does not read it.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [path])
  return (
    <article className={narrow ? `${classes['page']} ${classes['narrow']}` : classes['page']}>
      <header className={classes['header']} data-stacked={stacked}>
        <div>
          {above && <p className={classes['above']}>{above}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={classes['lead']}>{lead}</p>}
        </div>
        {actions && (
          <div className={classes['actions']} data-screen-only>
            {actions}
          </div>
        )}
      </header>
      {children}
    </article>
  )
}

interface SectionProps {
  readonly title: ReactNode
  readonly lead?: ReactNode
  readonly id?: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, lead, id, aside, children }: SectionProps) {
  return (
    <section className={classes['section']} id={id}>
      <div className={classes['sectionHead']}>
        <div>
          <h2>{title}</h2>
          {lead && <p className={classes['sectionLead']}>{lead}</p>}
        </div>
        {aside}
      </div>
      {children}
    </section>
  )
}
