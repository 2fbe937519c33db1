// A station's name in at most two lines of a given width, with a note under it.
import classes from './ladder-map.module.css'

interface Props {
  readonly title: string
  readonly note: string
  readonly x: number
  readonly y: number
  /** Width in pixels that a line may take. */
  readonly room: number
  /** True where the text starts at x; otherwise it is centred there. */
  readonly start: boolean
}

/** Rough width of a character at 14 px: a Chinese one is square. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, each) => sum + (/[\u2e80-\uffff]/.test(each) ? 14 : 7.3), 0)

function twoLines(text: string, room: number): string[] {
  if (widthOf(text) <= room || !text.includes(' ')) return [text]
  const words = text.split(' ')
  let best = 1
  for (let cut = 1; cut < words.length; cut += 1)
    if (
      Math.abs(widthOf(words.slice(0, cut).join(' ')) - widthOf(words.slice(cut).join(' '))) <
      Math.abs(widthOf(words.slice(0, best).join(' ')) - widthOf(words.slice(best).join(' ')))
    )
      best = cut
  return [words.slice(0, best).join(' '), words.slice(best).join(' ')]
}

const NOTE = 0.86
const SEPARATOR = ' · '
/** A note is smaller than a name; where it is too long its parts are put under each other. */
export function noteLines(note: string, room: number): string[] {
  if (note === '') return []
  const parts = note.split(SEPARATOR).flatMap((part) => twoLines(part, room / NOTE))
  return parts.reduce<string[]>((lines, part) => {
    const longer = [...lines.slice(-1), part].join(SEPARATOR)
    return lines.length > 0 && widthOf(longer) * NOTE <= room
      ? [...lines.slice(0, -1), longer]
      : [...lines, part]
  }, [])
}

/** A note as its lines read one after the other, for those who hear it: a name has to hold what is drawn. */
export function noteAsDrawn(note: string, room: number): string {
  return noteLines(note, room).join(' ')
}

export function StationLabel({ title, note, x, y, room, start }: Props) {
  const lines = twoLines(title, room)
  const notes = noteLines(note, room)
  const top = start ? y + 5 - (lines.length - 1) * 9 - notes.length * 8 : y
  return (
    <g className={classes['label']} textAnchor={start ? 'start' : 'middle'}>
      {lines.map((line, index) => (
        <text key={line} x={x} y={top + index * 18} className={classes['name']}>
          {`${line} `}
        </text>
      ))}
      {notes.map((line, index) => (
        <text key={line} x={x} y={top + lines.length * 18 + index * 16} className={classes['note']}>
          {index < notes.length - 1 ? `${line} ` : line}
        </text>
      ))}
    </g>
  )
}
