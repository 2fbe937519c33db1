// The frameworks to choose from.
import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { textIn } from '../../../core/framework/text-in.ts'
import { Page } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import classes from './frameworks-screen.module.css'
import { frameworksApi } from './use-framework.ts'

/** Where a framework can be opened: its ladder first. */
const PAGES = [
  ['/frameworks/$framework', 'ladder'],
  ['/frameworks/$framework/competencies', 'competencies'],
  ['/frameworks/$framework/versions', 'versions'],
] as const

export function FrameworksScreen() {
  const t = useTranslations('frameworks')
  const figures = useFigures()
  const competency = useTranslations('competency')
  const bring = useTranslations('import')
  const versions = useTranslations('versions')
  const { language } = useLanguage()
  const { data } = useSuspenseQuery(frameworksApi.list.queryOptions())
  const pages = { ladder: t('open'), competencies: competency('all'), versions: versions('open') }
  const named = new Intl.DisplayNames([language], { type: 'language' })
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button component={Link} to="/import">
          {bring('navigation')}
        </Button>
      }
    >
      {data.frameworks.length === 0 && <Empty text={t('empty')} />}
      <ul role="list" className={classes['list']}>
        {data.frameworks.map((each) => (
          <li key={each.id}>
            <h2>
              <Link to="/frameworks/$framework" params={{ framework: each.id }}>
                {textIn(each.title, language)}
              </Link>{' '}
              {each.builtIn && <Tag>{t('builtIn')}</Tag>}
            </h2>
            {each.description && <p>{textIn(each.description, language)}</p>}
            <p className={classes['meta']}>
              {t('counts', {
                roles: each.roles,
                competencies: each.competencies,
                behaviours: each.behaviours,
              })}
              {' · '}
              {t('version', { version: each.version })}
              {' · '}
              {t('languages', { languages: figures.list(each.languages.map((tag) => named.of(tag) ?? tag)) })}
            </p>
            <p className={classes['actions']}>
              {PAGES.map(([to, name], at) => (
                <Button
                  key={to}
                  component={Link}
                  to={to}
                  params={{ framework: each.id } as never}
                  variant={at === 0 ? 'default' : 'subtle'}
                  size="xs"
                >
                  {pages[name]}
                </Button>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
