// Writes a diff as text or Markdown; JSON is the changes as they are.
import type { Framework } from '../model.ts'
import type { Change, ChangeKind, ChangeSection } from './change.ts'

const SECTIONS: readonly ChangeSection[] = [
  'Framework',
  'Roles',
  'Competencies',
  'Behaviours',
  'Transitions',
  'Org rules',
]
const MARKS: Record<ChangeKind, string> = {
  added: '+',
  removed: '-',
  raised: '↑',
  lowered: '↓',
  renamed: '~',
  reworded: '~',
  moved: '~',
  changed: '~',
  reordered: '~',
}

/** The changes in sections under a heading; the empty string when there are none. */
export function renderChanges(
  changes: readonly Change[],
  before: Framework,
  after: Framework,
  as: 'text' | 'markdown',
): string {
  if (changes.length === 0) return ''
  const heading = `${before.id} ${before.version} → ${after.id} ${after.version}`
  const sections = SECTIONS.flatMap((section) => {
    const own = changes.filter((change) => change.section === section)
    if (own.length === 0) return []
    const title = as === 'markdown' ? `## ${section}\n` : section
    return [[title, ...own.map((change) => line(change, as))].join('\n')]
  })
  return as === 'markdown'
    ? `# ${escape(heading)}\n\n${sections.join('\n\n')}\n`
    : `${heading}\n\n${sections.join('\n\n')}\n`
}

const line = ({ kind, message }: Change, as: 'text' | 'markdown'): string =>
  as === 'markdown'
    ? `- **${kind}**: ${escape(message)}`
    : `  ${MARKS[kind]} ${message.replace(/\s*\n\s*/g, ' ')}`

const escape = (text: string): string => text.replace(/\s*\n\s*/g, ' ').replace(/[\\`*_{}[\]<>|#]/g, '\\$&')
