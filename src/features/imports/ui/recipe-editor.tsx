// The recipe for experts: its YAML to edit, apply and take away.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { saveFile } from '../../../ui/charts/copy-picture.ts'
import editor from './editor.module.css'
import classes from './import-screen.module.css'

interface Props {
  readonly recipe: string
  readonly name: string
  readonly refusals: readonly string[]
  readonly apply: (text: string) => void
}

export function RecipeEditor({ recipe, name, refusals, apply }: Props) {
  const t = useTranslations('import')
  const [draft, setDraft] = useState<{ readonly of: string; readonly text: string }>()
  // A correction made elsewhere replaces a draft that was begun on the recipe before it.
  const text = draft?.of === recipe ? draft.text : recipe
  return (
    <details className={classes['recipe']}>
      <summary>{t('recipe')}</summary>
      <p className={classes['quiet']}>{t('recipeLead')}</p>
      <label className={editor['field']}>
        <span>{t('recipeText')}</span>
        <textarea
          rows={18}
          spellCheck={false}
          value={text}
          onChange={(event) => setDraft({ of: recipe, text: event.currentTarget.value })}
        />
      </label>
      {refusals.length > 0 && (
        <ul role="alert" className={editor['refusals']} lang="en">
          {refusals.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <div className={classes['buttons']}>
        <Button variant="default" disabled={text === recipe} onClick={() => apply(text)}>
          {t('recipeApply')}
        </Button>
        <Button
          variant="default"
          onClick={() =>
            saveFile(
              `${name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}.recipe.yaml`,
              new Blob([recipe], { type: 'application/yaml' }),
            )
          }
        >
          {t('recipeDownload')}
        </Button>
      </div>
    </details>
  )
}
