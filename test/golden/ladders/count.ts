// Counts what twelve published ladders hold, straight from their files: regular expressions, JSON and YAML, and
// nothing of the importer. Run as a script it prints the counts; the import's test holds the importer to them.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { parse } from 'yaml'

export interface Counts {
  roles: number
  levels: number
  competencies: number
  behaviours: number
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any
const read = (...parts: string[]) => readFileSync(join(...parts), 'utf8')
const json = (...parts: string[]): Loose => JSON.parse(read(...parts))
const yaml = (text: string): Loose => parse(text)
const below = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? below(join(folder, name)) : [join(folder, name)]))
const unique = (list: unknown[]) => new Set(list.map((entry) => JSON.stringify(entry))).size
const tidy = (html: string) => html.replaceAll(/<br\s*\/?>/g, '\n').replaceAll(/<[^>]+>/g, '').replaceAll(/[^\S\n]+/g, ' ').trim()
const plain = (html: string) => tidy(html).replaceAll(/\s+/g, ' ')

/** Cells of a CSV text: a state machine over its letters. */
function csv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]]
  let [cell, quoted] = ['', false]
  for (let index = 0; index < text.length; index++) {
    const letter = text[index]!
    if (quoted && letter === '"' && text[index + 1] === '"') [cell, index] = [`${cell}"`, index + 1]
    else if (letter === '"') quoted = !quoted
    else if (!quoted && (letter === ',' || letter === '\n')) {
      rows.at(-1)!.push(cell.replace(/\r$/, ''))
      cell = ''
      if (letter === '\n') rows.push([])
    } else cell += letter
  }
  if (cell !== '') rows.at(-1)!.push(cell)
  const [heads, ...rest] = rows
  return rest.filter((row) => row.length > 1).map((row) => Object.fromEntries(heads!.map((head, index) => [head.replace(/^\uFEFF/, ''), (row[index] ?? '').trim()])))
}

