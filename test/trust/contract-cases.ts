// One input for every endpoint of the contracts, with the places in it that name a row: for whoever must try all of them.
import type { AnyContractRouter } from '@orpc/contract'
import { toDocument } from '../../src/core/framework/format.ts'
import { proposeMigration } from '../../src/core/framework/migrate/propose.ts'
import { growthFramework } from '../../src/core/growth/fixture.ts'

/** The rows that an input may name. */
export const REFS = [
  ...([
    'person',
    'owner',
    'unit',
    'department',
    'account',
    'invitation',
    'grant',
    'delegation',
    'hold',
  ] as const),
  ...(['framework', 'hash', 'newer', 'migration', 'assessment', 'earlier'] as const),
  ...(['round', 'closedRound', 'sheet', 'share'] as const),
]
export type Ref = (typeof REFS)[number]
export type Ids = Readonly<Record<Ref, string>>

class Place {
  readonly to: Ref
  constructor(to: Ref) {
    this.to = to
  }
}
const ref = (to: Ref) => new Place(to)
const KEY = '00000000-0000-4000-8000-00000000eeee'
const between = { framework: ref('framework'), from: ref('hash'), to: ref('newer') }
const version = (number: string) => growthFramework({ id: 'ladder', version: number })
const mapping = { ...proposeMigration(version('1.0.0'), version('2.0.0')), framework: ref('framework') }
const day = '2026-06-20'
const file = {
  table: {
    ...{ file: 'people.csv', workbook: false, headings: ['Name', 'Id'] },
    rows: [{ row: 2, cells: ['Kim', 'new-1'] }],
  },
  ...{ mapping: { name: 0, id: 1 }, day, framework: ref('framework') },
}
const rule = { minimumGroup: 5, managerNamed: true, opensToManager: true, opensToPartner: true }
const document = toDocument(growthFramework({ id: 'own-ladder' }))
const place = {
  unit: ref('unit'),
  productLines: [ref('unit')],
  manager: ref('owner'),
  dotted: [ref('owner')],
}
const position = { title: 'Engineer', framework: ref('framework'), role: 'senior', grade: 'P5' }
const assessment = { assessment: ref('assessment') }
const id = { id: ref('assessment') }
const sheet = { sheet: ref('sheet') }

