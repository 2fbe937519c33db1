// Writes a framework in the formats that people take away; loaded only when somebody does.
import { strToU8, zipSync } from 'fflate'
import { formatFramework } from '../../../core/framework/format.ts'
import type { Framework } from '../../../core/framework/model.ts'
import { exportCase } from '../../../core/ladders/case-export.ts'
import { exportHandbook } from '../../../core/ladders/handbook.ts'
import { exportCsv, exportWorkbook } from '../../../core/ladders/spreadsheet.ts'
import { saveFile } from '../../../ui/charts/copy-picture.ts'

export const EXPORT_FORMATS = ['yaml', 'json', 'xlsx', 'csv', 'case', 'handbook'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const zipped = (files: readonly { path: string; bytes: Uint8Array }[]): Uint8Array =>
  zipSync(Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])))

/** Saves the framework as a file; CSV tables and handbook pages come as one zip archive. */
export function saveFramework(framework: Framework, format: ExportFormat, language: string): void {
  const name = `${framework.id}-${framework.version}`
  const save = (ending: string, type: string, content: string | Uint8Array): void =>
    saveFile(`${name}${ending}`, new Blob([content as BlobPart], { type }))
  switch (format) {
    case 'yaml':
      return save('.yaml', 'application/yaml', formatFramework(framework))
    case 'json':
      return save('.json', 'application/json', formatFramework(framework, 'json'))
    case 'xlsx':
      return save('.xlsx', XLSX, exportWorkbook(framework))
    case 'csv':
      return save('-csv.zip', 'application/zip', zipped(exportCsv(framework)))
    case 'case':
      return save(
        '.case.json',
        'application/json',
        `${JSON.stringify(exportCase(framework, { now: new Date().toISOString() }), null, 2)}\n`,
      )
    case 'handbook': {
      const pages = exportHandbook(
        framework,
        framework.languages.includes(language) ? language : (framework.languages[0] ?? 'en'),
      )
      return save(
        '-handbook.zip',
        'application/zip',
        zipped(pages.map(({ path, text }) => ({ path, bytes: strToU8(text) }))),
      )
    }
  }
}
