// Recognises heading documents: levels as bold words over lists, or one page for each role with its sections.
import type { Proposal } from './proposal.ts'
import { isLevelWord, orderLevels, rankOfTitle } from './level-words.ts'
import type { RecipeInput } from './recipe.ts'
import { walk, type SourceNode } from './source.ts'

type Rules = RecipeInput['rules']
const isHeading = ({ name }: SourceNode) => /^h[1-6]$/.test(name)

/** Rules for all documents with headings; undefined where there are none. */
export function detectDocuments(
  files: readonly SourceNode[],
  hidden: ReadonlySet<SourceNode>,
): Proposal | undefined {
  const pages = files
    .map((file) => ({ file, nodes: [...walk(file)].filter((node) => !hidden.has(node)) }))
    .filter(({ nodes }) => nodes.some(isHeading))
  const rules: Rules = []
  const reasons: string[] = []
  const levels: string[] = []
  for (const { file, nodes } of pages) {
    const path = file.place.file
    const named = nodes.filter(
      ({ name, attributes, text, children }) =>
        name === 'li' &&
        children.some((child) => child.name === 'li') &&
        isLevelWord(attributes['lead'] ?? text),
    )
    const heading = named[0] && findHeading(named[0])
    if (named.length >= 2 && heading) {
      levels.push(...named.map(({ attributes, text }) => attributes['lead'] ?? text))
      rules.push(
        {
          make: 'behaviour',
          file: path,
          at: `**/${heading}/li/li`,
          competency: `^${heading}`,
          level: '^li',
          text: '.',
        },
        { make: 'competency', file: path, at: `**/${heading}/p`, key: `^${heading}`, description: '.' },
      )
      reasons.push(`${path}: levels as list items under each ${heading}`)
      continue
    }
    // Levels as headings inside of a competency's heading, or competencies inside of a level's.
    const leveled = nodes.filter((node) => isHeading(node) && isLevelWord(node.text))
    if (leveled.length >= 2) {
      const level = leveled[0]!.name
      levels.push(...leveled.map(({ text }) => text))
      const inside = leveled[0]!.children.find(isHeading)?.name
      const outside =
        leveled[0]!.parent && isHeading(leveled[0]!.parent) ? leveled[0]!.parent.name : undefined
      const owner = inside ?? outside
      if (owner !== undefined) {
        rules.push({
          make: 'behaviour',
          file: path,
          at: inside ? `**/${level}/${inside}/li|p` : `**/${level}/li|p`,
          competency: `^${owner}`,
          level: `^${level}`,
          text: '.',
        })
        reasons.push(`${path}: levels as ${level} headings`)
        continue
      }
    }
    const numbered = namedLevels(file, nodes)
    if (numbered.length > 0) {
      rules.push(...numbered)
      reasons.push(`${path}: axes as headings over numbered levels with bold names`)
    }
  }
  const axes = rules.some(({ make }) => make === 'level')
  const open = pages.filter(({ file }) => !rules.some((rule) => rule.file === file.place.file))
  const several = severalRoles(open)
  rules.push(...(axes ? [] : several.rules))
  reasons.push(...(axes ? [] : several.reasons))
  const roles = axes
    ? { rules: [], reasons: [] }
    : rolePages(open.filter(({ file }) => !several.rules.some((rule) => rule.file === file.place.file)))
  rules.push(...roles.rules)
  reasons.push(...roles.reasons)
  if (rules.length === 0) return undefined
  return {
    rules,
    reasons,
    scale: orderLevels(levels)
      .slice(0, 20)
      .map((title, index) => ({ level: index + 1, title })),
  }
}

/** The heading that a node stands under. */
function findHeading(node: SourceNode): string | undefined {
  for (let above = node.parent; above; above = above.parent)
    if (isHeading(above) || above.name === 'b') return above.name
  return undefined
}

/** Headings over ordered lists whose items begin with a bold name: the named levels of an axis. */
function namedLevels(file: SourceNode, nodes: readonly SourceNode[]): Rules {
  const axes = nodes.filter(
    (node) =>
      isHeading(node) &&
      node.children.length >= 3 &&
      node.children.every(
        ({ name, attributes }, index) =>
          name === 'li' &&
          attributes['lead'] &&
          attributes['rest'] &&
          attributes['ordered'] &&
          attributes['number'] === String(index + 1),
      ),
  )
  const sizes = new Set(axes.map(({ children }) => children.length))
  const names = new Set(axes.map(({ name }) => name))
  if (axes.length < 2 || sizes.size !== 1 || names.size !== 1) return []
  const [at, path] = [axes[0]!.name, file.place.file]
  // The same list items elsewhere point to a level by its name.
  const words = new Set(axes.flatMap(({ children }) => children.map(({ attributes }) => attributes['lead']!)))
  const pattern = `^(${axes.map(({ text }) => text.replaceAll(/[^\p{L}\p{N} ]/gu, '.')).join('|')})$`
  return [
    {
      make: 'level',
      file: path,
      at: `**/${at}[~${pattern}]/li`,
      competency: `^${at}`,
      level: '.@number',
      title: '.@lead',
    },
    {
      make: 'behaviour',
      file: path,
      at: `**/${at}[~${pattern}]/li`,
      competency: `^${at}`,
      level: '.@number',
      text: '.@rest',
    },
    {
      make: 'competency',
      file: path,
      at: `**/li`,
      when: { from: '.@lead', match: pattern },
      key: '.@lead',
      description: '.@rest',
    },
    {
      make: 'role',
      at: `**/h2|h3`,
      when: {
        from: './li@lead',
        match: `^(?:${[...words].map((word) => word.replaceAll(/[^\p{L}\p{N} ]/gu, '.')).join('|')})$`,
      },
      title: '.',
      track: '^h1|h2',
    },
    {
      make: 'expectation',
      at: '**/h2|h3/li',
      when: {
        from: '.@lead',
        match: `^(?:${[...words].map((word) => word.replaceAll(/[^\p{L}\p{N} ]/gu, '.')).join('|')})$`,
      },
      role: '^h2|h3',
      level: '.@lead',
      note: '.@rest',
    },
  ]
}

