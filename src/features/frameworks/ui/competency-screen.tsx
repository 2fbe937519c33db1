// A competency: its behaviours by level, and which roles ask how much of it.
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { LevelPips } from '../../../ui/components/level-pips.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { BlindFold } from '../../assessments/ui/blind-fold.tsx'
import classes from './competency-screen.module.css'
import { Missing } from './missing.tsx'
import { useFramework } from './use-framework.ts'

export function CompetencyScreen() {
  const t = useTranslations('competency')
  const words = useTranslations('level')
  const { framework, competency: id } = useParams({ from: '/frameworks/$framework/competencies/$competency' })
  const { behaviour: sought } = useSearch({ from: '/frameworks/$framework/competencies/$competency' })
  const view = useFramework(framework)
  const competency = view.competency(id)
  if (!competency) return <Missing />
  const { levels } = view.scaleOf(id)
  const asking = view.framework.roles.filter((role) => (role.expectations[id]?.level ?? 0) > 0)
  return (
    <Page
      title={view.say(competency.title)}
      above={
        <>
          <Link to="/frameworks/$framework/competencies" params={{ framework }}>
            {t('all')}
          </Link>
          {' · '}
          {view.areaTitle(competency.area)}
        </>
      }
      lead={view.say(competency.description)}
    >
      <Section title={t('behaviours')} lead={t('lead')}>
        <BlindFold framework={framework}>
          <ol role="list" className={classes['levels']}>
            {levels.map(({ level, title, description }) => {
              const behaviours = competency.behaviours.filter((each) => each.level === level)
              const askers = asking.filter((role) => role.expectations[id]?.level === level)
              return (
                <li key={level} className={classes['level']}>
                  <div className={classes['head']}>
                    <LevelPips level={level} of={levels.length} title={view.say(title)} />
                    <h3>{view.say(title)}</h3>
                    {description && <p>{view.say(description)}</p>}
                  </div>
                  <div>
                    {behaviours.length === 0 && <p className={classes['quiet']}>{t('noBehaviours')}</p>}
                    <ul className={classes['behaviours']}>
                      {behaviours.map((each) => (
                        <li key={each.id} data-sought={each.id === sought} id={each.id}>
                          {view.say(each.text)}
                        </li>
                      ))}
                    </ul>
                    {askers.length > 0 && (
                      <p className={classes['askers']}>
                        {t('askedBy')}{' '}
                        {askers.map((role, index) => (
                          <span key={role.id}>
                            {index > 0 && ' · '}
                            <Link
                              to="/frameworks/$framework/roles/$role"
                              params={{ framework, role: role.id }}
                            >
                              {view.say(role.title)}
                            </Link>
                            {role.expectations[id]?.kind === 'should' && (
                              <>
                                {' '}
                                <Tag tone="dashed">{words('should')}</Tag>
                              </>
                            )}
                          </span>
                        ))}
                      </p>
                    )}
                  </div>
                </li>
              )
            })}
          </ol>
        </BlindFold>
      </Section>
    </Page>
  )
}
