// All competencies of a framework in their areas, with what each role asks of them, as one table.
import { Link, useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { colourStep } from '../../../ui/components/level-pips.tsx'
import { Page } from '../../../ui/components/page.tsx'
import { BlindFold } from '../../assessments/ui/blind-fold.tsx'
import classes from './competencies-screen.module.css'
import { useFramework } from './use-framework.ts'

export function CompetenciesScreen() {
  const t = useTranslations('competency')
  const words = useTranslations('level')
  const { framework } = useParams({ from: '/frameworks/$framework/competencies' })
  const view = useFramework(framework)
  const { roles, areas, competencies } = view.framework
  return (
    <Page
      title={t('all')}
      above={
        <Link to="/frameworks/$framework" params={{ framework }}>
          {view.say(view.framework.title)}
        </Link>
      }
      lead={t('allLead')}
    >
      <BlindFold framework={framework}>
        <div className={classes['wide']} role="region" aria-label={t('all')} tabIndex={0}>
          <table className={classes['table']}>
            <thead>
              <tr>
                <th scope="col">{t('all')}</th>
                {roles.map((role) => (
                  <th key={role.id} scope="col">
                    <Link to="/frameworks/$framework/roles/$role" params={{ framework, role: role.id }}>
                      {view.say(role.title)}
                    </Link>
                  </th>
                ))}
              </tr>
            </thead>
            {areas.map((area) => (
              <tbody key={area.id}>
                <tr>
                  <th scope="rowgroup" colSpan={roles.length + 1} className={classes['area']}>
                    {view.say(area.title)}
                  </th>
                </tr>
                {competencies
                  .filter((each) => each.area === area.id)
                  .map((competency) => (
                    <tr key={competency.id}>
                      <th scope="row">
                        <Link
                          to="/frameworks/$framework/competencies/$competency"
                          params={{ framework, competency: competency.id }}
                        >
                          {view.say(competency.title)}
                        </Link>
                      </th>
                      {roles.map((role) => {
                        const asked = role.expectations[competency.id]
                        if (!asked || asked.level === 0)
                          return (
                            <td key={role.id}>
                              <span className={classes['none']} aria-label={words('none')} role="img">
                                ·
                              </span>
                            </td>
                          )
                        const step = colourStep(asked.level, view.scaleOf(competency.id).levels.length)
                        return (
                          <td key={role.id}>
                            <span
                              className={classes['cell']}
                              data-kind={asked.kind}
                              style={{
                                background: `var(--level-${step})`,
                                color: `var(--level-ink-${step})`,
                              }}
                            >
                              {asked.level}
                              {asked.kind === 'should' && (
                                <span className="visually-hidden"> {words('should')}</span>
                              )}
                            </span>
                          </td>
                        )
                      })}
                    </tr>
                  ))}
              </tbody>
            ))}
          </table>
        </div>
      </BlindFold>
    </Page>
  )
}
