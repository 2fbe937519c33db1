// R packages that measure with many facets, run on the file and in the run of our own benchmark where R has them.
import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ratings } from '../src/core/measure/ratings.ts'
import { packageRoot } from '../src/platform/package-root.ts'

export const PEERS = { TAM: 'TAM MML', mfrmr: 'mfrmr JML', sirt: 'sirt' } as const
export type Peer = keyof typeof PEERS

/** Seconds a peer needed: run beside us (`live`, CPU seconds), or recorded earlier on two shared cores. */
export interface PeerTime {
  readonly peer: Peer
  readonly seconds: number
  readonly how: string
  readonly live: boolean
}

const script = join(packageRoot, 'bench', 'measure-peers.r')

/** The peers that R has here; none where there is no R. */
export function presentPeers(): Peer[] {
  const found = spawnSync('Rscript', [script, 'present'], { encoding: 'utf8', timeout: 60_000 })
  if (found.status !== 0) return []
  return found.stdout.split(' ').filter((name): name is Peer => name in PEERS)
}

/** Runs a peer on a CSV file of ratings for at most `limit` seconds; the reason where it gives no answer. */
export function timePeer(peer: Peer, file: string, limit: number): PeerTime | { readonly failed: string } {
  const run = spawnSync('Rscript', [script, 'fit', peer, file], { encoding: 'utf8', timeout: limit * 1000 })
  const [cpu, elapsed, version] = run.stdout.trim().split(' ')
  if (run.status !== 0 || version === undefined) {
    const lines = run.stderr.trim().split('\n')
    const said = lines.find((line) => line.startsWith('Error')) ?? lines.at(-1)
    return { failed: run.signal ? `not done in ${limit} s` : (said ?? `ended with ${run.status}`) }
  }
  return {
    peer,
    seconds: Number(cpu),
    how: `${version}, run here (${Number(elapsed).toFixed(0)} s passed)`,
    live: true,
  }
}

/** Writes ratings as CSV into a folder of its own, hands the file to `use` and removes both. */
export async function withRatingsFile<T>(ratings: Ratings, use: (file: string) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rungs-peers-'))
  try {
    const file = join(folder, 'ratings.csv')
    const out = createWriteStream(file)
    out.write('person,rater,item,score\n')
    const { person, rater, item, score, personIds, raterIds, itemIds } = ratings
    let lines: string[] = []
    for (let r = 0; r < score.length; r++) {
      lines.push(`${personIds[person[r]!]},${raterIds[rater[r]!]},${itemIds[item[r]!]},${score[r]}\n`)
      if (lines.length < 50_000) continue
      if (!out.write(lines.join(''))) await once(out, 'drain')
      lines = []
    }
    out.end(lines.join(''))
    await once(out, 'finish')
    return use(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
