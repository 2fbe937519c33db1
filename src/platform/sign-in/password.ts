// What a password must be: long enough; no rules of composition, which make passwords weaker (NIST SP 800-63B 3.1.1.2).

export const SHORTEST_PASSWORD = 12
export const LONGEST_PASSWORD = 128

/** Why a password is not taken, or undefined when it is. */
export function findPasswordFault(password: string): 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_LONG' | undefined {
  if (password.length < SHORTEST_PASSWORD) return 'PASSWORD_TOO_SHORT'
  return password.length > LONGEST_PASSWORD ? 'PASSWORD_TOO_LONG' : undefined
}
