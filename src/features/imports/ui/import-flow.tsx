// Drop files, see the source beside what it would become, correct the mapping, publish: on the import page and for a new version.
import { Button } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Told } from '../../../core/ladders/own-form.ts'
import { Section } from '../../../ui/components/page.tsx'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { PublishPanel } from '../../frameworks/ui/publish-panel.tsx'
import { viewOf } from '../../frameworks/ui/use-framework.ts'
import { BecameLegend } from './became-mark.tsx'
import { DropFiles } from './drop-files.tsx'
import classes from './import-screen.module.css'
import { MappingEditor } from './mapping-editor.tsx'
import { MappingTable } from './mapping-table.tsx'
import { RecipeEditor } from './recipe-editor.tsx'
import { Recognised } from './recognised.tsx'
import { ResultPane } from './result-pane.tsx'
import { ScoringChoice } from './scoring-choice.tsx'
import { NextLadders, Several } from './several.tsx'
import { SourcePane } from './source-pane.tsx'
import { useImporting, type Importing, type ImportControls, type Review } from './use-importing.ts'

/** The whole way from files to a stored version; `framework` is the id that a ladder of another form gets. */
export function ImportFlow({ framework }: { readonly framework?: string }) {
  const t = useTranslations('import')
  const importing = useImporting()
  const { state } = importing
  if (state.stage === 'review') return <ReviewOf state={state} importing={importing} framework={framework} />
  if (state.stage === 'several')
    return (
      <Several
        parts={state.parts}
        begin={importing.begin}
        together={importing.together}
        another={importing.reset}
      />
    )
  if (state.stage === 'working') return <Working state={state} stop={importing.stop} />
  return (
    <>
      {state.stage === 'refused' && <Refused state={state} />}
      {state.stage === 'broken' && (
        <div role="alert" className={classes['refused']}>
          {t('broken', { message: state.message })}
        </div>
      )}
      {state.stage === 'empty' && state.stopped && <p role="status">{t('stopped')}</p>}
      <DropFiles read={importing.read} />
    </>
  )
}

function Working({
  state,
  stop,
}: {
  readonly state: Extract<Importing, { stage: 'working' }>
  readonly stop: () => void
}) {
  const t = useTranslations('import')
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className={classes['working']} role="status">
      <p>{t(`step.${state.step}`, { name: state.file ?? state.name })}</p>
      {state.of !== undefined && state.of > 1 && (
        <progress
          aria-label={t(`step.${state.step}`, { name: state.name })}
          max={state.of}
          value={state.done ?? 0}
        />
      )}
      {seconds > 0 && (
        <p className={classes['quiet']}>
          {t('seconds', { seconds })}{' '}
          <Button size="compact-sm" variant="default" onClick={stop}>
            {t('stop')}
          </Button>
        </p>
      )}
    </div>
  )
}

const SHOWN = 25

function Refused({ state }: { readonly state: Extract<Importing, { stage: 'refused' }> }) {
  const t = useTranslations('import')
  return (
    <div role="alert" className={classes['refused']}>
      <h2>{t('refusedTitle', { name: state.name })}</h2>
      <p>{t('refusedLead')}</p>
      <ul>
        {state.faults.slice(0, SHOWN).map(({ place, message }) => (
          <li key={place + message} lang="en">
            <code>{place}</code> {message}
          </li>
        ))}
      </ul>
      {state.faults.length > SHOWN && <p>{t('moreFaults', { count: state.faults.length - SHOWN })}</p>}
    </div>
  )
}

