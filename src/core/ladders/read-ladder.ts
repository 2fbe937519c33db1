// Reads the files of a ladder, whatever their format, into one neutral source model; says what it could not read.
import { decodeText } from './decode.ts'
import { readCsv } from './read-csv.ts'
import { readHtml, readMarkdown } from './read-document.ts'
import { readJson, readYaml } from './read-tree.ts'
import { readWorkbook } from './read-workbook.ts'
import {
  LADDER_LIMITS,
  NodeMaker,
  UnreadableFile,
  type LadderFile,
  type LadderLimits,
  type LadderSource,
  type SourceNode,
  type SourceProblem,
} from './source.ts'

const WORKBOOKS = new Set(['xlsx', 'xlsm'])
const FORMATS = new Set([
  ...WORKBOOKS,
  'csv',
  'tsv',
  'json',
  'yaml',
  'yml',
  'md',
  'markdown',
  'html',
  'htm',
  'txt',
])

/** Whether a file's name promises a format that can be read; others (images, scripts) are not part of a ladder. */
export const isReadable = (path: string): boolean =>
  FORMATS.has(extensionOf(path)) || /(^|\/)licen[cs]e$/i.test(path)

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const extensionOf = (path: string) =>
  nameOf(path).includes('.') ? nameOf(path).split('.').at(-1)!.toLowerCase() : ''

/**
 * The source model of some files, in the order of their paths. Never throws: a file that cannot be read is a fault
 * with its place, and gives no nodes. Time and memory are bounded by `limits`.
 */
export function readLadder(files: readonly LadderFile[], limits: LadderLimits = LADDER_LIMITS): LadderSource {
  const problems: SourceProblem[] = []
  const nodes: SourceNode[] = []
  const fault = (file: string, message: string) =>
    problems.push({ severity: 'fault', place: { file }, message })
  let total = 0
  for (const [index, file] of files
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .entries()) {
    const tooLarge = file.bytes.length > limits.fileBytes
    if (!tooLarge) total += file.bytes.length
    if (index >= limits.files || total > limits.totalBytes) {
      fault(
        file.path,
        `expected at most ${limits.files} files of ${limits.totalBytes} bytes together, got more`,
      )
      break
    }
    if (!isReadable(file.path)) {
      problems.push({
        severity: 'note',
        place: { file: file.path },
        message: 'not a table, tree or document; left alone',
      })
    } else if (tooLarge) {
      fault(file.path, `expected a file of at most ${limits.fileBytes} bytes, got ${file.bytes.length}`)
    } else {
      const read = readFile(file, limits)
      problems.push(...read.problems)
      if (read.node) nodes.push(read.node)
    }
  }
  return { files: nodes, problems }
}

function readFile(
  { path, bytes, encoding }: LadderFile,
  limits: LadderLimits,
): { node?: SourceNode; problems: SourceProblem[] } {
  const extension = extensionOf(path)
  const make = new NodeMaker(path, limits)
  const name = nameOf(path)
  const node = make.add(
    undefined,
    'file',
    '',
    {},
    {
      path,
      base: extension === '' ? name : name.slice(0, -extension.length - 1),
      folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
      extension,
    },
  )
  try {
    if (WORKBOOKS.has(extension)) {
      readWorkbook(make, node, bytes, limits)
      return { node, problems: [] }
    }
    const decoded = decodeText(bytes, encoding)
    if (!decoded) throw new UnreadableFile('expected a text file, got bytes with zeros in them')
    const problems = readText(make, node, decoded.text.replace(/^\uFEFF/, ''), extension, limits)
    if (decoded.encoding !== 'utf-8') {
      problems.unshift({
        severity: 'note',
        place: { file: path },
        message: `read as ${decoded.encoding}; if letters look wrong, save the file as UTF-8`,
      })
    }
    return { node, problems }
  } catch (error) {
    return { problems: [{ severity: 'fault', ...explain(error, path, limits) }] }
  }
}

function explain(
  error: unknown,
  file: string,
  limits: LadderLimits,
): Pick<SourceProblem, 'place' | 'message'> {
  if (error instanceof UnreadableFile) return { place: { file, ...error.place }, message: error.message }
  if (error instanceof RangeError)
    return { place: { file }, message: `expected at most ${limits.depth} levels of nesting, got more` }
  return {
    place: { file },
    message: `could not be read: ${error instanceof Error ? error.message : String(error)}`,
  }
}

const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/

function readText(
  make: NodeMaker,
  node: SourceNode,
  text: string,
  extension: string,
  limits: LadderLimits,
): SourceProblem[] {
  if (extension === 'csv' || extension === 'tsv') readCsv(make, node, text, extension)
  else if (extension === 'json') readJson(make, node, text, limits)
  else if (extension === 'yaml' || extension === 'yml') readYaml(make, node, text, limits)
  else if (extension === 'html' || extension === 'htm') return readHtml(make, node, text, limits)
  else {
    const front = FRONT_MATTER.exec(text)
    if (front) readYaml(make, node, front[1]!, limits, 1)
    // The lines stay where they were, so that places in the body are right.
    const body = front ? front[0].replaceAll(/[^\n]+/g, '') + text.slice(front[0].length) : text
    return readMarkdown(make, node, body, limits)
  }
  return []
}
