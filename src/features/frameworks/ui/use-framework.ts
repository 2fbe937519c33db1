// Gives screens a whole framework with its lookups, and its texts in the reader's language.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { textIn } from '../../../core/framework/text-in.ts'
import type {
  Area,
  Behaviour,
  Competency,
  Framework,
  Role,
  Scale,
  Text,
} from '../../../core/framework/model.ts'
import { rpcLink } from '../../../ui/rpc-link.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { frameworksContract } from '../contract.ts'

const client: ContractRouterClient<typeof frameworksContract> = createORPCClient(rpcLink, {
  path: ['frameworks'],
})
export const frameworksApi = createTanstackQueryUtils(client, { path: ['frameworks'] })

/** The framework that is shown where the address names none. */
export const DEFAULT_FRAMEWORK = 'coder-to-cto'

export interface FrameworkView {
  readonly framework: Framework
  /** A text in the reader's language. */
  readonly say: (text: Text | null | undefined) => string
  readonly role: (id: string) => Role | undefined
  readonly competency: (id: string) => Competency | undefined
  readonly area: (id: string) => Area | undefined
  readonly behaviour: (id: string) => Behaviour | undefined
  /** The title of a role, of its variant where one is named, or its id where the framework does not have it. */
  readonly roleTitle: (id: string, variant?: string | null) => string
  readonly competencyTitle: (id: string) => string
  readonly areaTitle: (id: string) => string
  readonly trackTitles: (role: Role) => string
  readonly sourceTitle: (id: string) => string
  readonly scaleOf: (competency: string) => Scale
  readonly levelTitle: (competency: string, level: number) => string | undefined
}

/** A framework with its lookups, in one language. */
export function viewOf(framework: Framework, language: string): FrameworkView {
  const roles = new Map(framework.roles.map((role) => [role.id, role]))
  const competencies = new Map(framework.competencies.map((competency) => [competency.id, competency]))
  const areas = new Map(framework.areas.map((area) => [area.id, area]))
  const tracks = new Map(framework.tracks.map((track) => [track.id, track]))
  const sources = new Map(framework.sources.map((source) => [source.id, source]))
  const behaviours = new Map(
    framework.competencies.flatMap(({ behaviours: list }) => list.map((each) => [each.id, each])),
  )
  const say = (text: Text | null | undefined): string =>
    text ? textIn(text, language, framework.languages[0]) : ''
  const scaleOf = (id: string): Scale => competencies.get(id)?.scale ?? framework.scale
  return {
    framework,
    say,
    role: (id) => roles.get(id),
    competency: (id) => competencies.get(id),
    area: (id) => areas.get(id),
    behaviour: (id) => behaviours.get(id),
    roleTitle: (id, variant) => {
      const role = roles.get(id)
      const other = role?.variants.find((each) => each.id === variant)
      return other ? say(other.title) : say(role?.title) || id
    },
    competencyTitle: (id) => say(competencies.get(id)?.title) || id,
    areaTitle: (id) => say(areas.get(id)?.title) || id,
    trackTitles: (role) => role.tracks.map((id) => say(tracks.get(id)?.title) || id).join(' · '),
    sourceTitle: (id) => say(sources.get(id)?.title) || id,
    scaleOf,
    levelTitle: (competency, level) => {
      const found = scaleOf(competency).levels.find((each) => each.level === level)
      return found ? say(found.title) : undefined
    },
  }
}

/** Waits for a framework; throws to the page's trouble screen where it cannot be had. */
export function useFramework(id: string, version?: string): FrameworkView {
  const { language } = useLanguage()
  const input = version === undefined ? { framework: id } : { framework: id, version }
  const { data } = useSuspenseQuery({ ...frameworksApi.get.queryOptions({ input }), staleTime: Infinity })
  return useMemo(() => viewOf(data.framework, language), [data.framework, language])
}
