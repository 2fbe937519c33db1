// Who says so: a small number that leads to the list of sources, or the word for our own.
import { useTranslations } from 'use-intl'
import { Section } from '../../../ui/components/page.tsx'
import classes from './cite.module.css'
import type { FrameworkView } from './use-framework.ts'

interface Props {
  readonly view: FrameworkView
  readonly source: string | undefined
  /** Adds the author's or publisher's name. */
  readonly named?: boolean
}

export function Cite({ view, source, named }: Props) {
  const t = useTranslations('role')
  const index = view.framework.sources.findIndex((each) => each.id === source)
  const found = view.framework.sources[index]
  if (!found) return <span className={classes['ours']}>{t('our')}</span>
  return (
    <span className={classes['cite']}>
      {named && `${found.author ?? found.publisher ?? ''} `}
      <a
        href={`#source-${found.id}`}
        aria-label={t('cite', { number: index + 1, title: view.say(found.title) })}
        title={view.say(found.title)}
      >
        [{index + 1}]
      </a>
    </span>
  )
}

export function SourceList({ view }: { readonly view: FrameworkView }) {
  const t = useTranslations('role')
  if (view.framework.sources.length === 0) return null
  return (
    <Section title={t('sources')}>
      <ol className={classes['sources']}>
        {view.framework.sources.map((each) => (
          <li key={each.id} id={`source-${each.id}`}>
            {[each.author, each.publisher].filter(Boolean).join(', ')}: <cite>{view.say(each.title)}</cite>
            {each.date && `, ${each.date}`}
            {each.url && (
              <>
                {' '}
                <a href={each.url} target="_blank" rel="noreferrer">
                  {each.url}
                </a>
              </>
            )}
            {each.note && <span className={classes['note']}>{view.say(each.note)}</span>}
          </li>
        ))}
      </ol>
    </Section>
  )
}
