// Picks from a style sheet the rules that a piece of HTML can use, by the class names in it.

/** The rules of `css` in their order, without those that ask for a class the HTML does not have, and without keyframes. */
export function usedRules(css: string, html: string): string {
  const classes = new Set(
    [...html.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names]) => names!.split(/\s+/)),
  )
  return pick(css, classes)
}

function pick(css: string, classes: ReadonlySet<string>): string {
  let kept = ''
  for (const { prelude, body } of blocksOf(css)) {
    if (/^@(media|supports|layer|container)/.test(prelude)) {
      const inside = pick(body, classes)
      if (inside !== '') kept += `${prelude}{${inside}}`
    } else if (prelude.startsWith('@font-face')) kept += `${prelude}{${body}}`
    else if (!prelude.startsWith('@')) {
      const selectors = prelude.split(/,(?![^(]*\))/).filter((each) => isUsed(each, classes))
      if (selectors.length > 0) kept += `${selectors.join(',')}{${body}}`
    }
  }
  return kept
}

/** What stands in brackets may be one of several, or a negation: only classes outside have to be there. */
function isUsed(selector: string, classes: ReadonlySet<string>): boolean {
  const outside = selector.replace(/\[[^\]]*\]/g, '').replace(/\((?:[^()]|\([^()]*\))*\)/g, '')
  return [...outside.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].every(([, name]) => classes.has(name!))
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
