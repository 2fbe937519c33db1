// Partial credit thresholds of the four items of eRm's data set pcmdat2 and the location of each inner total, both as
// printed by eRm 1.0-2 in R 4.2.2: thresholds(PCM(pcmdat2)) and person.parameter(PCM(pcmdat2)).

export const THRESHOLDS = [
  [-0.104285493071627, 2.18009043206294],
  [0.571347489243434, 1.99553373010356],
  [-2.31460512946371, 0.596779737899666],
  [-0.983243476139226, 0.889169318796093],
] as const

/** Total score and location in logits; totals 0 and 8 have no maximum of the likelihood. */
export const SCORE_TO_THETA = [
  [1, -2.1912084678071],
  [2, -1.04906448889413],
  [3, -0.240938288703137],
  [4, 0.441238797368701],
  [5, 1.09500310680965],
  [6, 1.80939184567466],
  [7, 2.77379778690861],
] as const
