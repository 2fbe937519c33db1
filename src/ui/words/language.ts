// Which language a page is in: one rule for the server, which draws it first, and for the browser, which goes on.

export const LANGUAGES = ['en', 'zh-Hans'] as const
export type Language = (typeof LANGUAGES)[number]

const COOKIE = 'rungs-language'
const YEAR = 365 * 86_400

/** What tells the wished language: the address's `?lang=`, all cookies as one text, and the browser's own language. */
interface Wish {
  readonly search: string
  readonly cookies: string
  readonly browser: string
}

/** The language of the address, else the one chosen before, else the browser's: Chinese, or English for all others. */
export function languageFor({ search, cookies, browser }: Wish): Language {
  const chosen = cookies
    .split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1)
  const wished = new URLSearchParams(search).get('lang') ?? chosen ?? browser
  return wished.trim().toLowerCase().startsWith('zh') ? 'zh-Hans' : 'en'
}

/** The cookie, as document.cookie takes it, by which this browser's pages stay in the chosen language for a year. */
export function cookieFor(language: Language): string {
  return `${COOKIE}=${language}; Path=/; Max-Age=${YEAR}; SameSite=Lax`
}
