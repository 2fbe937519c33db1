// Numbers as the report writes them: a true minus sign, fixed digits, nothing that looks surer than it is.

/** With `digits` decimals; a value that is no number reads as a dash. */
export function fixed(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–'
  const text = value.toFixed(digits)
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace('-', '−')
}

/** With its sign, zero without. */
export function signed(value: number, digits = 2): string {
  const text = fixed(value, digits)
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
export const percent = (share: number): string => `${Math.round(100 * share)} %`

/** Normal quantiles of the 50 % and 90 % intervals that are drawn everywhere. */
export const Z50 = 0.6745
export const Z90 = 1.6449

export const interval90 = (measure: number, se: number): string =>
  `${fixed(measure - Z90 * se)} … ${fixed(measure + Z90 * se)}`
