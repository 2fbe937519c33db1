// What Rungs serves, as the scopes of API keys name it.

/** Each feature of the API; the contract of all of them is held to this list, and lacks none. */
export const FEATURES = [
  ...(['about', 'frameworks', 'publications', 'migrations', 'assessments', 'standings', 'shares'] as const),
  ...(['people', 'rounds', 'administration', 'accounts', 'audit', 'privacy'] as const),
] as const

export type Feature = (typeof FEATURES)[number]
