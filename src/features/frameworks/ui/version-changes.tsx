// What changes between two versions, as sentences under their sections.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Change } from '../../../core/framework/diff/change.ts'
import classes from './versions.module.css'

type Shown = Pick<Change, 'kind' | 'section' | 'message'>
const SECTIONS = ['Framework', 'Roles', 'Competencies', 'Behaviours', 'Transitions', 'Org rules'] as const
const SHOWN = 12

interface Props {
  readonly changes: readonly Shown[]
  /** The heading that the sections get: one under the heading around them. */
  readonly heading: 'h3' | 'h4'
}

export function VersionChanges({ changes, heading }: Props) {
  const t = useTranslations('versions')
  if (changes.length === 0) return <p>{t('noChanges')}</p>
  return (
    <div className={classes['changes']}>
      {SECTIONS.map((section) => {
        const own = changes.filter((each) => each.section === section)
        return own.length === 0 ? null : (
          <ChangesOf
            key={section}
            title={t(`section.${section.replace(' ', '') as 'Roles'}`)}
            heading={heading}
            changes={own}
          />
        )
      })}
    </div>
  )
}

interface SectionProps extends Props {
  readonly title: string
}

function ChangesOf({ title, changes, heading: Heading }: SectionProps) {
  const t = useTranslations('versions')
  const [all, setAll] = useState(false)
  return (
    <section>
      <Heading>
        {title} <span className={classes['quiet']}>{changes.length}</span>
      </Heading>
      <ul role="list" lang="en">
        {(all ? changes.slice(0, 1000) : changes.slice(0, SHOWN)).map(({ kind, message }, at) => (
          <li key={at}>
            <span className={classes['kind']} data-kind={kind}>
              {t(`kind.${kind}`)}
            </span>{' '}
            {message}
          </li>
        ))}
      </ul>
      {changes.length > SHOWN && !all && (
        <button type="button" className={classes['more']} onClick={() => setAll(true)}>
          {t('moreChanges', { count: changes.length - SHOWN })}
        </button>
      )}
    </section>
  )
}
