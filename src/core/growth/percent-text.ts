// Writes a probability as a percentage, the same way on screens, in the terminal and in what is taken away.

/** 0.723 -> "72%"; never 0% or 100%, which nothing here can be sure of. */
export function percentText(probability: number): string {
  if (probability < 0.01) return '< 1%'
  if (probability > 0.99) return '> 99%'
  return `${Math.round(probability * 100)}%`
}
