// Says over a result that the answers do not fit together, and which of them stand out.
import { fitLines } from '../../../core/growth/fit-text.ts'
import type { Fit } from '../../../core/growth/report-model.ts'
import { wordsIn } from '../../../core/growth/words.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import classes from './fit-notice.module.css'

interface Props {
  readonly fit: Fit
  readonly view: FrameworkView
  /** Leaves out which answers stand out. */
  readonly short: boolean
}

export default function FitNotice({ fit, view, short }: Props) {
  const { language } = useLanguage()
  const [warning, lead, ...answers] = fitLines(fit, wordsIn(language).words, view.say)
  if (warning === undefined) return null
  return (
    <section className={classes['notice']} role="note" data-fit={fit.state}>
      <p className={classes['warning']}>{warning}</p>
      {lead !== undefined && !short && (
        <>
          <p>{lead}</p>
          <ul>
            {answers.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
