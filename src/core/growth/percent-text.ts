// Writes a probability as a percentage, the same way on screens, in the terminal and in what is taken away.

/** From these on a competency is likely and met (docs/guide/standing-and-paths.md). */
const THRESHOLDS = [50, 90]

/**
 * 0.723 -> "72%"; never 0% or 100%, which nothing here can be sure of, and never rounded up to a threshold that it lies
 * under: 0.895 -> "89%".
 */
export function percentText(probability: number): string {
  if (probability < 0.01) return '< 1%'
  if (probability > 0.99) return '> 99%'
  const rounded = Math.round(probability * 100)
  return `${THRESHOLDS.includes(rounded) && probability * 100 < rounded ? rounded - 1 : rounded}%`
}

/** The same in Chinese, where a bare sign would stand stiffly in a sentence: "不到 1%", "超过 99%". */
export function percentTextInChinese(probability: number): string {
  return percentText(probability).replace('<', '不到').replace('>', '超过')
}
