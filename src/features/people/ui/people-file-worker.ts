// Reads a people file beside the page, so that a large workbook does not hold it up; nothing leaves the browser.
import type { Encoding } from '../../../core/ladders/decode.ts'
import { readPeopleTables, type PeopleTables } from '../../../core/org/people-import/table.ts'

export interface FileRequest {
  readonly name: string
  readonly file: File
  /** As somebody chose it; left out, it is found. */
  readonly encoding?: Encoding
}
export type FileAnswer = PeopleTables

const answer = (tables: FileAnswer) => {
  // A thread's messages go to its page alone: they have no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(tables)
}

self.addEventListener('message', ({ data: { name, file, encoding } }: MessageEvent<FileRequest>) => {
  void file.arrayBuffer().then(
    (buffer) =>
      answer(
        readPeopleTables({
          ...{ path: name, bytes: new Uint8Array(buffer) },
          ...(encoding === undefined ? {} : { encoding }),
        }),
      ),
    (error: unknown) =>
      answer({
        encoding: null,
        tables: [],
        faults: [{ place: name, code: 'not-read', values: {}, message: String(error) }],
      }),
  )
})
