// What the source would become: the framework's competencies with their behaviours, and its roles.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Competency, Framework, Role } from '../../../core/framework/model.ts'
import { viewOf, type FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { BecameMark } from './became-mark.tsx'
import classes from './import-screen.module.css'
import type { ImportRequest } from './import-worker.ts'

interface Props {
  readonly framework: Framework
  /** Absent for our own formats: there is nothing to look up or rename. */
  readonly ask?: (request: ImportRequest) => void
}

export function ResultPane({ framework, ask }: Props) {
  const t = useTranslations('import')
  const { language } = useLanguage()
  const view = viewOf(framework, language)
  // Alone it stands right under the title of its section.
  const Heading = ask ? 'h4' : 'h3'
  return (
    <div className={classes['pane']}>
      {ask && (
        <div className={classes['paneHead']}>
          <h3>{t('result')}</h3>
        </div>
      )}
      <div className={classes['paneBody']} role="region" aria-label={t('result')} tabIndex={0}>
        <p className={classes['levels']}>
          <BecameMark became="level" />{' '}
          {framework.scale.levels.map(({ level, title }) => `${level} ${view.say(title)}`).join(' · ')}
        </p>
        {framework.areas.map((area) => {
          const inside = framework.competencies.filter((each) => each.area === area.id)
          return (
            <section key={area.id} className={classes['area']}>
              <Heading>{view.say(area.title)}</Heading>
              {inside.map((competency) => (
                <CompetencyEntry key={competency.id} competency={competency} view={view} ask={ask} />
              ))}
            </section>
          )
        })}
        {framework.roles.length > 0 && (
          <section className={classes['area']}>
            <Heading>{t('roles')}</Heading>
            {framework.roles.map((role) => (
              <RoleEntry key={role.id} role={role} view={view} ask={ask} />
            ))}
          </section>
        )}
      </div>
    </div>
  )
}

type Ask = Props['ask']

function Tools({
  list,
  id,
  title,
  ask,
}: {
  readonly list: 'competencies' | 'roles'
  readonly id: string
  readonly title: string
  readonly ask: NonNullable<Ask>
}) {
  const t = useTranslations('import')
  const [name, setName] = useState<string>()
  if (name === undefined)
    return (
      <p className={classes['tools']}>
        <button type="button" onClick={() => ask({ kind: 'find', target: `${list}.${id}` })}>
          {t('inSource')}
        </button>
        <button type="button" onClick={() => setName(title)}>
          {t('rename')}
        </button>
      </p>
    )
  return (
    <form
      className={classes['renaming']}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() && name.trim() !== title) ask({ kind: 'rename', list, id, title: name.trim() })
        setName(undefined)
      }}
    >
      <input
        aria-label={t('newName', { title })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit">{t('apply')}</button>
      <button type="button" onClick={() => setName(undefined)}>
        {t('cancel')}
      </button>
    </form>
  )
}

function CompetencyEntry({
  competency,
  view,
  ask,
}: {
  readonly competency: Competency
  readonly view: FrameworkView
  readonly ask: Ask
}) {
  const t = useTranslations('import')
  const [opened, setOpened] = useState(false)
  const title = view.say(competency.title)
  const LevelHeading = ask ? 'h5' : 'h4'
  return (
    <details className={classes['entry']} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <BecameMark became="competency" /> {title}{' '}
        <span className={classes['quiet']}>{t('behavioursOf', { count: competency.behaviours.length })}</span>
      </summary>
      {opened && (
        <div>
          {ask && <Tools list="competencies" id={competency.id} title={title} ask={ask} />}
          {competency.description && <p className={classes['prose']}>{view.say(competency.description)}</p>}
          {view.scaleOf(competency.id).levels.map(({ level, title: name }) => {
            const own = competency.behaviours.filter((each) => each.level === level)
            if (own.length === 0) return null
            return (
              <div key={level} className={classes['levelOf']}>
                <LevelHeading>
                  {level} {view.say(name)}
                </LevelHeading>
                <ul>
                  {own.map((behaviour) => (
                    <li key={behaviour.id}>{view.say(behaviour.text)}</li>
                  ))}
                </ul>
              </div>
            )
          })}
        </div>
      )}
    </details>
  )
}

function RoleEntry({
  role,
  view,
  ask,
}: {
  readonly role: Role
  readonly view: FrameworkView
  readonly ask: Ask
}) {
  const t = useTranslations('import')
  const [opened, setOpened] = useState(false)
  const asked = Object.entries(role.expectations)
  const title = view.say(role.title)
  return (
    <details className={classes['entry']} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <BecameMark became="role" /> {title}{' '}
        <span className={classes['quiet']}>
          {t('roleParts', { expectations: asked.length, duties: role.duties.length })}
        </span>
      </summary>
      {opened && (
        <div>
          {ask && <Tools list="roles" id={role.id} title={title} ask={ask} />}
          {role.summary && <p className={classes['prose']}>{view.say(role.summary)}</p>}
          {asked.length > 0 && (
            <ul>
              {asked.map(([competency, { level }]) => (
                <li key={competency}>
                  {view.competencyTitle(competency)}: {level} {view.levelTitle(competency, level)}
                </li>
              ))}
            </ul>
          )}
          {role.duties.length > 0 && (
            <ul>
              {role.duties.map((duty) => (
                <li key={duty.id}>{view.say(duty.title)}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </details>
  )
}
