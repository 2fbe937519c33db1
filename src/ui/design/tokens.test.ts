// The tokens keep their promises: readable text, and a proficiency scale whose order survives any colour vision.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const SCHEMES = ['light', 'dark'] as const

function tokensOf(scheme: (typeof SCHEMES)[number]): Map<string, string> {
  const block = css.split(`[data-mantine-color-scheme='${scheme}'] {`)[1]?.split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )
}

function linear(hex: string): [number, number, number] {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const luminance = ([r, g, b]: [number, number, number]): number => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** WCAG 2.2 contrast ratio of two colours, 1 to 21. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(linear(a)), luminance(linear(b))].toSorted((x, y) => y - x) as [
    number,
    number,
  ]
  return (high + 0.05) / (low + 0.05)
}

// Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
const COLOUR_VISION = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const

/** CIE lightness L*, 0 to 100, as seen with a kind of colour vision. */
function lightness(hex: string, vision: keyof typeof COLOUR_VISION): number {
  const rgb = linear(hex)
  const m = COLOUR_VISION[vision]
  const row = (at: number): number => m[at]! * rgb[0] + m[at + 1]! * rgb[1] + m[at + 2]! * rgb[2]
  const y = luminance([row(0), row(3), row(6)])
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y
}

for (const scheme of SCHEMES) {
  const tokens = tokensOf(scheme)
  const at = (name: string): string => tokens.get(name) ?? expect.fail(`no token --${name} in ${scheme}`)

  test(`in ${scheme}, text is readable on every ground`, () => {
    for (const ground of ['paper', 'raised', 'sunken', 'accent-wash'])
      for (const text of ['ink', 'ink-soft', 'ink-faint', 'accent'])
        expect(contrast(at(text), at(ground)), `--${text} on --${ground}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(at('on-accent'), at('accent'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(at('problem'), at('problem-wash'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(at('line-strong'), at('paper'))).toBeGreaterThanOrEqual(3)
  })

  test(`in ${scheme}, each number is readable on its proficiency step`, () => {
    for (const level of [1, 2, 3, 4, 5])
      expect(
        contrast(at(`level-ink-${level}`), at(`level-${level}`)),
        `level ${level}`,
      ).toBeGreaterThanOrEqual(4.5)
  })

  test(`in ${scheme}, proficiency steps keep their order of lightness for every colour vision`, () => {
    for (const vision of Object.keys(COLOUR_VISION) as (keyof typeof COLOUR_VISION)[]) {
      const steps = [1, 2, 3, 4, 5].map((level) => lightness(at(`level-${level}`), vision))
      const rises = scheme === 'dark' ? 1 : -1
      for (let k = 1; k < steps.length; k += 1)
        expect(rises * (steps[k]! - steps[k - 1]!), `${vision}: ${k} to ${k + 1}`).toBeGreaterThan(6)
    }
  })
}
