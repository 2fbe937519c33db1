// Reads a people file beside the page, so that a large workbook does not hold it up; nothing leaves the browser.
import { readPeopleTables, type PeopleTables } from '../../../core/org/people-import/table.ts'

export type FileRequest = { readonly name: string; readonly file: File }
export type FileAnswer = PeopleTables

self.addEventListener('message', ({ data: { name, file } }: MessageEvent<FileRequest>) => {
  void file.arrayBuffer().then(
    (buffer) => self.postMessage(readPeopleTables({ path: name, bytes: new Uint8Array(buffer) })),
    (error: unknown) =>
      self.postMessage({
        tables: [],
        faults: [{ place: name, message: String(error) }],
      } satisfies FileAnswer),
  )
})
