// Reads a people file beside the page, so that a large workbook does not hold it up; nothing leaves the browser.
import { readPeopleTables, type PeopleTables } from '../../../core/org/people-import/table.ts'

export type FileRequest = { readonly name: string; readonly file: File }
export type FileAnswer = PeopleTables

const answer = (tables: FileAnswer) => {
  // A thread's messages go to its page alone: they have no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(tables)
}

self.addEventListener('message', ({ data: { name, file } }: MessageEvent<FileRequest>) => {
  void file.arrayBuffer().then(
    (buffer) => answer(readPeopleTables({ path: name, bytes: new Uint8Array(buffer) })),
    (error: unknown) =>
      answer({ tables: [], faults: [{ place: name, code: 'not-read', values: {}, message: String(error) }] }),
  )
})