/** Inputs by endpoint; undefined for one that takes none. */
export const CASES: Readonly<Record<string, unknown>> = {
  'about.get': undefined,
  'accounts.invitations': undefined,
  'accounts.invite': { person: ref('person'), email: 'kim@example.org', language: 'en' },
  'accounts.withdraw': { id: ref('invitation') },
  'accounts.members': undefined,
  'accounts.end': { account: ref('account') },
  'administration.rights': undefined,
  'administration.nameOrganisation': { name: 'Own name' },
  'administration.setOrganisation': { timeZone: 'Europe/Berlin', minimumGroup: 5 },
  'administration.members': { search: 'canary' },
  'administration.sessions': { account: ref('account') },
  'administration.endSessions': { account: ref('account') },
  'administration.roles': { ended: true },
  'administration.grant': {
    key: KEY,
    person: ref('person'),
    role: 'people-partner',
    unit: ref('unit'),
    lastDay: day,
  },
  'administration.revoke': { id: ref('grant') },
  'administration.delegations': undefined,
  'administration.delegate': {
    key: KEY,
    from: ref('person'),
    to: ref('owner'),
    starts: day,
    lastDay: '2026-06-25',
  },
  'administration.takeBack': { id: ref('delegation') },
  'administration.signIn': undefined,
  'assessments.start': {
    key: KEY,
    framework: ref('framework'),
    version: '1.0.0',
    mode: 'quick',
    self: { role: 'junior' },
  },
  'assessments.list': undefined,
  'assessments.current': undefined,
  'assessments.carryOver': { framework: ref('framework'), mode: 'quick' },
  'assessments.get': id,
  'assessments.answer': {
    ...id,
    key: KEY,
    item: 'design-1a',
    answer: 'not-yet',
    evidence: 'https://example.org/a',
  },
  'assessments.undo': { ...id, key: KEY },
  'assessments.setEvidence': { ...id, item: 'coding-1a', evidence: 'https://example.org/b' },
  'assessments.answers': id,
  'assessments.finish': id,
  'assessments.reopen': id,
  'assessments.continue': { ...id, goal: { competency: 'hiring' } },
  'assessments.delete': id,
  'audit.list': {
    person: ref('person'),
    action: 'person.',
    object: ref('person'),
    from: '2020-01-01',
    to: '2030-01-01',
  },
  'audit.state': undefined,
  'audit.verify': undefined,
  'frameworks.list': undefined,
  'frameworks.get': { framework: ref('framework'), hash: ref('hash') },
  'frameworks.versions': { framework: ref('framework') },
  'frameworks.role': { framework: ref('framework'), version: '1.0.0', role: 'senior' },
  'frameworks.compare': { framework: ref('framework'), a: 'junior', b: 'senior' },
  'frameworks.search': { framework: ref('framework'), q: 'canary' },
  'migrations.propose': between,
  'migrations.preview': { ...between, mapping },
  'migrations.apply': { ...between, mapping, key: KEY, reason: 'Why' },
  'migrations.list': { framework: ref('framework') },
  'migrations.get': { id: ref('migration') },
  'migrations.undo': { id: ref('migration'), reason: 'Why' },
  'people.summary': undefined,
  'people.list': { search: 'canary', unit: ref('unit') },
  'people.get': { id: ref('person') },
  'people.history': { id: ref('person') },
  'people.chart': { root: ref('owner'), reveal: ref('person') },
  'people.units': {},
  'people.unit': { id: ref('unit') },
  'people.addUnit': { key: KEY, kind: 'team', name: 'New', parent: ref('unit'), from: day },
  'people.changeUnit': { id: ref('unit'), from: day, name: 'Renamed', parent: ref('department') },
  'people.endUnit': { id: ref('unit'), lastDay: day },
  'people.join': {
    ...{ key: KEY, name: 'Kim', email: 'kim@example.org', externalId: 'kim-1', from: day },
    place: { ...place, position },
  },
  'people.rehire': { id: ref('person'), from: '2030-01-01', place },
  'people.move': { id: ref('person'), from: day, place: { ...place, position } },
  'people.leave': { id: ref('person'), lastDay: day, successor: ref('owner') },
  'people.correct': { id: ref('person'), name: 'Kim', email: 'kim@example.org', externalId: 'kim-1' },
  'people.import': file,
  'people.loadSample': undefined,
  'people.removeSample': undefined,
  'privacy.held': undefined,
  'privacy.trace': { others: false },
  'privacy.export': { language: 'en' },
  'privacy.keeping': undefined,
  'privacy.person': { person: ref('person') },
  'privacy.setRetention': { kind: 'mail', days: 400 },
  'privacy.placeHold': { key: KEY, person: ref('person'), reason: 'A case at court' },
  'privacy.liftHold': { id: ref('hold') },
  'privacy.erase': { person: ref('person'), reason: 'asked' },
  'publications.preview': { document },
  'publications.publish': { document, basedOn: null, reason: 'Why' },
  'rounds.list': undefined,
  'rounds.loadSample': undefined,
  'rounds.get': { id: ref('round') },
  'rounds.open': {
    ...{
      key: KEY,
      unit: ref('unit'),
      name: 'Spring',
      framework: ref('framework'),
      rule,
      closesOn: '2026-07-20',
    },
  },
  'rounds.addRater': { id: ref('round'), subject: ref('person'), rater: ref('owner'), kind: 'peer' },
  'rounds.removeRater': { id: ref('round'), sheet: ref('sheet') },
  'rounds.withdrawSubject': { id: ref('round'), subject: ref('person') },
  'rounds.start': { id: ref('round') },
  'rounds.extend': { id: ref('round'), closesOn: '2026-07-21' },
  'rounds.remind': { id: ref('round') },
  'rounds.close': { id: ref('round') },
  'rounds.cancel': { id: ref('round') },
  'rounds.sheet': sheet,
  'rounds.rate': { ...sheet, key: KEY, item: 'coding-1a', answer: 'not-yet', evidence: 'Seen in the review' },
  'rounds.submit': sheet,
  'rounds.decline': { ...sheet, reason: 'no-time' },
  'rounds.results': { person: ref('person') },
  'rounds.result': { id: ref('closedRound'), subject: ref('person') },
  'shares.list': undefined,
  'shares.share': {
    key: KEY,
    assessment: ref('assessment'),
    person: ref('person'),
    lastDay: day,
  },
  'shares.takeBack': { id: ref('share') },
  'shares.read': { id: ref('share') },
  'standings.current': { framework: ref('framework') },
  'standings.get': assessment,
  'standings.readiness': assessment,
  'standings.gap': { ...assessment, role: 'senior' },
  'standings.paths': { ...assessment, to: 'head' },
  'standings.why': { ...assessment, competency: 'coding' },
  'standings.changes': { ...assessment, since: ref('earlier') },
  'standings.export': { ...assessment, format: 'markdown', role: 'senior' },
}

/** An endpoint as the contracts have it. */
export interface Endpoint {
  readonly name: string
  readonly method: string
  readonly input: unknown
}

export function listEndpoints(router: AnyContractRouter, path: readonly string[] = []): Endpoint[] {
  if ('~orpc' in router) {
    const { route, inputSchema } = router['~orpc'] as { route: { method?: string }; inputSchema?: unknown }
    return [{ name: path.join('.'), method: route.method ?? 'POST', input: inputSchema }]
  }
  return Object.entries(router).flatMap(([name, inner]) =>
    listEndpoints(inner as AnyContractRouter, [...path, name]),
  )
}

/** The input of an endpoint with its places filled: one after the other by another's row, the rest by one's own. */
export function variantsOf(
  name: string,
  own: Ids,
  others: Ids,
): { input: unknown; foreign: Ref | undefined }[] {
  const places: Place[] = []
  fill(CASES[name], (place) => {
    places.push(place)
    return ''
  })
  const filled = (foreign: number) => {
    let at = -1
    return fill(CASES[name], ({ to }) => ((at += 1) === foreign ? others : own)[to])
  }
  if (places.length === 0) return [{ input: filled(-1), foreign: undefined }]
  const everywhere = fill(CASES[name], ({ to }) => others[to])
  return [
    ...places.map(({ to }, at) => ({ input: filled(at), foreign: to })),
    { input: everywhere, foreign: places[0]!.to },
  ]
}

/** The input with one's own rows everywhere. */
export function ownInput(name: string, own: Ids): unknown {
  return fill(CASES[name], ({ to }) => own[to])
}

function fill(value: unknown, by: (place: Place) => string): unknown {
  if (value instanceof Place) return by(value)
  if (Array.isArray(value)) return value.map((one) => fill(one, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, by)]))
}
