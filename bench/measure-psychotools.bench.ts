// The conditional stage beside psychotools on the same blocks in the same run; RUNGS_WRITE=1 puts the table into docs/method.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blocksOf } from '../src/core/measure/blocks.ts'
import { fitConditional } from '../src/core/measure/conditional.ts'
import { packageRoot } from '../src/platform/package-root.ts'
import { corpusPath } from '../test/corpus.ts'
import { wideRatings } from '../test/golden/measure-tables.ts'
import { writeTable } from './write-table.ts'

const corpus = corpusPath()
if (!corpus) {
  console.error('No reference data beside the repository; set RUNGS_CORPUS to its folder.')
  process.exit(2)
}
const lines = [
  '| data | model | blocks | psychotools, ms | ours, ms | ratio | difference of log-likelihoods |',
  '| --- | --- | --- | --- | --- | --- | --- |',
]
const folder = mkdtempSync(join(tmpdir(), 'rungs-psychotools-'))
let apart = 0
try {
  for (const set of ['immer07', 'sirt_ratings3']) {
    for (const model of ['rsm', 'pcm'] as const) {
      const ratings = wideRatings(join(corpus, 'measurement'), `${set}/data_wide.csv`, 2, true)
      const found = blocksOf(ratings)
      if (!found.ok) throw new Error(found.refusals[0]!.message)
      const blocks = found.value
      const rows = Array.from({ length: blocks.count }, (_, b) =>
        blocks.score.subarray(blocks.start[b], blocks.start[b + 1]).join(','),
      )
      const file = join(folder, 'blocks.csv')
      writeFileSync(file, [ratings.itemIds.map((_, i) => `i${i}`).join(','), ...rows].join('\n') + '\n')
      const peer = spawnSync(
        'Rscript',
        [join(packageRoot, 'bench', 'measure-psychotools.r'), file, model, '30'],
        {
          encoding: 'utf8',
          timeout: 120_000,
        },
      )
      if (peer.status !== 0) {
        console.log(
          `R with psychotools is not here (apt-get install r-cran-psychotools): ${peer.stderr ?? ''}`,
        )
        process.exit(0)
      }
      const [seconds, logLikelihood, version] = peer.stdout.split(' ')
      const anchors = { items: new Float64Array(ratings.itemIds.length).fill(Number.NaN) }
      let ours = 0
      const fit = (runs: number) => {
        const before = process.cpuUsage()
        for (let run = 0; run < runs; run++) {
          const found = fitConditional(model, blocks, ratings.itemIds, ratings.categories, anchors)
          if (!found.ok) throw new Error(found.refusals[0]!.message)
          ours = found.value.logLikelihood
        }
        return process.cpuUsage(before).user / 1000 / runs
      }
      fit(100)
      const ownMs = fit(1000)
      const difference = ours - Number(logLikelihood)
      if (Math.abs(difference) > 1e-6) apart++
      const peerMs = Number(seconds) * 1000
      lines.push(
        `| ${[set, model, blocks.count, peerMs.toFixed(1), ownMs.toFixed(2), (peerMs / ownMs).toFixed(0), difference.toExponential(1)].join(' | ')} |`,
      )
      console.log(`${lines.at(-1)} psychotools ${version}`)
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
if (process.env['RUNGS_WRITE']) writeTable('docs/method/measurement.md', 'psychotools', lines)
process.exitCode = apart > 0 ? 1 : 0
