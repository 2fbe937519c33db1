// Ids made from texts: the same text gives the same id in every import, so that versions can be compared.

/** A text without marks, accents and case, its words joined by `-`; empty for a text without Latin letters or digits. */
export function slug(text: string, longest = 60): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’]/g, '')
    .toLowerCase()
    .replaceAll(/c\+\+/g, 'cpp')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return words.slice(0, longest).replace(/-+$/, '')
}

/** What two names are compared by: letters and digits of any script, nothing else. */
export const squeeze = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()

/** Six characters that tell texts apart: FNV-1a over UTF-16 units, 32 bits, in base 36. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  return (hash >>> 0).toString(36).padStart(7, '0').slice(-7)
}

const RESERVED =
  /^(?:constructor|hasownproperty|isprototypeof|propertyisenumerable|tolocalestring|tostring|valueof)$/

/** Gives each text an id of its own; a text without Latin letters is known by its fingerprint. */
export class Ids {
  private readonly taken = new Set<string>()
  take(text: string): string {
    const words = slug(text)
    const wanted = words === '' || RESERVED.test(words) ? `x-${fingerprint(text)}` : words
    let id = wanted
    for (let count = 2; this.taken.has(id); count++) id = `${wanted}-${count}`
    this.taken.add(id)
    return id
  }
}
