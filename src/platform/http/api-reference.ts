// The reference of the API as one page of HTML, made from its OpenAPI document: no script, nothing from elsewhere.

// oxlint-disable-next-line typescript/no-explicit-any
type Part = any

interface Operation {
  method: string
  path: string
  anchor: string
  summary: string
  description: string | undefined
  parameters: { name: string; in: string; required?: boolean; description?: string; schema: Part }[]
  body: Part
  answers: [status: string, schema: Part][]
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
/** Objects within objects that are written out; what lies deeper is in the document. */
const DEEPEST = 5

/** `nonce` allows the page's own style. */
export function apiReferencePage(document: Part, nonce: string): string {
  const groups = groupsOf(document)
  const schema = (part: Part) => shapeOf(part, document, 0)
  const links = [...groups]
    .map(([tag, all]) => `<li><a href="#${slug(tag)}">${text(tag)}</a> <span>${all.length}</span></li>`)
    .join('')
  const sections = [...groups]
    .map(([tag, all]) => {
      const operations = all.map((one) => operationOf(one, schema)).join('')
      return `<section aria-labelledby="${slug(tag)}"><h2 id="${slug(tag)}">${text(tag)}</h2>${operations}</section>`
    })
    .join('')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>The API of Rungs</title><style nonce="${text(nonce)}">${STYLE}</style></head>
<body><header><h1>The API of Rungs</h1>
<p>Version ${text(document.info.version)}. As a document for programs: <a href="/api/openapi.json">openapi.json</a>
(OpenAPI ${text(document.openapi)}). Send and read JSON. An instance for many people asks for a session or for
<code>Authorization: Bearer rungs_…</code>; a key does what its scopes and its person may. What is refused has <code>code</code>,
<code>message</code>, <code>data.faults</code> with places, and in <code>data.refusal</code> a code that stays. 429 says in <code>retry-after</code> when to come again; <code>x-request-id</code> finds a
request in the log.</p>
<nav aria-label="Groups"><ul>${links}</ul></nav></header><main>${sections}</main></body></html>
`
}

function groupsOf(document: Part): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>()
  for (const [path, methods] of Object.entries<Part>(document.paths))
    for (const method of METHODS) {
      const one = methods[method]
      if (one === undefined) continue
      const tag: string = one.tags?.[0] ?? 'Others'
      const operation: Operation = {
        ...{ method, path, anchor: slug(one.operationId ?? `${method} ${path}`), summary: one.summary ?? '' },
        ...{ description: one.description, parameters: one.parameters ?? [] },
        body: contentOf(one.requestBody),
        answers: Object.entries<Part>(one.responses ?? {})
          .filter(([status]) => status !== 'default')
          .map(([status, each]) => [status, contentOf(each)]),
      }
      groups.set(tag, [...(groups.get(tag) ?? []), operation])
    }
  return groups
}

function contentOf(part: Part): Part {
  return Object.values<Part>(part?.content ?? {})[0]?.schema
}

function operationOf(one: Operation, schema: (part: Part) => string): string {
  const parameters = one.parameters.map(
    ({ name, in: place, required, description, schema: part }) =>
      `<tr><th scope="row"><code>${text(name)}</code></th><td>${text(place)}${required ? '' : ', may be absent'}</td>` +
      `<td>${schema(part)}${description === undefined ? '' : ` ${text(description)}`}</td></tr>`,
  )
  const answers = one.answers.map(
    ([status, part]) =>
      `<dt>Answer ${text(status)}</dt><dd>${part === undefined ? 'empty' : schema(part)}</dd>`,
  )
  return (
    `<details id="${one.anchor}"><summary><span class="method">${one.method.toUpperCase()}</span> ` +
    `<code>/api${text(one.path)}</code> <span>${text(one.summary)}</span></summary>` +
    (one.description === undefined ? '' : `<p>${text(one.description)}</p>`) +
    (parameters.length === 0 ? '' : `<table><tbody>${parameters.join('')}</tbody></table>`) +
    `<dl>${one.body === undefined ? '' : `<dt>Body</dt><dd>${schema(one.body)}</dd>`}${answers.join('')}</dl></details>`
  )
}

/** A schema in a few words, objects as lists of their fields. */
function shapeOf(part: Part, document: Part, depth: number): string {
  if (part === undefined || typeof part !== 'object') return '<i>anything</i>'
  if (typeof part.$ref === 'string') {
    const target = part.$ref
      .slice(2)
      .split('/')
      .reduce((at: Part, key: string) => at?.[key], document)
    return depth > DEEPEST ? '<i>…</i>' : shapeOf(target, document, depth + 1)
  }
  const inner = (each: Part) => shapeOf(each, document, depth + 1)
  if ('const' in part) return `<code>${text(JSON.stringify(part.const))}</code>`
  if (Array.isArray(part.enum))
    return part.enum.map((each: unknown) => `<code>${text(JSON.stringify(each))}</code>`).join(' or ')
  const choices = part.anyOf ?? part.oneOf
  if (Array.isArray(choices)) return choices.map(inner).join(' or ')
  if (Array.isArray(part.allOf)) return part.allOf.map(inner).join(' and ')
  if (part.type === 'array') return `list of ${inner(part.items)}`
  if (part.properties !== undefined) {
    if (depth > DEEPEST) return '<i>object</i>'
    const required = new Set<string>(part.required)
    const fields = Object.entries<Part>(part.properties).map(
      ([name, each]) =>
        `<li><code>${text(name)}</code>${required.has(name) ? '' : '?'}: ${inner(each)}` +
        `${each?.description === undefined ? '' : ` <span>${text(each.description)}</span>`}</li>`,
    )
    return `<ul>${fields.join('')}</ul>`
  }
  if (part.type === 'object') return `<i>object</i>`
  const limits = [
    ...(part.format === undefined ? [] : [part.format]),
    ...(part.minimum === undefined ? [] : [`from ${part.minimum}`]),
    ...(part.maximum === undefined || part.maximum >= Number.MAX_SAFE_INTEGER ? [] : [`to ${part.maximum}`]),
    ...(part.maxLength === undefined ? [] : [`at most ${part.maxLength} characters`]),
  ]
  const type = Array.isArray(part.type) ? part.type.join(' or ') : (part.type ?? 'anything')
  return `<i>${text([type, ...limits].join(', '))}</i>`
}

const slug = (words: string): string => words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const text = (words: unknown): string => String(words).replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 68rem; padding: 1rem 1.25rem 4rem; overflow-wrap: anywhere }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0 }
nav span { opacity: .75 }
details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .5rem 0 }
summary { cursor: pointer }
summary:focus-visible, a:focus-visible { outline: 2px solid; outline-offset: 2px }
.method { display: inline-block; font-weight: 600; min-width: 4.5rem }
code { font: .9em ui-monospace, monospace }
table { border-spacing: 0; margin: .75rem 0 }
th, td { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top }
dt { font-weight: 600; margin-top: .75rem } dd { margin: 0 }
dd ul ul { padding-left: 1.25rem } dd > ul { padding-left: 1rem }
`
