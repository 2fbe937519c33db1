// What is known of a role and from whom: years, disagreements, facts, grades elsewhere, ways in and out, organisation rules.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { orgRuleText } from '../../../core/framework/org-rule-text.ts'
import type { Role, Variant } from '../../../core/framework/model.ts'
import { Section } from '../../../ui/components/page.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { Cite } from './cite.tsx'
import classes from './role-screen.module.css'
import type { FrameworkView } from './use-framework.ts'

interface Props {
  readonly view: FrameworkView
  readonly role: Role
  readonly variant: Variant | undefined
}

export function RoleSources({ view, role, variant }: Props) {
  const t = useTranslations('role')
  const years = useTranslations('years')
  const figures = useFigures()
  const { language } = useLanguage()
  const rules = view.framework.orgRules.filter((rule) => rule.asks.role === role.id)
  const facts = [...(variant?.facts ?? []), ...role.facts]
  return (
    <>
      <Section title={t('years')}>
        {role.experience.length === 0 && <p className={classes['small']}>{t('noYears')}</p>}
        <ul role="list" className={classes['claims']}>
          {role.experience.map((each, index) => (
            <li key={index}>
              <strong>{figures.years(each.years)}</strong> {each.text && view.say(each.text)}
              {each.source ? (
                <Cite view={view} source={each.source} />
              ) : (
                <span className={classes['cite']}>{years('framework')}</span>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {role.disagreements.length > 0 && (
        <Section title={t('disagreements')} lead={t('disagreementsLead')}>
          {role.disagreements.map((each, index) => (
            <div key={index} className={classes['disagreement']}>
              <h3>{view.say(each.about)}</h3>
              {each.claims.map((claim, at) => (
                <blockquote key={at}>
                  {view.say(claim.text)} <Cite view={view} source={claim.source} named />
                </blockquote>
              ))}
            </div>
          ))}
        </Section>
      )}
      {facts.length > 0 && (
        <Section title={t('facts')}>
          <ul className={classes['facts']}>
            {facts.map((fact, index) => (
              <li key={index}>
                {view.say(fact.text)} <Cite view={view} source={fact.source} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {role.grades.length > 0 && (
        <Section title={t('grades')}>
          <ul role="list" className={classes['claims']}>
            {role.grades.map((grade) => {
              const scheme = view.framework.gradeSchemes.find((each) => each.id === grade.scheme)
              return (
                <li key={grade.id}>
                  <strong>{view.say(grade.title) || grade.id}</strong> {scheme && view.say(scheme.title)}{' '}
                  {scheme && !scheme.official && <Tag tone="dashed">{t('unofficial')}</Tag>}
                  {(grade.note ?? scheme?.note) && (
                    <span className={classes['cite']}>{view.say(grade.note ?? scheme?.note)}</span>
                  )}
                </li>
              )
            })}
          </ul>
        </Section>
      )}
      <Section title={t('steps')}>
        <dl className={classes['steps']}>
          <Steps
            view={view}
            title={t('comesFrom')}
            ids={view.framework.transitions.filter((line) => line.to === role.id).map((line) => line.from)}
          />
          <Steps
            view={view}
            title={t('leadsTo')}
            ids={view.framework.transitions.filter((line) => line.from === role.id).map((line) => line.to)}
          />
        </dl>
      </Section>
      {rules.length > 0 && (
        <Section title={t('orgRules')}>
          <ul role="list" className={classes['claims']}>
            {rules.map((rule) => (
              <li key={rule.id}>
                {orgRuleText(view.framework, rule, language)} <Cite view={view} source={rule.source} />
                {rule.text && <span className={classes['cite']}>{view.say(rule.text)}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Steps({
  view,
  title,
  ids,
}: {
  readonly view: FrameworkView
  readonly title: string
  readonly ids: readonly string[]
}) {
  if (ids.length === 0) return null
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {[...new Set(ids)].map((id, index) => (
          <span key={id}>
            {index > 0 && ' · '}
            <Link to="/frameworks/$framework/roles/$role" params={{ framework: view.framework.id, role: id }}>
              {view.roleTitle(id)}
            </Link>
          </span>
        ))}
      </dd>
    </>
  )
}
