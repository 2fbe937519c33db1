// Picks from a style sheet the rules that a piece of HTML can use, by the class names in it.

/** A rule of a style sheet: its selectors, each with the classes that have to be there; or the rules inside an at-rule. */
export type Rule =
  | {
      readonly selectors: readonly { readonly text: string; readonly classes: readonly string[] }[]
      readonly body: string
    }
  | { readonly prelude: string; readonly rules: readonly Rule[] }
  | { readonly text: string }

/** The rules of a style sheet in their order, without keyframes: read once, picked from for each page. */
export function rulesOf(css: string): Rule[] {
  return [...blocksOf(css)].flatMap(({ prelude, body }): Rule[] => {
    if (/^@(media|supports|layer|container)/.test(prelude)) return [{ prelude, rules: rulesOf(body) }]
    if (prelude.startsWith('@font-face')) return [{ text: `${prelude}{${body}}` }]
    if (prelude.startsWith('@')) return []
    const selectors = prelude.split(/,(?![^(]*\))/).map((text) => ({ text, classes: classesOf(text) }))
    return [{ selectors, body }]
  })
}

/** The text of those `rules` that ask for no class the HTML does not have. */
export function usedRules(rules: readonly Rule[], html: string): string {
  const classes = new Set(
    [...html.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names]) => names!.split(/\s+/)),
  )
  return pick(rules, classes)
}

function pick(rules: readonly Rule[], classes: ReadonlySet<string>): string {
  let kept = ''
  for (const rule of rules) {
    if ('text' in rule) kept += rule.text
    else if ('rules' in rule) {
      const inside = pick(rule.rules, classes)
      if (inside !== '') kept += `${rule.prelude}{${inside}}`
    } else {
      const used = rule.selectors.filter((each) => each.classes.every((name) => classes.has(name)))
      if (used.length > 0) kept += `${used.map(({ text }) => text).join(',')}{${rule.body}}`
    }
  }
  return kept
}

/** What stands in brackets may be one of several, or a negation: only classes outside have to be there. */
function classesOf(selector: string): string[] {
  const outside = selector.replace(/\[[^\]]*\]/g, '').replace(/\((?:[^()]|\([^()]*\))*\)/g, '')
  return [...outside.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map(([, name]) => name!)
}

interface Block {
  readonly prelude: string
  readonly body: string
}

/** The outermost blocks of a style sheet; statements without a block are passed over. */
function* blocksOf(css: string): Generator<Block> {
  const text = css.replace(/\/\*[^]*?\*\//g, '')
  let [from, opened, depth] = [0, 0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"' || sign === "'") {
      const end = text.indexOf(sign, at + 1)
      at = end < 0 ? text.length : end
    } else if (sign === ';' && depth === 0) from = at + 1
    else if (sign === '{') {
      if (depth === 0) opened = at
      depth += 1
    } else if (sign === '}') {
      depth -= 1
      if (depth > 0) continue
      yield { prelude: text.slice(from, opened).trim(), body: text.slice(opened + 1, at) }
      from = at + 1
    }
  }
}
