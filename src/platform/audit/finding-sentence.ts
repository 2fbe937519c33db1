// What a verification of the audit found, in a sentence.
import type { Finding } from '../../core/audit/verify.ts'

/** One sentence: what is wrong, where, and what it means. */
export function findingSentence(finding: Finding): string {
  switch (finding.kind) {
    case 'link-missing':
      return `Link ${finding.sequence} of the chain is missing.`
    case 'row-missing':
      return `Row ${finding.position} is missing (link ${finding.sequence}): it was deleted.`
    case 'row-differs':
      return `Row ${finding.position} is not what was written (link ${finding.sequence}): the row or its place was changed.`
    case 'checkpoint-differs':
      return `Link ${finding.sequence} (row ${finding.position}) is not that of the checkpoint of ${finding.at}: the chain was computed anew after link ${finding.after}, or a backup was restored and has gone on since. A restore by rungs db is noted in the folder of its checkpoints; hold the chain against those as well.`
    case 'cut-off':
      return `The chain ends at link ${finding.sequence}, the checkpoint of ${finding.at} knows ${finding.expected}: rows were cut off, or this is an older database.`
    case 'not-linked':
      return `Row ${finding.position} stands outside of the chain: it was put in afterwards.`
    case 'backdated':
      return `Row ${finding.position} says ${finding.at}, but came after the checkpoint of ${finding.after}: it was put in afterwards, or the clock was turned back.`
    case 'no-checkpoint':
      return 'There is no checkpoint to hold the chain against: name their folder with --checkpoints.'
    case 'checkpoint-unreadable':
      return `Line ${finding.line} of ${finding.file} is no checkpoint.`
  }
}
