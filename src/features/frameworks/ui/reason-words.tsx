// The words of a reason, and whether they are those that the audit knows by their fingerprint.
import { useTranslations } from 'use-intl'
import { Tag } from '../../../ui/components/tag.tsx'
import type { MigrationRecord } from './versions-api.ts'
import classes from './versions.module.css'

interface Props {
  /** Null where the words were erased. */
  readonly reason: string | null
  readonly audited: MigrationRecord['audited']
}

export function ReasonWords({ reason, audited }: Props) {
  const t = useTranslations('versions')
  return (
    <>
      {reason ?? <em>{t('erased')}</em>}{' '}
      {audited === 'differs' ? (
        <Tag tone="dashed">{t('audited.differs')}</Tag>
      ) : (
        <span className={classes['audited']}>{t(`audited.${audited}`)}</span>
      )}
    </>
  )
}
