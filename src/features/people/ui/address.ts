// What the addresses of people's screens say beside the path: the day, a search, a tab.

/** Keeps the chosen day in the address of the next page; today stays out of it. */
export const dayIn = (day: string | undefined): { day?: string } => (day === undefined ? {} : { day })

/** The same search part of an address with one text changed, or left out. */
export function withText<S extends Readonly<Record<string, string | undefined>>>(
  was: S,
  name: keyof S & string,
  value: string | undefined,
): S {
  const { [name]: _before, ...rest } = was
  return (value === undefined ? rest : { ...rest, [name]: value }) as S
}

/** Days are told without a time: noon of any zone is that day. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00`)
