// What an item would tell, before it is asked: the expected fall of a posterior variance.

/**
 * Expected fall of the posterior variance of a quantity when an item is answered: by the law of total variance the
 * variance over the item's answers of the quantity's posterior mean. `mass` is the posterior on the grid (sums to 1),
 * `curve` the item's response function (`curve[score * size + t]`), `quantity` the quantity at each grid point: theta
 * itself, or the indicator of a bar being met, whose variance p(1 - p) is the expected loss of deciding by chance p.
 */
export function expectedGain(mass: Float64Array, curve: Float64Array, quantity: Float64Array): number {
  const size = mass.length
  const categories = curve.length / size
  let overall = 0
  for (let t = 0; t < size; t++) overall += mass[t]! * quantity[t]!
  let gain = 0
  for (let k = 0; k < categories; k++) {
    const from = k * size
    let probability = 0
    let product = 0
    for (let t = 0; t < size; t++) {
      const joint = mass[t]! * curve[from + t]!
      probability += joint
      product += joint * quantity[t]!
    }
    if (probability > 1e-300) gain += (product - overall * probability) ** 2 / probability
  }
  return gain
}

