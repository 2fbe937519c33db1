// What the elements of a page are: seen or not, inline or blocks, bold lines that head what follows.
import type { Element, Nodes } from 'hast'

/** Elements whose content is not text of the page. Scripts among them are counted and never run. */
export const UNSEEN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'title',
  'svg',
  'iframe',
  'object',
  'select',
  'picture',
  'video',
  'audio',
  'canvas',
  'textarea',
  'math',
])
export const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'big',
  'bdi',
  'bdo',
  'br',
  'cite',
  'code',
  'data',
  'del',
  'dfn',
  'em',
  'font',
  'i',
  'img',
  'input',
  'ins',
  'kbd',
  'label',
  'mark',
  'q',
  's',
  'samp',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'time',
  'tt',
  'u',
  'var',
  'wbr',
])
export const isElement = (node: Nodes): node is Element => node.type === 'element'
export const property = (element: Element, name: string): string => {
  const value = element.properties?.[name]
  return Array.isArray(value) ? value.join(' ') : value === undefined || value === null ? '' : String(value)
}
export const placeOf = (node: Nodes) =>
  node.position ? { line: node.position.start.line, column: node.position.start.column } : {}
export const isHidden = (element: Element) =>
  element.properties?.['hidden'] !== undefined || /display:\s*none/.test(property(element, 'style'))
export const tidy = (text: string) =>
  text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{2,}/g, '\n')
    .trim()

export const span = (cell: Element, name: string): number =>
  Math.min(Math.max(Number(property(cell, name)) || 1, 1), 100)

/** Whether a node is bold, also through a link or emphasis around or inside it. */
export function boldText(node: Nodes): boolean {
  if (!isElement(node)) return false
  if (node.tagName === 'strong' || node.tagName === 'b') return true
  const only = node.children.filter((child) => child.type !== 'text' || child.value.trim() !== '')
  return /^(?:a|em|i|span|u)$/.test(node.tagName) && only.length === 1 && boldText(only[0]!)
}

/** A paragraph that is bold, perhaps with a remark in italics behind it, heads what follows. */
export function headsWhatFollows(content: readonly Nodes[]): boolean {
  const seen = content.filter(
    (node) =>
      !(node.type === 'text' && node.value.trim() === '') && !(isElement(node) && node.tagName === 'br'),
  )
  return (
    seen.length > 0 &&
    boldText(seen[0]!) &&
    seen
      .slice(1)
      .every(
        (node) =>
          boldText(node) ||
          (isElement(node) && /^(?:em|i)$/.test(node.tagName)) ||
          (node.type === 'text' && /^\s*:\s*$/.test(node.value)),
      )
  )
}

export function findLink(nodes: readonly Nodes[]): string | undefined {
  const open = [...nodes]
  for (let seen = 0; open.length > 0 && seen < 500; seen++) {
    const node = open.shift()!
    if (!isElement(node)) continue
    const href = property(node, 'href')
    if (node.tagName === 'a' && href) return href
    open.push(...(node.children as Nodes[]))
  }
  return undefined
}