interface Page {
  readonly file: SourceNode
  readonly nodes: readonly SourceNode[]
}

/** One page for each role: its first heading is the role, those below are competencies, their items behaviours. */
function rolePages(pages: readonly Page[]): { rules: Rules; reasons: string[] } {
  const roles = pages.flatMap(({ file, nodes }) => {
    const title = nodes.find(isHeading)
    const items = nodes.filter(({ name }) => name === 'li').length
    const sections = nodes.filter(
      (node) =>
        node !== title &&
        (isHeading(node) || node.name === 'b') &&
        node.children.some(({ name }) => name === 'li'),
    )
    const links = nodes.filter(({ attributes }) => attributes['link'] !== undefined).length
    return title && items >= 3 && sections.length > 0 && links < items * 0.7
      ? [{ file, title, sections }]
      : []
  })
  if (roles.length === 0) return { rules: [], reasons: [] }
  const titles = Object.fromEntries(roles.map(({ file, title }) => [file.place.file, title.text]))
  const ranks = Object.fromEntries(roles.map(({ file, title }) => [file.place.file, rankOfTitle(title.text)]))
  // Pages that share their section headings belong to one line; the others stand by themselves.
  const lines = Object.fromEntries(roles.map(({ file, title }) => [file.place.file, lineOf(title.text)]))
  const paths = roles.map(({ file }) => file.place.file)
  const file = paths.length > 200 ? undefined : paths.join('|')
  const [role, line, rank] = [titles, lines, ranks].map((map) => ({ from: '^file@path', map }))
  const top = roles[0]!.title.name
  const common = file === undefined ? {} : { file }
  const section = 'h2|h3|h4|h5|b'
  return {
    reasons: [`${roles.length} pages with a role each; their headings are competencies`],
    rules: [
      {
        make: 'role',
        ...common,
        at: `**/${top}`,
        when: {
          from: '.',
          match: `^(?:${Object.values(titles)
            .map((text) => text.replaceAll(/[^\p{L}\p{N} ]/gu, '.'))
            .join('|')})$`,
        },
        key: role!,
        title: role!,
        track: line!,
      },
      {
        make: 'behaviour',
        ...common,
        at: `**/h1|${section}/**/li`,
        competency: { from: '$section' },
        level: rank!,
        text: '.',
        role: role!,
      },
      { make: 'role', ...common, at: '**/p', key: role!, summary: '.' },
    ].map((rule) =>
      rule.make === 'behaviour' ? { ...rule, competency: { template: `{^${section}|h1}` } } : rule,
    ) as Rules,
  }
}

/** Several roles in one page: headings over headings or lists, without any level in words. */
function severalRoles(pages: readonly Page[]): { rules: Rules; reasons: string[] } {
  const rules: Rules = []
  const reasons: string[] = []
  for (const { file, nodes } of pages) {
    const titles = nodes.filter(
      (node) => isHeading(node) && node.name !== 'h1' && node.text.length < 60 && rankOfTitle(node.text) > 1,
    )
    const at = ['h2', 'h3', 'h4'].find((name) => titles.filter((node) => node.name === name).length >= 3)
    if (
      at === undefined ||
      nodes.filter(({ name }) => name === at).length > 2 * titles.filter(({ name }) => name === at).length
    )
      continue
    const path = file.place.file
    rules.push(
      { make: 'role', file: path, at: `**/${at}`, title: '.' },
      { make: 'duty', file: path, at: `**/${at}/**/li`, role: `^${at}`, title: '.' },
      { make: 'role', file: path, at: `**/${at}/**/p`, key: `^${at}`, summary: '.' },
    )
    reasons.push(`${path}: a ${at} heading for each role`)
  }
  return { rules, reasons }
}

/** A title without what only says how high it stands. */
function lineOf(title: string): string {
  const words = title
    .replace(/^(?:[A-Z]{1,4}\d{1,2})\s*[-–:]?\s*/, '')
    .replaceAll(/\b(?:junior|senior|sr\.?|staff|principal|lead|i{1,3}|iv|v|\d+)\b/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return words === '' ? title : words
}
