// How the ladder itself decides a level: none of its own, or one of five rules with its numbers.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Framework, Text } from '../../../core/framework/model.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import editor from './editor.module.css'
import classes from './import-screen.module.css'

/** `keep` is the rule that the framework has, with all that this form cannot show. */
const MODELS = ['keep', 'none', 'points', 'weighted-mean', 'minimum-vector', 'k-of-n', 'checklist'] as const
type Model = (typeof MODELS)[number]

interface Props {
  readonly framework: Framework
  readonly say: (text: Text) => string
  readonly refusals: readonly string[]
  readonly set: (scoring: unknown) => void
}

/** Scored 0, 1 or 2: not yet, with help, on my own or more. */
const SCORED = [0, 1, 2, 2, 2] as const

export function ScoringChoice({ framework, say, refusals, set }: Props) {
  const t = useTranslations('import')
  const [picked, setModel] = useState<Model>('keep')
  const model = picked === 'keep' && !framework.scoring ? 'none' : picked
  const [rule, setRule] = useState<'shown' | 'scored'>('shown')
  const [mean, setMean] = useState('1.7')
  const [weights, setWeights] = useState<Readonly<Record<string, string>>>({})
  const [points, setPoints] = useState(() =>
    framework.scale.levels.map(({ level }) => String(level)).join(', '),
  )
  const [k, setK] = useState('3')
  const [share, setShare] = useState('100')
  const { competencies, roles } = framework
  const needsRoles = model === 'minimum-vector' || model === 'checklist' || model === 'k-of-n'
  const expects = roles.some(({ expectations }) => Object.keys(expectations).length > 0)
  const make = (): unknown => {
    if (model === 'none' || model === 'keep') return undefined
    const levelRule = rule === 'shown' ? {} : { answerPoints: SCORED, noneBelow: 1, meanAbove: Number(mean) }
    const weighted = Object.fromEntries(competencies.map(({ id }) => [id, Number(weights[id] ?? '1')]))
    if (model === 'points')
      return {
        model,
        levelRule,
        levelPoints: [
          0,
          ...points
            .split(/[,;\s]+/)
            .filter(Boolean)
            .map(Number),
        ],
        weights: weighted,
      }
    if (model === 'weighted-mean')
      return { model, levelRule, sets: [{ id: 'all', title: say(framework.title), weights: weighted }] }
    if (model === 'k-of-n')
      return {
        model,
        levelRule,
        roles: Object.fromEntries(
          roles
            .slice(0, framework.scale.levels.length)
            .map(({ id }, at) => [id, [{ level: at + 1, k: Number(k) }]]),
        ),
      }
    return model === 'checklist' ? { model, levelRule, share: Number(share) / 100 } : { model, levelRule }
  }
  return (
    <form
      className={editor['editor']}
      onSubmit={(event) => {
        event.preventDefault()
        set(make())
      }}
    >
      <Choice
        label={t('decides')}
        value={model}
        options={MODELS.filter((each) => each !== 'keep' || framework.scoring).map((each) => ({
          value: each,
          label:
            each === 'keep'
              ? t('model.keep', { model: t(`model.${framework.scoring!.model}`) })
              : t(`model.${each}`),
        }))}
        onChange={(value) => setModel(value as Model)}
      />
      <p className={classes['quiet']}>{t(`modelText.${model}`)}</p>
      {needsRoles && !(model === 'k-of-n' ? roles.length > 0 : expects) && (
        <p className={editor['warning']}>{t('needsRoles')}</p>
      )}
      {model !== 'none' && model !== 'keep' && (
        <div className={editor['need']}>
          <Choice
            label={t('reached')}
            value={rule}
            options={[
              { value: 'shown', label: t('reachedShown') },
              { value: 'scored', label: t('reachedScored') },
            ]}
            onChange={(value) => setRule(value as typeof rule)}
          />
          {rule === 'scored' && (
            <label className={editor['short']}>
              <span>{t('meanAbove')}</span>
              <input
                inputMode="decimal"
                value={mean}
                onChange={(event) => setMean(event.currentTarget.value)}
              />
            </label>
          )}
        </div>
      )}
      {model === 'points' && (
        <label className={editor['field']}>
          <span>{t('levelPoints')}</span>
          <input value={points} onChange={(event) => setPoints(event.currentTarget.value)} />
        </label>
      )}
      {(model === 'weighted-mean' || model === 'points') && (
        <fieldset className={editor['weights']}>
          <legend>{t('weights')}</legend>
          {competencies.slice(0, 60).map(({ id, title }) => (
            <label key={id} className={editor['short']}>
              <span>{say(title)}</span>
              <input
                inputMode="decimal"
                value={weights[id] ?? '1'}
                onChange={(event) => setWeights({ ...weights, [id]: event.currentTarget.value })}
              />
            </label>
          ))}
        </fieldset>
      )}
      {model === 'k-of-n' && (
        <label className={editor['short']}>
          <span>{t('howMany')}</span>
          <input inputMode="numeric" value={k} onChange={(event) => setK(event.currentTarget.value)} />
        </label>
      )}
      {model === 'checklist' && (
        <label className={editor['short']}>
          <span>{t('howMuch')}</span>
          <input
            inputMode="numeric"
            value={share}
            onChange={(event) => setShare(event.currentTarget.value)}
          />
        </label>
      )}
      {refusals.length > 0 && (
        <ul role="alert" className={editor['refusals']} lang="en">
          {refusals.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <div className={classes['buttons']}>
        {model !== 'keep' && (
          <Button type="submit" variant="default">
            {t('setRule')}
          </Button>
        )}
        {framework.scoring && (
          <p role="status" className={classes['quiet']}>
            {t('ruleSet', { model: t(`model.${framework.scoring.model}`) })}
          </p>
        )}
      </div>
    </form>
  )
}