function ReviewOf({
  state,
  importing,
  framework,
}: {
  readonly state: Review
  readonly importing: ImportControls
  readonly framework: string | undefined
}) {
  const t = useTranslations('import')
  const versions = useTranslations('versions')
  const { language } = useLanguage()
  const { mapped, result } = state
  const { ask } = importing
  const open = (passage: number): void => ask({ kind: 'choices', passage })
  const say = useMemo(() => (result ? viewOf(result.framework, language).say : () => ''), [result, language])
  return (
    <>
      <div className={classes['again']}>
        <Button size="compact-sm" variant="default" onClick={importing.reset}>
          {t('another')}
        </Button>
        {state.rest.length > 0 && (
          <p className={classes['quiet']}>
            {t('rest', { names: state.rest.map(({ name }) => name).join(' · ') })}
          </p>
        )}
      </div>
      <Recognised state={state} ask={ask} />
      {mapped && (
        <Section
          title={t('compareTitle')}
          lead={t('compareLead')}
          aside={
            mapped.changes > 0 ? (
              <p className={classes['undo']} role="status">
                <span>{t('corrections', { count: mapped.changes })}</span>{' '}
                <Button size="compact-sm" variant="default" onClick={() => ask({ kind: 'undo' })}>
                  {t('undo')}
                </Button>
              </p>
            ) : undefined
          }
        >
          <BecameLegend />
          <div className={classes['panes']}>
            <SourcePane
              made={mapped.made}
              page={state.page}
              mark={state.mark}
              onlyMissing={state.onlyMissing}
              see={importing.see}
              open={open}
            />
            {result ? (
              <ResultPane framework={result.framework} ask={ask} />
            ) : (
              <Lacking faults={mapped.made.faults} />
            )}
          </div>
        </Section>
      )}
      {!mapped && result && (
        <Section title={t('result')}>
          <ResultPane framework={result.framework} />
        </Section>
      )}
      {mapped && (
        <Section title={t('mapping')} lead={t('mappingLead')}>
          <MappingTable made={mapped.made} open={open} />
          <RecipeEditor
            recipe={mapped.made.recipe}
            name={state.name}
            refusals={state.choices ? [] : state.refusals}
            apply={(text) => ask({ kind: 'recipe', text })}
          />
        </Section>
      )}
      {result && result.findings.length > 0 && (
        <details className={classes['findings']}>
          <summary>{t('findings', { count: result.findings.length })}</summary>
          <p className={classes['quiet']}>{t('findingsLead')}</p>
          <ul lang="en">
            {result.findings.slice(0, 100).map((finding) => (
              <li key={finding.rule + finding.path + finding.message}>
                <code>{finding.path}</code> {finding.message}{' '}
                <span className={classes['quiet']}>{finding.rule}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {mapped && result && (
        <Section title={t('decideTitle')} lead={t('decideLead')}>
          <ScoringChoice
            key={mapped.chosen}
            framework={result.framework}
            say={say}
            refusals={state.choices ? [] : state.refusals}
            set={(scoring) => ask({ kind: 'scoring', scoring })}
          />
        </Section>
      )}
      {result && (
        <Section
          title={framework ? versions('publishTitle') : t('importTitle')}
          lead={framework ? versions('publishThis') : t('importLead')}
        >
          <PublishPanel
            document={mapped && framework ? { ...result.document, id: framework } : result.document}
            rename={mapped ? (id, title) => ask({ kind: 'name', id, title }) : undefined}
            reason={framework ? '' : t('importReason', { name: state.name })}
            action={framework ? versions('publishNow') : t('importNow')}
          />
        </Section>
      )}
      {state.rest.length > 0 && <NextLadders parts={state.rest} begin={importing.begin} />}
      <MappingEditor
        choices={state.choices}
        refusals={state.refusals}
        busy={state.busy}
        close={importing.closeChoices}
        correct={(passage, reach, correction) => ask({ kind: 'correct', passage, reach, correction })}
      />
    </>
  )
}

function Lacking({ faults }: { readonly faults: readonly Told[] }) {
  const t = useTranslations('import')
  return (
    <div className={classes['lacking']} role="status">
      <h3>{t('lacking')}</h3>
      <p>{t('lackingLead')}</p>
      <ul lang="en">
        {faults.slice(0, SHOWN).map(({ place, message }) => (
          <li key={place + message}>{message}</li>
        ))}
      </ul>
    </div>
  )
}
