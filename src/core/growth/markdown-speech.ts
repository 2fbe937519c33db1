// How the parts of one Markdown document say things: words, figures and the framework's own texts, escaped.
import { textIn, type Framework, type Text } from '../framework/model.ts'
import type { Location, RoleRef } from './model.ts'
import { intervalText, placeText } from './place-text.ts'
import { findRole, roleKey, titleOf } from './roles.ts'
import { wordsIn } from './words.ts'

export type Speech = ReturnType<typeof speechOf>

/** Words and figures in `asked` (en or zh-Hans); texts of the framework are escaped, so that they cannot become markup. */
export function speechOf(framework: Framework, asked: string) {
  const { language, words } = wordsIn(asked)
  const say = (text: Text) => escape(textIn(text, language, framework.languages[0]))
  return {
    language,
    words,
    say,
    percent: words.percent,
    number: (value: number) => value.toFixed(1),
    place: ({ level, beyond }: Location) => placeText(level, beyond.level, words.ends),
    interval: (location: Location, which: 'interval50' | 'interval90') =>
      intervalText(location[which], location.beyond[which], words.ends),
    competency: (id: string) =>
      say(framework.competencies.find((competency) => competency.id === id)?.title ?? id),
    track: (id: string) => say(framework.tracks.find((track) => track.id === id)?.title ?? id),
    area: (id: string) => say(framework.areas.find((area) => area.id === id)?.title ?? id),
    role: (ref: RoleRef) => {
      const choice = findRole(framework, ref)
      return choice ? say(titleOf(choice)) : escape(roleKey(ref))
    },
    source: (id: string) => say(framework.sources.find((source) => source.id === id)?.title ?? id),
  }
}

/** A table with a header; cells are taken as they are. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Takes the meaning of markup and of table cells from a text, and puts it on one line. */
export function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~]/g, '\\$&')
}
