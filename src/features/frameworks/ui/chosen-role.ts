// The role that the reader last looked at in a framework, kept in this browser, so that every screen opens on it.
export interface ChosenRole {
  readonly role: string
  readonly variant?: string | undefined
}

const placeOf = (framework: string): string => `rungs.role.${framework}`

/** The role chosen last, or undefined where none was, or where `has` says that the framework lost it. */
export function recallRole(framework: string, has: (role: string) => boolean): ChosenRole | undefined {
  const [role, variant] = localStorage.getItem(placeOf(framework))?.split('~') ?? []
  return role && has(role) ? { role, ...(variant ? { variant } : {}) } : undefined
}

export function rememberRole(framework: string, { role, variant }: ChosenRole): void {
  localStorage.setItem(placeOf(framework), variant ? `${role}~${variant}` : role)
}
