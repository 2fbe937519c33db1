// A ring that fills with a share; an open, dotted ring where the share is not known.
interface Props {
  readonly cx: number
  readonly cy: number
  readonly r: number
  /** 0 to 1, or undefined where it is not known: then the ring is open, never empty. */
  readonly share: number | undefined
  readonly className?: string | undefined
}

/** Draws inside an svg element. The share starts at the top and runs clockwise. */
export function Ring({ cx, cy, r, share, className }: Props) {
  const length = 2 * Math.PI * r
  if (share === undefined)
    return (
      <circle
        cx={cx}
        cy={cy}
        r={r}
        className="ring-open"
        fill="none"
        strokeWidth={1.75}
        strokeDasharray="2.5 3.2"
      />
    )
  return (
    <g className={className}>
      <circle cx={cx} cy={cy} r={r} className="ring-ground" fill="none" strokeWidth={4} />
      <circle
        cx={cx}
        cy={cy}
        r={r}
        className="ring-share"
        fill="none"
        strokeWidth={4}
        strokeDasharray={`${length * share} ${length}`}
        transform={`rotate(-90 ${cx} ${cy})`}
      />
    </g>
  )
}
