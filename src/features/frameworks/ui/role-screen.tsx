// A role: what it does, what it asks, what the sources say of it, and where they disagree.
import { Button } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Duty, Role, Variant } from '../../../core/framework/model.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { BlindFold } from '../../assessments/ui/blind-fold.tsx'
import { Cite, SourceList } from './cite.tsx'
import { Missing } from './missing.tsx'
import { RoleBar } from './role-bar.tsx'
import { RoleSources } from './role-sources.tsx'
import classes from './role-screen.module.css'
import { useFramework } from './use-framework.ts'
import type { FrameworkView } from './use-framework.ts'

export function RoleScreen() {
  const { framework, role: id } = useParams({ from: '/frameworks/$framework/roles/$role' })
  const { variant: variantId } = useSearch({ from: '/frameworks/$framework/roles/$role' })
  const view = useFramework(framework)
  const role = view.role(id)
  if (!role) return <Missing />
  const variant = role.variants.find((each) => each.id === variantId)
  return <RoleOf view={view} role={role} variant={variant} />
}

function RoleOf({
  view,
  role,
  variant,
}: {
  readonly view: FrameworkView
  readonly role: Role
  readonly variant: Variant | undefined
}) {
  const t = useTranslations('role')
  const navigate = useNavigate()
  const framework = view.framework.id
  const title = view.say((variant ?? role).title)
  const summary = variant?.summary ?? role.summary
  return (
    <Page
      title={title}
      above={
        <>
          <Link to="/frameworks/$framework" params={{ framework }}>
            {view.say(view.framework.title)}
          </Link>
          {' · '}
          {view.trackTitles(role)}
        </>
      }
      lead={view.say(summary)}
      actions={
        <>
          <Button
            component={Link}
            to="/frameworks/$framework/compare"
            params={{ framework } as never}
            search={{ a: role.id } as never}
            variant="default"
          >
            {t('compare')}
          </Button>
          <Button component={Link} to="/standing" search={{ role: role.id } as never}>
            {t('gap')}
          </Button>
        </>
      }
    >
      {role.aliases.length > 0 && (
        <p className={classes['aliases']}>
          {t('aliases', { names: role.aliases.map(view.say).join(' · ') })}
        </p>
      )}
      {role.variants.length > 0 && (
        <nav aria-label={t('variants')} className={classes['variants']}>
          {[undefined, ...role.variants].map((each) => (
            <Link
              key={each?.id ?? ''}
              to="/frameworks/$framework/roles/$role"
              params={{ framework, role: role.id }}
              search={each ? { variant: each.id } : {}}
              activeOptions={{ exact: true }}
              className={classes['variant']}
              data-chosen={each?.id === variant?.id}
            >
              {each ? view.say(each.title) : t('general')}
            </Link>
          ))}
        </nav>
      )}
      <div className={classes['columns']}>
        <div>
          <Section title={t('bar')} lead={t('barLead')}>
            <BlindFold framework={framework}>
              <RoleBar view={view} role={role} variant={variant} />
            </BlindFold>
          </Section>
          <Section title={t('duties')}>
            <Duties
              view={view}
              duties={[...(variant?.duties ?? []), ...role.duties]}
              own={new Set(variant?.duties.map((each) => each.id))}
            />
          </Section>
          <SourceList view={view} />
        </div>
        <aside className={classes['aside']}>
          <RoleSources view={view} role={role} variant={variant} />
          <Section title={t('compareWith')}>
            <Choice
              label={t('compareWith')}
              hideLabel
              value=""
              options={[
                { value: '', label: '…' },
                ...view.framework.roles
                  .filter((each) => each.id !== role.id)
                  .map((each) => ({ value: each.id, label: view.say(each.title) })),
              ]}
              onChange={(b) =>
                void navigate({
                  to: '/frameworks/$framework/compare',
                  params: { framework },
                  search: { a: role.id, b },
                })
              }
            />
          </Section>
        </aside>
      </div>
    </Page>
  )
}

interface DutiesProps {
  readonly view: FrameworkView
  readonly duties: readonly Duty[]
  readonly own: ReadonlySet<string>
}

function Duties({ view, duties, own }: DutiesProps) {
  const t = useTranslations('role')
  if (duties.length === 0) return <Empty text={t('noDuties')} />
  return (
    <ul role="list" className={classes['duties']}>
      {duties.map((duty) => (
        <li key={duty.id} id={`duty-${duty.id}`}>
          <h3>
            {view.say(duty.title)} <Cite view={view} source={duty.source} />{' '}
            {own.has(duty.id) && <Tag tone="accent">{t('dutiesOfVariant')}</Tag>}
          </h3>
          {duty.text && <p>{view.say(duty.text)}</p>}
          <p className={classes['exercises']}>
            {duty.competencies.length > 0 && `${t('exercises')} `}
            {duty.competencies.map((id, index) => (
              <span key={id}>
                {index > 0 && ' · '}
                <Link
                  to="/frameworks/$framework/competencies/$competency"
                  params={{ framework: view.framework.id, competency: id }}
                >
                  {view.competencyTitle(id)}
                </Link>
              </span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  )
}
