// Writes HTML from values: everything that is put in is escaped, so that no id or name can become markup.

/** Markup that is already safe. Only the functions of this file make it. */
export class Html {
  private constructor(readonly text: string) {}
  static readonly make = (text: string): Html => new Html(text)
}

export type Part = Html | string | number | false | null | undefined | readonly Part[]

/** Text as HTML text or attribute value; characters that no HTML document may hold are shown as U+FFFD. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;')
}

function written(part: Part): string {
  if (part === false || part === null || part === undefined) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return escaped(String(part))
  return part.map(written).join('')
}

/** A template whose values are escaped unless they are Html. Attribute values must stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0]!
  for (const [k, part] of parts.entries()) text += written(part) + strings[k + 1]!
  return Html.make(text)
}

/** The same in English and Chinese; the page shows one of the two. */
export function both(english: Part, chinese: Part): Html {
  return html`<span class="en" lang="en">${english}</span><span class="zh" lang="zh-Hans">${chinese}</span>`
}

/** Both languages inside a drawing, as two text elements with the same attributes. */
export function bothTexts(attributes: Html, english: string, chinese: string): Html {
  const text = (kind: string, lang: string, words: string) =>
    Html.make(`<text class="${kind}" lang="${lang}" ${attributes.text}>${escaped(words)}</text>`)
  return html`${text('en', 'en', english)}${text('zh', 'zh-Hans', chinese)}`
}

/** Attributes of an element from names and values, escaped. */
export function attributes(values: Readonly<Record<string, string | number>>): Html {
  return Html.make(
    Object.entries(values)
      .map(([name, value]) => `${name}="${escaped(String(value))}"`)
      .join(' '),
  )
}
