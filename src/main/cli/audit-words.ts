// The outcome of a verification of the audit, for the terminal.
import { findingSentence } from '../../platform/audit/finding-sentence.ts'
import type { AuditVerification } from '../../platform/audit/verify-audit.ts'

/** The outcome for one organisation, a line or a few. */
export function verificationText(found: AuditVerification): string {
  const { organisation, verified, waiting, agreed, restored, finding } = found
  const rows = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`
  return [
    `${organisation}: ${finding ? 'WRONG' : 'whole'}, ${rows(verified)} verified`,
    ...(finding ? [`  ${findingSentence(finding)}`] : []),
    ...(agreed
      ? [`  Last checkpoint that agrees: link ${agreed.sequence}, ${agreed.at}.`]
      : verified > 0
        ? ['  No checkpoint agrees.']
        : []),
    ...(waiting > 0 ? [`  ${rows(waiting)} written since the last sealing.`] : []),
    ...restored.map((at) => `  An older database was put in place on purpose: ${at}.`),
  ].join('\n')
}
