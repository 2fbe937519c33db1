// Writes a framework as a CASE 1.1 package that other competency tools can read and Rungs reads back whole.
import { v5 } from 'uuid'
import { toDocument } from '../framework/format.ts'
import { textIn, type Framework, type Text } from '../framework/model.ts'
import type { CaseType } from './case-package.ts'

export interface CaseExportOptions {
  /** ISO 8601 date and time that the package is stamped with. */
  readonly now: string
  /** Who publishes the framework; its id where nothing better is known. */
  readonly creator?: string
  /** Root of the URIs; `urn:uuid:` where the framework has no address. */
  readonly baseUri?: string
}

interface Link {
  readonly title: string
  readonly identifier: string
  readonly uri: string
}

/** Namespace of all identifiers: the same framework always gives the same ones. */
const NAMESPACE = v5('rungs:career-framework', v5.URL)

/** CASE calls these normalised strings: one line. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/**
 * A CFPackage, valid against the CASE 1.1 schema. Tracks, roles, duties, areas, competencies, levels and behaviours
 * are items; the tree is `isChildOf`, a behaviour's level `hasSkillLevel`, an expectation `isRelatedTo`, a transition
 * `precedes`. What CASE has no field for stands in `extensions.rungs` of its item, so that nothing is lost.
 */
export function exportCase(
  framework: Framework,
  { now, creator = framework.id, baseUri }: CaseExportOptions,
): object {
  const language = framework.languages[0] ?? 'en'
  const words = (text: Text) => textIn(text, language, language)
  const identify = (path: string) => v5(`${framework.id}/${path}`, NAMESPACE)
  const uriOf = (kind: string, identifier: string) =>
    baseUri ? `${baseUri.replace(/\/$/, '')}/${kind}/${identifier}` : `urn:uuid:${identifier}`
  const document = toDocument(framework)
  const { areas, competencies, roles, tracks, ...rest } = document
  const items: object[] = []
  const associations: object[] = []
  const links = new Map<string, Link>()

  const documentLink: Link = {
    title: oneLine(words(framework.title)),
    identifier: identify(''),
    uri: uriOf('CFDocuments', identify('')),
  }

  const associate = (
    type: string,
    from: string,
    to: Link | string,
    sequenceNumber?: number,
    extensions?: object,
  ) => {
    const origin = links.get(from)
    const destination = typeof to === 'string' ? links.get(to) : to
    if (!origin || !destination) return
    const identifier = identify(`association/${type}/${from}/${destination.identifier}`)
    associations.push({
      identifier,
      uri: uriOf('CFAssociations', identifier),
      associationType: type,
      ...(sequenceNumber === undefined ? {} : { sequenceNumber }),
      originNodeURI: origin,
      destinationNodeURI: destination,
      lastChangeDateTime: now,
      ...(extensions ? { extensions: { rungs: extensions } } : {}),
    })
  }

  const addItem = (type: CaseType, path: string, code: string, entity: object, title: Text, notes?: Text) => {
    const identifier = identify(path)
    links.set(path, { title: oneLine(words(title)), identifier, uri: uriOf('CFItems', identifier) })
    items.push({
      identifier,
      uri: uriOf('CFItems', identifier),
      fullStatement: words(title),
      CFItemType: type,
      humanCodingScheme: code,
      ...(notes === undefined ? {} : { notes: words(notes) }),
      language,
      lastChangeDateTime: now,
      extensions: { rungs: entity },
    })
  }

  for (const [at, { level, title, description }] of framework.scale.levels.entries()) {
    addItem('Proficiency level', `scale/${level}`, `level-${level}`, { level }, title, description)
    associate('isChildOf', `scale/${level}`, documentLink, at + 1)
  }
  for (const [at, track] of (tracks ?? []).entries()) {
    addItem('Track', `tracks/${track.id}`, track.id, track, track.title, track.description)
    associate('isChildOf', `tracks/${track.id}`, documentLink, 100 + at)
  }
  for (const [at, area] of areas.entries()) {
    addItem('Area', `areas/${area.id}`, area.id, area, area.title, area.description)
    associate('isChildOf', `areas/${area.id}`, documentLink, 200 + at)
  }
  for (const [at, competency] of competencies.entries()) {
    const { behaviours = {}, ...own } = competency
    const path = `competencies/${competency.id}`
    addItem('Competency', path, competency.id, own, competency.title, competency.description)
    associate('isChildOf', path, `areas/${competency.area}`, at + 1)
    let sequence = 0
    for (const [level, list] of Object.entries(behaviours)) {
      for (const behaviour of list) {
        addItem(
          'Behaviour',
          `behaviours/${behaviour.id}`,
          behaviour.id,
          { ...behaviour, level: Number(level) },
          behaviour.text,
        )
        associate('isChildOf', `behaviours/${behaviour.id}`, path, (sequence += 1))
        associate('hasSkillLevel', `behaviours/${behaviour.id}`, `scale/${level}`)
      }
    }
  }
  for (const [at, role] of (roles ?? []).entries()) {
    const { duties = [], ...own } = role
    const path = `roles/${role.id}`
    addItem('Role', path, role.id, own, role.title, role.summary)
    associate('isChildOf', path, `tracks/${role.tracks[0]}`, at + 1)
    for (const track of role.tracks.slice(1)) associate('isPartOf', path, `tracks/${track}`)
    for (const [competency, expectation] of Object.entries(framework.roles[at]!.expectations)) {
      associate('isRelatedTo', path, `competencies/${competency}`, undefined, {
        level: expectation.level,
        kind: expectation.kind,
      })
    }
    for (const [place, duty] of duties.entries()) {
      addItem('Duty', `${path}/duties/${duty.id}`, duty.id, duty, duty.title, duty.text)
      associate('isChildOf', `${path}/duties/${duty.id}`, path, place + 1)
      for (const competency of duty.competencies ?? [])
        associate('isRelatedTo', `${path}/duties/${duty.id}`, `competencies/${competency}`)
    }
  }
  for (const { from, to } of framework.transitions) associate('precedes', `roles/${from}`, `roles/${to}`)

  const types = [...new Set(items.map((item) => (item as { CFItemType: string }).CFItemType))]
  return {
    CFDocument: {
      identifier: documentLink.identifier,
      uri: documentLink.uri,
      caseVersion: '1.1',
      creator: oneLine(creator),
      title: documentLink.title,
      lastChangeDateTime: now,
      ...(framework.description === undefined ? {} : { description: oneLine(words(framework.description)) }),
      language,
      version: framework.version,
      extensions: { rungs: rest },
    },
    CFItems: items,
    CFAssociations: associations,
    CFDefinitions: {
      CFItemTypes: types.map((title) => ({
        identifier: identify(`type/${title}`),
        uri: uriOf('CFItemTypes', identify(`type/${title}`)),
        title,
        description: title,
        hierarchyCode: String(types.indexOf(title) + 1),
        lastChangeDateTime: now,
      })),
    },
  }
}
