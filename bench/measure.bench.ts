// The measurement engine on synthetic organisations: time, memory, growth, warm update, beside the floor and the peers.
// RUNGS_WRITE=1 puts the table into docs/method/measurement.md; RUNGS_MOST_PERSONS=3000 leaves larger sets out.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'
import { PEERS, presentPeers, timePeer, withRatingsFile, type Peer, type PeerTime } from './measure-peers.ts'
import { benchDesign, seeded, simulatedRatings } from './simulated-ratings.ts'
import { writeTable } from './write-table.ts'

interface Timing {
  readonly ratings: number
  readonly floor: number
  readonly first: number
  readonly cold: number
  readonly cpu: number
  /** CPU of reading every measure and the hash afterwards. */
  readonly read: number
  readonly warm: number
  readonly warmCpu: number
  readonly memory: number
}

interface Case {
  readonly persons: number
  readonly raters: number
  readonly items: number
  readonly missing: number
  readonly estimator: string
  readonly runs: number
  /** Seconds recorded of peers on a set of this size (two shared cores), with the least ratio that is wanted. */
  readonly peers?: readonly { readonly name: Peer; readonly seconds: number; readonly least?: number }[]
}

const small: Case['peers'] = [
  { name: 'TAM', seconds: 139 },
  { name: 'mfrmr', seconds: 1.7 },
  { name: 'sirt', seconds: 32 },
]
const middle: Case['peers'] = [
  { name: 'TAM', seconds: 805, least: 1000 },
  { name: 'mfrmr', seconds: 27 },
  { name: 'sirt', seconds: 632 },
]
const large: Case['peers'] = [{ name: 'mfrmr', seconds: 974, least: 500 }]
const CASES: Case[] = [
  { persons: 300, raters: 300, items: 12, missing: 0, estimator: 'cml', runs: 25, peers: small },
  { persons: 300, raters: 300, items: 12, missing: 0.1, estimator: 'cml', runs: 25 },
  { persons: 3000, raters: 500, items: 12, missing: 0, estimator: 'cml', runs: 8, peers: middle },
  { persons: 3000, raters: 500, items: 12, missing: 0.1, estimator: 'cml', runs: 8 },
  {
    persons: 3000,
    raters: 500,
    items: 12,
    missing: 0,
    estimator: 'mml',
    runs: 1,
    peers: [{ name: 'TAM', seconds: 805 }],
  },
  { persons: 3000, raters: 500, items: 60, missing: 0, estimator: 'cml', runs: 4 },
  { persons: 30000, raters: 500, items: 12, missing: 0, estimator: 'cml', runs: 3, peers: large },
  { persons: 30000, raters: 500, items: 12, missing: 0.1, estimator: 'cml', runs: 3 },
  { persons: 30000, raters: 500, items: 12, missing: 0, estimator: 'jml', runs: 2, peers: large },
  { persons: 100000, raters: 100000, items: 12, missing: 0, estimator: 'cml', runs: 2 },
  { persons: 100000, raters: 100000, items: 12, missing: 0.1, estimator: 'cml', runs: 1 },
]

const columns = [
  'persons x raters x items',
  'missing',
  'estimator',
  'ratings',
  'cold ms',
  'CPU ms',
  'all results read, CPU ms',
  'first run ms',
  'one rating changed, ms',
  'its CPU ms',
  'peak MB',
  'times the floor',
  'peer',
  'ratio to our CPU',
]
const table = [`| ${columns.join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`]
console.log(table.join('\n'))
const most = Number(process.env['RUNGS_MOST_PERSONS'] ?? Infinity)
const present = presentPeers()
const limit = Number(process.env['RUNGS_PEER_SECONDS'] ?? 1800)
console.error(
  present.length
    ? `R here has ${present.join(', ')}: run on the same ratings in this run, for at most ${limit} s each (RUNGS_PEER_SECONDS).`
    : 'R with mfrmr, TAM or sirt is not here: ratios are to recorded seconds.',
)

/** Each peer of a case: run beside us where R has it, else what was recorded. */
async function peersOf({ peers = [], persons, raters, items, missing }: Case): Promise<PeerTime[]> {
  const recorded = peers.map(({ name, seconds }): PeerTime => ({
    peer: name,
    seconds,
    how: 'recorded',
    live: false,
  }))
  if (!peers.some(({ name }) => present.includes(name))) return recorded
  const { ratings } = simulatedRatings(benchDesign(persons, raters, items, missing), seeded(1))
  return await withRatingsFile(ratings, (file) =>
    recorded.map((one) => {
      if (!present.includes(one.peer)) return one
      const found = timePeer(one.peer, file, limit)
      return 'failed' in found ? { ...one, how: `recorded; here: ${found.failed}` } : found
    }),
  )
}

const points: [number, number][] = []
let short = 0
for (const one of CASES.filter(({ persons }) => persons <= most)) {
  const args = [one.persons, one.raters, one.items, one.missing, one.estimator, one.runs].map(String)
  const run = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(packageRoot, 'bench', 'measure-case.ts'), ...args],
    { cwd: packageRoot, encoding: 'utf8', timeout: 900_000 },
  )
  if (run.status !== 0) {
    console.log(
      `| ${args.slice(0, 3).join(' x ')} | failed: ${run.stderr.split('\n').find((line) => line.includes('Error')) ?? run.status} |`,
    )
    short++
    continue
  }
  const timing = JSON.parse(run.stdout) as Timing
  const peers = await peersOf(one)
  const ratioTo = ({ seconds }: PeerTime) => (seconds * 1000) / timing.cpu
  for (const peer of peers)
    if (ratioTo(peer) < (one.peers?.find(({ name }) => name === peer.peer)?.least ?? 0)) short++
  if (one.estimator === 'cml' && one.items === 12 && one.missing === 0 && one.persons >= 3000)
    points.push([timing.ratings, timing.cpu])
  const cells = [
    args.slice(0, 3).join(' x '),
    one.missing,
    one.estimator,
    timing.ratings,
    timing.cold.toFixed(1),
    timing.cpu.toFixed(1),
    timing.read.toFixed(1),
    timing.first.toFixed(0),
    timing.warm.toFixed(1),
    timing.warmCpu.toFixed(1),
    timing.memory.toFixed(0),
    (timing.cold / timing.floor).toFixed(0),
    peers.map((peer) => `${PEERS[peer.peer]} ${peer.seconds} s, ${peer.how}`).join('; ') || '-',
    peers.map((peer) => ratioTo(peer).toFixed(0)).join('; ') || '-',
  ]
  table.push(`| ${cells.join(' | ')} |`)
  console.log(table.at(-1))
}
const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length
const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length
const growth =
  logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) /
  logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
if (points.length > 2)
  console.log(
    `\nGrowth with the number of ratings (fitted exponent of CPU time, 180 thousand to 6 million): ${growth.toFixed(2)}`,
  )
if (process.env['RUNGS_WRITE'])
  writeTable('docs/method/measurement.md', 'sizes', [
    ...table,
    '',
    `Growth with the number of ratings: fitted exponent of CPU time ${growth.toFixed(2)}, 180 thousand to 6 million.`,
  ])
process.exitCode = short > 0 ? 1 : 0