function etsy(at: string): Counts {
  const [page, index] = [read(at, 'competencies.md'), read(at, 'index.md')]
  const headings = [...index.matchAll(/^#{3,4} (.+)$/gm)].map((match) => match[1]!)
  return {
    // The headings "Senior Engineer" and "Staff Engineer" only hold their two steps.
    roles: headings.filter((heading) => !headings.includes(`${heading} I`) || heading === 'Engineer').length,
    levels: new Set([...page.matchAll(/<th[^>]*>([^<]+)</g)].map((match) => match[1])).size,
    competencies: [...page.matchAll(/^### /gm)].length,
    behaviours: [...page.matchAll(/<li>/g)].length,
  }
}

function mews(at: string): Counts {
  const folder = join(at, 'tech/career-framework')
  const page = read(folder, 'competencies.md')
  const inPage = [...page.matchAll(/^ {2}- (.*)$/gm)].map((match) => match[1]!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim())
  // The workbook holds the same behaviours; two are worded differently there.
  const strings = strFromU8(unzipSync(readFileSync(join(folder, 'mews-competencies-template.xlsx')))['xl/sharedStrings.xml']!)
  const inBook = [...strings.matchAll(/<si>(.*?)<\/si>/gs)].map((match) => match[1]!.replaceAll(/<[^>]+>/g, '').replaceAll('&apos;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim()).filter((text) => text.startsWith('You'))
  const rows = [...read(folder, 'career-tracks/readme.md').matchAll(/^\| \[/gm)]
  return {
    roles: rows.length,
    levels: new Set([...page.matchAll(/^- \*\*(.+?)\*\*/gm)].map((match) => match[1])).size,
    competencies: [...page.matchAll(/^## /gm)].length,
    behaviours: unique([...inPage, ...inBook].map((text) => text.replaceAll(/\s+/g, ' '))),
  }
}

function snowflake(at: string): Counts {
  const { tracks, titles } = json(at, 'tracks.extracted.json')
  const all: Loose[] = Object.values(tracks)
  return {
    roles: titles.length,
    levels: Math.max(...all.map(({ milestones }) => milestones.length)),
    competencies: all.length,
    behaviours: all.flatMap(({ milestones }) => milestones.flatMap(({ signals }: Loose) => signals)).length,
  }
}

function monzo(at: string): Counts {
  const [roles, topics, behaviours, levels]: [unknown[], unknown[], unknown[], number[]] = [[], [], [], []]
  for (const file of below(join(at, 'frameworks'))) {
    const [, front, ...rest] = read(file).split(/^---\s*$/m)
    const body = rest.join('---')
    for (const { name, content } of yaml(front!).topics ?? []) {
      topics.push([file, name])
      for (const { level, criteria, exampleCriteria } of content) {
        roles.push([file, level])
        levels.push(level)
        for (const text of criteria ?? []) behaviours.push([file, name, level, text.trim()])
        for (const one of exampleCriteria ?? []) {
          const texts = one.criteria.startsWith('Criteria for') ? one.examples : [one.criteria]
          for (const text of texts) behaviours.push([file, name, level, text.trim()])
        }
      }
    }
    for (const part of body.split(/^## /m).slice(1)) {
      const level = Number(/^Level (\d)/.exec(part)?.[1])
      if (!level) continue
      roles.push([file, level])
      for (const section of part.split(/^### /m).slice(1)) {
        const [name, ...lines] = section.split('\n')
        topics.push([file, name!.trim()])
        const paragraphs = lines.join('\n').split(/\n\s*\n/).map((text) => text.trim()).filter((text) => text !== '' && !/^-+$/.test(text))
        for (const text of paragraphs) behaviours.push([file, name!.trim(), level, text])
      }
    }
  }
  return { roles: unique(roles), levels: Math.max(...levels), competencies: unique(topics), behaviours: unique(behaviours) }
}

function financialTimes(at: string): Counts {
  const families = below(join(at, 'data')).map((file) => ({ file, ...yaml(read(file)) }))
  return {
    roles: families.flatMap(({ levels }) => levels).length,
    levels: Math.max(...families.map(({ levels }) => levels.length)),
    competencies: families.flatMap(({ themes }) => themes).length,
    behaviours: unique(families.flatMap(({ file, competencies }) => competencies.map((one: Loose) => [file, one.theme, one.level, one.summary.trim()]))),
  }
}

function govuk(at: string): Counts {
  const files = below(join(at, 'api'))
  const [roles, skills] = ['roles.csv', 'skills.csv'].map((name) => csv(read(files.find((file) => file.endsWith(name))!)))
  const scale = ['Awareness', 'Working', 'Practitioner', 'Expert']
  const lines = (text: string) => text.split('\n').map((line) => line.replace(/^\s*-\s+/, '').trim()).filter((line) => line !== '' && !/^You can:?$/.test(line))
  const behaviours = [
    ...roles!.filter((row) => scale.includes(row['Skill Level']!)).flatMap((row) => lines(row['Skill Level Description']!).map((line) => [row['Skill Name'], row['Skill Level'], line])),
    ...skills!.flatMap((row) => scale.flatMap((level) => lines(row[level]!).map((line) => [row['Skill Name'], level, line]))),
  ]
  return {
    roles: unique(roles!.map((row) => [row['Role'], row['Role Level']])),
    levels: new Set(roles!.map((row) => row['Skill Level']).filter((level) => scale.includes(level!))).size,
    competencies: new Set([...roles!, ...skills!].map((row) => row['Skill Name'])).size,
    behaviours: unique(behaviours),
  }
}

function direct(at: string): Counts {
  const folder = join(at, 'framework')
  return {
    roles: 0,
    levels: json(folder, 'skill_level.json').filter(({ level }: Loose) => Number(level) > 0).length,
    competencies: unique(json(folder, 'skill.json').map(({ slug }: Loose) => slug)),
    behaviours: 0,
  }
}

function dropbox(at: string): Counts {
  const [behaviours, competencies, levels, roles]: [unknown[], unknown[], number[], string[]] = [[], [], [], []]
  for (const file of below(join(at, 'docs')).filter((name) => /\/(?:ic|m)\d_[^/]+\.html$/.test(name))) {
    const page = read(file).split('id="doc-container"')[1]!.split('id="doc-footer"')[0]!
    const title = plain(/<h1[^>]*>(.*?)<\/h1>/s.exec(page)![1]!)
    const level = Number(/\d/.exec(title)![0])
    const line = /^M\d/.test(title) ? 'M' : title.replace(/^IC\d (?:(?:Staff|Senior|Sr\.|Principal) )*/, '')
    levels.push(level)
    roles.push(title)
    for (const section of page.split(/<h2[^>]*>/).slice(1)) {
      // A paragraph that is all bold names a competency; list items and paragraphs after it are behaviours.
      let owner = ''
      for (const [, tag, content] of section.matchAll(/<(p|li)(?:\s[^>]*)?>(.*?)(?=<\/p>|<\/li>|<ul)/gs)) {
        const bold = tag === 'p' && /^\s*<strong>/.test(content!) && plain(content!.replaceAll(/<(strong|em)>.*?<\/\1>/gs, '')) === ''
        if (bold) competencies.push([line, (owner = plain(content!).toLowerCase())])
        else if (owner !== '' && plain(content!) !== '') behaviours.push([line, owner, level, plain(content!)])
      }
    }
  }
  return { roles: roles.length, levels: Math.max(...levels), competencies: unique(competencies), behaviours: unique(behaviours) }
}

function jorgef(at: string): Counts {
  const positions = ['Developer', 'TechLead', 'TechnicalProgramManager', 'EngineeringManager'].flatMap((name) => [...read(at, `${name}.md`).matchAll(/^## [A-Z]+\d/gm)])
  const page = read(at, 'README.md')
  const axes = [.../^# Axes$(.*?)^The \*\*influence/ms.exec(page)![1]!.matchAll(/^\* \*\*/gm)]
  const named = [...page.matchAll(/^(\d)\. \*\*/gm)]
  return { roles: positions.length, levels: Math.max(...named.map((match) => Number(match[1]))), competencies: axes.length, behaviours: named.length }
}

function meetup(at: string): Counts {
  const lines: Record<string, number> = {
    ...{ engineer: 1, engineer_ii: 2, senior_engineer: 3, staff_engineer: 4, senior_staff_engineer: 5, principal_engineer: 6, principal_architect: 7 },
    ...{ engineering_manager: 1, senior_engineering_manager: 2, director_engineering: 3, senior_director_engineering: 4, vp_engineering: 5 },
  }
  const [competencies, behaviours]: [unknown[], unknown[]] = [[], []]
  const files = below(at).filter((file) => file.endsWith('.md') && !/README|_path\.md|DEPRECATED/.test(file))
  for (const file of files) {
    const base = file.split('/').at(-1)!.replace('.md', '')
    const line = lines[base] === undefined ? base : file.split('/').at(-2)
    let owner = ''
    for (const text of read(file).split('\n')) {
      const heading = /^#{3,4} (.+?)\s*$/.exec(text)?.[1]
      if (heading) owner = heading.replace(/:$/, '').trim().toLowerCase()
      const item = /^[*-] +(.+?)\s*$/.exec(text)?.[1]
      if (item && owner) {
        competencies.push([line, owner])
        behaviours.push([line, owner, lines[base] ?? 1, item])
      }
    }
  }
  return { roles: files.length, levels: Math.max(...Object.values(lines)), competencies: unique(competencies), behaviours: unique(behaviours) }
}

function passCulture(at: string): Counts {
  const config = yaml(read(at, 'data/config.yaml'))
  const skills: Loose[] = below(join(at, 'data/skills')).flatMap((file) => yaml(read(file)).skills)
  return {
    roles: config.roles.length * config.career_levels.length,
    levels: [...config.skill_levels.standard, ...config.skill_levels.bonus].filter(({ level }: Loose) => level > 0).length,
    competencies: unique(skills.map(({ id }) => id)),
    behaviours: unique(skills.flatMap(({ id, behavioral_indicators: levels }) => Object.entries(levels).flatMap(([level, texts]) => (texts as string[]).map((text) => [id, level, text.trim()])))),
  }
}

function unidays(at: string): Counts {
  const areas = below(join(at, 'content/competencies')).map((file) => json(file))
  const topics: Loose[] = areas.flatMap(({ topics: list }) => list)
  const rolesIn = (node: Loose): Loose[] => [...(node.roles ?? []).flatMap(({ levels }: Loose) => levels), ...(node.departments ?? []).flatMap(rolesIn)]
  return {
    roles: below(join(at, 'content/roles')).flatMap((file) => rolesIn(json(file))).length,
    levels: Math.max(...topics.map(({ levels }) => levels.length)),
    competencies: topics.length,
    behaviours: unique(areas.flatMap(({ path, topics: list }) => list.flatMap((topic: Loose) => topic.levels.flatMap((level: Loose, index: number) => level.criteria.map((text: string) => [path, topic.path, index, text.trim()]))))),
  }
}

const COUNTERS: Record<string, (at: string) => Counts> = {
  etsy,
  mews,
  'medium-snowflake': snowflake,
  monzo,
  'financial-times': financialTimes,
  unidays,
  'pass-culture-data-skills': passCulture,
  'govuk-ddat-csv': govuk,
  'direct-research-competencies': direct,
  dropbox,
  'jorgef-engineeringladders': jorgef,
  meetup,
}

/** The ladders that are counted, by the names of their folders. */
export const LADDERS = Object.keys(COUNTERS)

/** What a ladder's files in `folder` hold. */
export const countLadder = (name: string, folder: string): Counts => COUNTERS[name]!(join(folder, name))

if (process.argv[1]?.endsWith('count.ts')) {
  for (const name of LADDERS) {
    process.stdout.write(`${name} ${JSON.stringify(countLadder(name, process.argv[2] ?? '../shared/corpus/ladders'))}\n`)
  }
}
