// Several ladders that were dropped together: which to begin with, and those that are still to come.
import { Button } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { LadderPart } from '../../../core/ladders/part-source.ts'
import { Section } from '../../../ui/components/page.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import classes from './import-screen.module.css'

const SHOWN = 5

interface Props {
  readonly parts: readonly LadderPart[]
  readonly begin: (part: LadderPart) => void
  readonly together: () => void
  readonly another: () => void
}

export function Several({ parts, begin, together, another }: Props) {
  const t = useTranslations('import')
  return (
    <section className={classes['several']} aria-label={t('severalTitle', { count: parts.length })}>
      <div role="status">
        <h2>{t('severalTitle', { count: parts.length })}</h2>
        <p>{t('severalLead')}</p>
      </div>
      <ul role="list">
        {parts.map((part) => (
          <li key={part.files[0]}>
            <h3>
              {part.name} {part.recipe !== undefined && <Tag tone="accent">{t('severalKnown')}</Tag>}
            </h3>
            <p className={classes['quiet']}>
              {t('severalFiles', {
                files: part.files.slice(0, SHOWN).join(', '),
                more: Math.max(0, part.files.length - SHOWN),
              })}
            </p>
            <Button onClick={() => begin(part)}>{t('severalBegin', { name: part.name })}</Button>
          </li>
        ))}
      </ul>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={together}>
          {t('severalTogether')}
        </Button>
        <Button variant="default" onClick={another}>
          {t('another')}
        </Button>
      </div>
    </section>
  )
}

/** The ladders that are still to come, to go on with after this one. */
export function NextLadders({ parts, begin }: Pick<Props, 'parts' | 'begin'>) {
  const t = useTranslations('import')
  return (
    <Section title={t('restTitle')} lead={t('restLead')}>
      <div className={classes['buttons']}>
        {parts.map((part) => (
          <Button key={part.files[0]} variant="default" onClick={() => begin(part)}>
            {t('restNext', { name: part.name })}
          </Button>
        ))}
      </div>
    </Section>
  )
}
