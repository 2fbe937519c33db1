// An answers file under way: every change is on disk before it counts.
import { existsSync, readFileSync } from 'node:fs'

import { formatAnswers, type AnswersFile } from './answers-file.ts'
import { BadInput } from './exit.ts'
import { writeFileWhole } from './write-file.ts'

/** Answers are personal: a new file can be read by its owner only. */
const OWNER_ONLY = 0o600

export class AnswersStore {
  /** `text` is what the file holds now; undefined where it is not there yet. */
  constructor(
    readonly file: string,
    public answers: AnswersFile,
    private text: string | undefined,
  ) {}

  /** Saves them; throws BadInput where the file was changed by something else, and then leaves it alone. */
  save(answers: AnswersFile): void {
    const now = existsSync(this.file) ? readFileSync(this.file, 'utf8').replace(/^\uFEFF/, '') : undefined
    if (now !== this.text)
      throw new BadInput(
        `${this.file}: was changed by something else in the meantime; nothing was overwritten. Run the command again to go on from what it holds now.`,
      )
    const text = formatAnswers(answers, this.file.endsWith('.json') ? 'json' : 'yaml', this.text)
    writeFileWhole(this.file, text, { replace: now !== undefined, mode: OWNER_ONLY })
    this.text = text
    this.answers = answers
  }
}
