// The F distribution's quantiles, for the intervals of intraclass correlations.

const COEFFICIENTS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** The logarithm of the gamma function for x > 0 (Lanczos, g = 7; relative error about 1e-15). */
function logGamma(x: number): number {
  let sum = 0.99999999999980993
  for (const [index, coefficient] of COEFFICIENTS.entries()) sum += coefficient / (x + index)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Continued fraction of the incomplete beta function, by Lentz's method (DLMF 8.17.22). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guard(1 + even * d)
    c = guard(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guard(1 + odd * d)
    c = guard(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) return fraction
  }
  return fraction
}

/** The regularised incomplete beta function I_x(a, b), x in [0, 1], a and b positive (DLMF 8.17). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** The value that an F variable with the given degrees of freedom stays under with a probability in (0, 1). */
export function quantileOfF(probability: number, numerator: number, denominator: number): number {
  let low = 0
  let high = 1
  // Bisection on the beta scale: F = (x / (1 - x)) * denominator / numerator is monotone in x.
  for (let step = 0; step < 200 && high - low > 1e-16; step++) {
    const middle = (low + high) / 2
    if (incompleteBeta(middle, numerator / 2, denominator / 2) < probability) low = middle
    else high = middle
  }
  const x = (low + high) / 2
  return (x / (1 - x)) * (denominator / numerator)
}
