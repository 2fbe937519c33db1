// The access table as a page that a people partner reads.
import { ACCESS, STATES, type Rule } from './access-table.ts'

const HEAD = `# Who may do what

Written from what Rungs promises and held against what it does: each line is tried as everybody, through the API and
through the database itself, by \`test/trust/authorization.test.ts\`. What is not here nobody may do. "They" is the person
that it is about. An API key does at most what its person may, and with read scope nothing that writes. Nobody of another
organisation and nobody who is not signed in may do any of it. Rights that ended yesterday, and rights that begin tomorrow,
are none: a manager of before, a delegation that is over, a role that was taken back. Whoever has left is let in no more: from
the day after their last day of work their account opens nothing, whatever else is true of them.

Nobody reads another person's assessment by their office: not the manager, not the partner, not the owner. What a rater
said of somebody is the rater's alone. A person may share the result of an assessment with somebody whom they name; who reads it
then, until the day that they chose, reads that result and nothing else, and they see each time that it was read. The result of a round goes where its published rule opens it; the lines here are of
a round that is open to both manager and partner. A rater is one of a group here, a peer or a report: a manager whom the rule
names stands alone in the result and reads it.
`

/** docs/trust/access.md, whole. */
export function accessDocument(): string {
  const resources = [...new Set(ACCESS.map(({ resource }) => resource))]
  return `${HEAD}${resources.map(sectionOf).join('')}`
}

function sectionOf(resource: string): string {
  const rules = ACCESS.filter((rule) => rule.resource === resource)
  const title = resource.charAt(0).toUpperCase() + resource.slice(1)
  return `\n## ${title}\n\n| To … | while it is | may |\n|---|---|---|\n${rules.map(lineOf).join('')}`
}

function lineOf({ of, action, who, unless, states }: Rule): string {
  const all: readonly string[] = STATES[of]
  const when = states?.join(', ') ?? (all.length === 1 ? '' : 'in any state')
  return `| ${action} | ${when} | ${who.length === 0 ? 'nobody' : who.join('; ')}${unless ? `; but not ${unless.join(', nor ')}` : ''} |\n`
}
