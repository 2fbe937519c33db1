// Frameworks through the real application on a real database.
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { loadBuiltInFrameworks } from '../../main/built-in-frameworks.ts'
import { storeBuiltInFrameworks } from '../publications/commands.ts'
import { contentHash } from '../../platform/content-hash.ts'

const app = await createTestApp()
await loadBuiltInFrameworks(app.system())

const auditOf = (objectId: string) =>
  app.database.owner.db
    .selectFrom('audit')
    .selectAll()
    .where('object_id', '=', objectId)
    .orderBy('position')
    .execute()

test('the built-in frameworks are listed with their counts and the hash of their content', async () => {
  const { frameworks } = await app.client.frameworks.list()
  const coder = frameworks.find(({ id }) => id === 'coder-to-cto')!
  expect(coder).toMatchObject({ builtIn: true, roles: 6, languages: ['en', 'zh-Hans'] })
  expect(coder.competencies).toBeGreaterThanOrEqual(18)
  expect(coder.hash).toMatch(/^[0-9a-f]{64}$/)
})

test('a whole framework comes back as it was stored, behaviours with their levels', async () => {
  const { framework, summary, can } = await app.client.frameworks.get({ framework: 'coder-to-cto' })
  expect(contentHash(framework)).toBe(summary.hash)
  expect(framework.competencies[0]!.behaviours[0]!.level).toBe(1)
  expect(can).toEqual({ assess: true })
})

test('storing the same content again adds nothing, changed content is a new version under its own hash', async () => {
  const first = growthFramework()
  expect(await storeBuiltInFrameworks(app.system(), [first])).toHaveLength(1)
  expect(await storeBuiltInFrameworks(app.system(), [growthFramework()])).toEqual([])
  const second = growthFramework({ version: '1.1.0', title: 'Small ladder, revised' })
  expect(await storeBuiltInFrameworks(app.system(), [second])).toMatchObject([
    { id: 'small', version: '1.1.0' },
  ])
  const newest = await app.client.frameworks.get({ framework: 'small' })
  expect(newest.summary.version).toBe('1.1.0')
  expect(newest.versions.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0'])
  const older = await app.client.frameworks.get({ framework: 'small', version: '1.0.0' })
  expect(older.summary.hash).toBe(contentHash(first))
  const audit = await auditOf('small')
  expect(audit.map(({ action, actor_kind, details }) => [action, actor_kind, details['version']])).toEqual([
    ['framework.store', 'system', '1.0.0'],
    ['framework.store', 'system', '1.1.0'],
  ])
})

test('two servers that store at once make one version', async () => {
  const framework = growthFramework({ id: 'raced' })
  const stored = await Promise.all([1, 2, 3, 4].map(() => storeBuiltInFrameworks(app.system(), [framework])))
  expect(stored.flat()).toHaveLength(1)
})

test('the order of keys does not change the hash, any change of content does', () => {
  const framework = growthFramework()
  const turned = Object.fromEntries(Object.entries(framework).toReversed()) as typeof framework
  expect(contentHash(turned)).toBe(contentHash(framework))
  expect(contentHash({ ...framework, version: '1.0.1' })).not.toBe(contentHash(framework))
})

test('two roles are compared over plain HTTP', async () => {
  const response = await app.request('/api/frameworks/coder-to-cto/compare?a=senior-programmer&b=architect')
  expect(response.status).toBe(200)
  const { counts, expectations } = (await response.json()) as {
    counts: { new: number }
    expectations: { change: string }[]
  }
  expect(expectations.filter(({ change }) => change === 'new')).toHaveLength(counts.new)
  expect(counts.new).toBeGreaterThan(0)
})

test('an unknown framework, role or variant is not found, by name', async () => {
  await expect(app.client.frameworks.get({ framework: 'nothing' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: 'There is no framework "nothing".',
  })
  await expect(app.client.frameworks.role({ framework: 'small', role: 'emperor' })).rejects.toMatchObject({
    message: 'There is no role "emperor".',
  })
  await expect(
    app.client.frameworks.compare({ framework: 'small', a: 'senior', b: 'head', bVariant: 'loud' }),
  ).rejects.toMatchObject({ message: 'There is no role variant "head loud".' })
  const response = await app.request('/api/frameworks/..%2Fetc')
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(response.status).toBeLessThan(500)
})

test('search finds roles, competencies, duties and behaviours in both languages, titles first', async () => {
  const search = async (q: string) => await app.client.frameworks.search({ framework: 'coder-to-cto', q })
  const english = await search('ARCHITECT')
  expect(english.hits[0]).toMatchObject({ kind: 'role', id: 'architect' })
  const chinese = await search('架构师')
  expect(chinese.hits[0]).toMatchObject({ kind: 'role', id: 'architect' })
  const behaviour = (await search('failover drill')).hits.find(({ kind }) => kind === 'behaviour')!
  expect(behaviour.parent).not.toBeNull()
  expect((await search('   ')).hits).toEqual([])
  expect((await search('%')).hits.every(({ title }) => JSON.stringify(title).includes('%'))).toBe(true)
})

test('the OpenAPI document names every endpoint of ours with its fields described', async () => {
  const response = await app.request('/api/openapi.json')
  expect(response.status).toBe(200)
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, { summary: string }>> }
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/frameworks/{framework}/compare',
      '/assessments/{id}/answers',
      '/standings/{assessment}/paths',
    ]),
  )
  for (const methods of Object.values(paths))
    for (const { summary } of Object.values(methods)) expect(summary.length).toBeGreaterThan(5)
  expect(JSON.stringify(paths)).toContain(
    'Joint probability that every must is met; null where a must is not known',
  )
})

test('search finds a competency by one word of its title and the others in its behaviours', async () => {
  const { hits } = await app.client.frameworks.search({ framework: 'coder-to-cto', q: 'system design' })
  const competencies = hits.filter(({ kind }) => kind === 'competency').map(({ id }) => id)
  expect(competencies).toEqual(expect.arrayContaining(['architecture', 'design']))
})
