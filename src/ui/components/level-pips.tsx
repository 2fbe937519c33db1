// A proficiency level as a row of filled steps, in the one scale of colours, with its number.
import { useTranslations } from 'use-intl'
import classes from './level-pips.module.css'

interface Props {
  readonly level: number
  readonly of: number
  /** The level's own name, said to screen readers and shown where `named`. */
  readonly title?: string | undefined
  readonly named?: boolean
  readonly quiet?: boolean
}

/** The colour step 1 to 5 that a level of any scale takes. */
export const colourStep = (level: number, of: number): number =>
  Math.max(1, Math.min(5, Math.round((level / of) * 5)))

export function LevelPips({ level, of, title, named, quiet }: Props) {
  const t = useTranslations('level')
  const label = title ? t('named', { level, title }) : t('short', { level })
  return (
    <span className={classes['pips']} data-quiet={quiet}>
      <span role="img" aria-label={label} className={classes['row']}>
        {Array.from({ length: of }, (_, index) => (
          <i
            key={index}
            data-on={index < level}
            style={index < level ? { background: `var(--level-${colourStep(level, of)})` } : undefined}
          />
        ))}
      </span>
      <span aria-hidden="true" className={classes['number']}>
        {level}
      </span>
      {named && title && (
        <span aria-hidden="true" className={classes['title']}>
          {title}
        </span>
      )}
    </span>
  )
}
