// The chain in values: what is hashed, and what each kind of tampering looks like to the verification.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalRow, type AuditRow } from './canonical-row.ts'
import { CHAIN_START, hexOf, linkHash } from './chain.ts'
import { bindingCheckpoints, checkpointLine, parseCheckpoints, type Checkpoint } from './checkpoint.ts'
import { endVerification, VERIFICATION_START, verifyLinks, type StoredLink } from './verify.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const organisation = '11111111-1111-4111-8111-111111111111'

const row = (position: number, rest: Partial<AuditRow> = {}): AuditRow => ({
  organisation,
  position,
  at: `2026-03-02T09:00:${String(position % 60).padStart(2, '0')}.000000Z`,
  actorKind: 'person',
  actor: '22222222-2222-4222-8222-222222222222',
  action: 'assessment.answer',
  objectKind: 'assessment',
  object: 'a',
  subject: null,
  subjects: null,
  reason: null,
  reasonFingerprint: null,
  details: '{}',
  transaction: '700',
  ...rest,
})

function chainOf(rows: readonly AuditRow[]): StoredLink[] {
  let hash = CHAIN_START
  return rows.map((one, index) => {
    hash = linkHash(hash, one, sha256)
    return { sequence: index + 1, position: one.position, hash, row: one }
  })
}

const checkpointAt = (link: StoredLink, at = '2026-03-02T09:01:00.000Z'): Checkpoint => ({
  kind: 'checkpoint',
  ...{ organisation, sequence: link.sequence, hash: hexOf(link.hash), count: link.sequence, at },
})

function verify(links: readonly StoredLink[], checkpoints: readonly Checkpoint[]) {
  const binding = bindingCheckpoints(checkpoints)
  return endVerification(verifyLinks(VERIFICATION_START, links, binding, sha256), binding)
}

test('the first hash is SHA-256 of 32 zero bytes and the row as JSON, as any other program computes it', () => {
  const text = `[1,"${organisation}",1,"2026-03-02T09:00:01.000000Z","person","22222222-2222-4222-8222-222222222222","assessment.answer","assessment","a",null,null,null,null,"{}","700"]`
  expect(canonicalRow(row(1))).toBe(text)
  const expected = createHash('sha256').update(Buffer.alloc(32)).update(text).digest('hex')
  expect(hexOf(linkHash(CHAIN_START, row(1), sha256))).toBe(expected)
})

test('rows that differ in any column have different hashes', () => {
  const arbitrary = fc.record({
    position: fc.integer({ min: 1, max: 9 }),
    actor: fc.option(fc.string()),
    action: fc.string(),
    objectKind: fc.string(),
    object: fc.string(),
    subjects: fc.option(fc.array(fc.string())),
    reason: fc.option(fc.string()),
    details: fc.string(),
  })
  const check = (a: Partial<AuditRow>, b: Partial<AuditRow>): void => {
    expect(canonicalRow(row(1, a)) === canonicalRow(row(1, b))).toBe(JSON.stringify(a) === JSON.stringify(b))
  }
  fc.assert(fc.property(arbitrary, arbitrary, check), { seed: 8, numRuns: 500 })
})

const links = chainOf(Array.from({ length: 20 }, (_, index) => row(index + 1)))
const last = checkpointAt(links[19]!)

test('a whole chain agrees with its checkpoints', () => {
  const { finding, sequence, agreed } = verify(links, [checkpointAt(links[9]!), last])
  expect({ finding, sequence, agreed: agreed?.sequence }).toEqual({
    finding: undefined,
    sequence: 20,
    agreed: 20,
  })
})

test('the first wrong row is named', () => {
  const edited = links.with(6, { ...links[6]!, row: row(7, { action: 'assessment.undo' }) })
  expect(verify(edited, [last]).finding).toEqual({ kind: 'row-differs', sequence: 7, position: 7 })
  const gone = links.with(6, { ...links[6]!, row: undefined })
  expect(verify(gone, [last]).finding).toEqual({ kind: 'row-missing', sequence: 7, position: 7 })
  expect(verify(links.toSpliced(6, 1), [last]).finding).toEqual({ kind: 'link-missing', sequence: 7 })
})

test('a chain that was computed anew, cut off or taken from an older database is found by its checkpoints', () => {
  const anew = chainOf(links.map((link, index) => (index === 6 ? row(7, { object: 'b' }) : link.row!)))
  expect(verify(anew, [checkpointAt(links[4]!), last]).finding).toMatchObject({
    ...{ kind: 'checkpoint-differs', after: 5, sequence: 20 },
  })
  expect(verify(links.slice(0, 12), [last]).finding).toMatchObject({
    ...{ kind: 'cut-off', sequence: 12, expected: 20 },
  })
  expect(verify(links, []).finding).toEqual({ kind: 'no-checkpoint' })
})

test('a row dated long before the checkpoint that it came after is found', () => {
  const rows = [...links.map((link) => link.row!), row(21, { at: '2026-03-02T07:00:00.000000Z' })]
  expect(verify(chainOf(rows), [last]).finding).toMatchObject({ kind: 'backdated', position: 21 })
})

test('after a restore on purpose the lost history binds no more, and what was before it does', () => {
  const restored = { ...checkpointAt(links[11]!, '2026-03-03T09:00:00.000Z'), kind: 'restored' as const }
  const all = [checkpointAt(links[4]!), last, restored]
  expect(verify(links.slice(0, 12), all).finding).toBeUndefined()
  expect(verify(links.slice(0, 8), all).finding).toMatchObject({ kind: 'cut-off', expected: 12 })
})

test('lines are read back; a damaged one is told, and one that was cut off at the end is not', () => {
  const text = `${checkpointLine(last)}nonsense\n${checkpointLine(last)}{"organis`
  const read = parseCheckpoints(text, organisation)
  expect(read).toEqual({ checkpoints: [last, last], unreadable: [2] })
  expect(parseCheckpoints(text, organisation.replaceAll('1', '2')).checkpoints).toEqual([])
})
