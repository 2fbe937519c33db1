// A role's bar: each competency it asks, in its area, as level pips with must or should; then what it gives up, and why.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Role, Variant } from '../../../core/framework/model.ts'
import { LevelPips } from '../../../ui/components/level-pips.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import classes from './role-screen.module.css'
import type { FrameworkView } from './use-framework.ts'

interface Props {
  readonly view: FrameworkView
  readonly role: Role
  readonly variant: Variant | undefined
}

export function RoleBar({ view, role, variant }: Props) {
  const t = useTranslations('role')
  const level = useTranslations('level')
  const figures = useFigures()
  // Level 0 lifts an expectation that another role on the way has: nothing is asked.
  const all = Object.entries({ ...role.expectations, ...variant?.expectations })
  const bar = Object.fromEntries(all.filter(([, { level: asked }]) => asked > 0))
  const givenUp = all.flatMap(([id, { level: asked, note }]) =>
    asked === 0 && note !== undefined ? [{ id, note: view.say(note) }] : [],
  )
  if (Object.keys(bar).length === 0) return <Empty text={t('noBar')} />
  return (
    <>
      <table className={classes['bar']}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('competency')}</th>
            <th scope="col">{t('expected')}</th>
            <th scope="col">{t('kind')}</th>
          </tr>
        </thead>
        {view.framework.areas.map((area) => {
          const here = view.framework.competencies.filter((each) => each.area === area.id && bar[each.id])
          if (here.length === 0) return null
          return (
            <tbody key={area.id}>
              <tr>
                <th scope="rowgroup" colSpan={3} className={classes['area']}>
                  {view.say(area.title)}
                </th>
              </tr>
              {here.map((competency) => {
                const expectation = bar[competency.id]!
                const was = role.expectations[competency.id]
                const differs = variant?.expectations[competency.id] !== undefined
                return (
                  <tr key={competency.id}>
                    <th scope="row">
                      <Link
                        to="/frameworks/$framework/competencies/$competency"
                        params={{ framework: view.framework.id, competency: competency.id }}
                        className={classes['quietLink']}
                      >
                        {view.say(competency.title)}
                      </Link>
                      {expectation.note && <p className={classes['note']}>{view.say(expectation.note)}</p>}
                    </th>
                    <td>
                      <LevelPips
                        level={expectation.level}
                        of={view.scaleOf(competency.id).levels.length}
                        title={view.levelTitle(competency.id, expectation.level)}
                        named
                      />
                    </td>
                    <td>
                      {expectation.kind === 'should' ? (
                        <Tag tone="dashed" title={level('shouldLong')}>
                          {level('should')}
                        </Tag>
                      ) : (
                        <span className={classes['must']} title={level('mustLong')}>
                          {level('must')}
                        </span>
                      )}
                      {differs && was && was.level !== expectation.level && (
                        <Tag tone="accent">
                          {was.level} → {expectation.level}
                        </Tag>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          )
        })}
      </table>
      {[...new Set(givenUp.map(({ note }) => note))].map((note) => (
        <p key={note} className={classes['note']}>
          {figures.list(
            givenUp.filter((each) => each.note === note).map(({ id }) => view.competencyTitle(id)),
          )}
          {level('colon')}
          {note}
        </p>
      ))}
    </>
  )
}
