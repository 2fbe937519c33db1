// Takes the result away as Markdown, JSON or CSV, or to the page that is laid out for paper.
import { Button, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Refused } from '../../../ui/components/refused.tsx'
import { saveFile } from '../../../ui/charts/copy-picture.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { standingsClient } from './standings-api.ts'
import classes from './take-away.module.css'

interface Props {
  readonly assessment: string
  readonly role?: string | undefined
  readonly variant?: string | undefined
}

export function TakeAway({ assessment, role, variant }: Props) {
  const t = useTranslations('standing')
  const { language } = useLanguage()
  const focus = { ...(role ? { role } : {}), ...(variant ? { variant } : {}) }
  const take = useMutation({
    mutationFn: (format: 'markdown' | 'json' | 'csv') =>
      standingsClient.export({ assessment, format, language, ...focus }),
    onSuccess: ({ filename, mediaType, text }) => saveFile(filename, new Blob([text], { type: mediaType })),
  })
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" loading={take.isPending}>
            {t('takeAway')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(['markdown', 'json', 'csv'] as const).map((format) => (
            <Menu.Item key={format} onClick={() => take.mutate(format)}>
              {t(format)}
              {format === 'json' && <small className={classes['hint']}>{t('jsonHint')}</small>}
            </Menu.Item>
          ))}
          <Menu.Item
            component={Link}
            to="/standings/$assessment/report"
            {...({
              params: { assessment },
              search: { ...(role ? { bar: role } : {}), ...(variant ? { variant } : {}) },
            } as object)}
          >
            {t('print')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span role="status" className="visually-hidden">
        {take.isSuccess ? t('exported', { name: take.data.filename }) : ''}
      </span>
      <Refused error={take.error} />
    </>
  )
}
