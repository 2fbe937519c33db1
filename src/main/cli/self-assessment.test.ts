// Assessing oneself in the terminal, and what the answers say: as processes, with their output and exit codes.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { rungsArguments, runRungs, spawnRungs } from '../../../test/terminal.ts'
import { SMALL } from '../../core/framework/fixture.ts'
import { formatFramework } from '../../core/framework/format.ts'
import { growthFramework } from '../../core/growth/fixture.ts'
import { packageRoot } from '../../platform/package-root.ts'

const folder = mkdtempSync(join(tmpdir(), 'rungs-assess-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const ladder = write('ladder.yaml', formatFramework(growthFramework()))
const inLadder = (...args: string[]) => [...args, '--framework', ladder]
/** The answers that a file holds, as item and answer. */
const answersIn = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/item: (\S+), answer: ([a-z-]+)/g)].map(([, item, answer]) => [
    item,
    answer,
  ])
const given = write(
  'given.yaml',
  `rungs: 1\nframework: small\nrole: senior\nyears: 6\nmode: quick\nanswers:\n${growthFramework()
    .competencies.slice(0, 3)
    .flatMap(({ behaviours }, c) =>
      behaviours.map(
        ({ id, level }) =>
          `  - { item: ${id}, answer: ${level < 3 ? 'lead-others' : c === 0 ? 'on-my-own' : 'not-yet'}, at: 2026-03-02T09:00:00Z }\n`,
      ),
    )
    .join('')}`,
)

test('a session that ends in the middle goes on with the question after the last answer, and stops by itself', async () => {
  const file = join(folder, 'mine.yaml')
  const start = inLadder('assess', file, '--mode', 'quick', '--role', 'senior', '--years', '6')
  const first = await runRungs(start, { input: '3\nx\nn\nu\n2\ne\nhttps://example.org/pr/1\n4\n' })
  expect(first.code).toBe(0)
  expect(first.out).toContain('Please answer with 1 2 3 4 5 n u e q.')
  expect(first.out.replaceAll(/\s+/g, ' ')).toContain('What roles expect is hidden while you answer.')
  expect(first.out).toContain(`Go on: rungs assess ${file}`)
  expect(first.out).not.toMatch(/\u001B|readiness/)
  expect(answersIn(file).map(([, answer]) => answer)).toEqual(['on-my-own', 'with-help', 'lead-others'])
  expect(readFileSync(file, 'utf8')).toMatch(
    /answer: lead-others, evidence: https:\/\/example\.org\/pr\/1, at: /,
  )
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)

  const questionsIn = (out: string) => {
    const lines = out.split('\n')
    return lines.filter((_, at) => lines[at + 1]?.startsWith('Why this one: '))
  }
  const unanswered = questionsIn(first.out).at(-1)
  const second = await runRungs(inLadder('assess', file), { input: '3\n'.repeat(20) })
  expect(second.out).toContain('3 answers so far. Going on.')
  expect(unanswered).toBeDefined()
  expect(questionsIn(second.out)[0]).toBe(unanswered)
  expect(second.out).toContain('self-assessed · levels set by the framework’s authors, not yet calibrated')
  expect(answersIn(file)).toHaveLength(15)
  expect(readFileSync(file, 'utf8')).toContain('stopReason: item-limit')
  expect((await runRungs(inLadder('assess', '--answers', file))).code).toBe(0)
}, 600_000)

test('killed without warning, everything that was answered is in the file', async () => {
  const file = join(folder, 'killed.json')
  const child = spawnRungs(inLadder('assess', file, '--mode', 'whole-bank'))
  const ended = new Promise((resolve) => child.once('close', resolve))
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk
    const asked = out.split('Your answer').length - 1
    // Each question is a receipt for the answer before it.
    if (asked > 5) child.kill('SIGKILL')
    else if (chunk.includes('Your answer')) child.stdin.write('3\n')
  })
  await ended
  const { answers } = JSON.parse(readFileSync(file, 'utf8')) as { answers: { answer: string }[] }
  expect(answers.map(({ answer }) => answer)).toEqual(Array.from({ length: 5 }, () => 'on-my-own'))
}, 600_000)

/** The system's own tool that runs a command at a pseudo-terminal. */
const pseudoTerminal = 'script'
const hasScript = spawnSync(pseudoTerminal, ['-qec', 'true', '/dev/null']).status === 0
test.skipIf(!hasScript)(
  'at a terminal keys answer at once, and Ctrl-C leaves with everything kept',
  async () => {
    const file = join(folder, 'terminal.yaml')
    const node = [
      process.execPath,
      ...rungsArguments(inLadder('assess', file, '--role', 'senior', '--years', '6')),
    ]
      .map((part) => `'${part}'`)
      .join(' ')
    const child = spawn(pseudoTerminal, ['-qec', `stty cols 80 rows 40; ${node}`, '/dev/null'], {
      cwd: packageRoot,
      timeout: 300_000,
    })
    const keys = ['3', 'n', '\u0003']
    let out = ''
    let answered = 0
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk
      // The last option of a question that waits for its key is drawn once for each question.
      const asked = out.split('Leave, keep everything').length - 1
      if (asked > answered && answered < keys.length) child.stdin.write(keys[answered++]!)
    })
    await new Promise((resolve) => child.once('close', resolve))
    expect(answersIn(file).map(([, answer]) => answer)).toEqual(['on-my-own', 'no-opportunity'])
    expect(out).toContain('2 answers are kept in')
    expect(out).toContain('\u001B[')
  },
  90_000,
)

test('a file of answers with faults is refused with all of them at their places, on any verb; nothing is changed', async () => {
  const text =
    'rungs: 1\nframework: small\nanswers:\n  - { item: coding-1x, answer: on-my-own }\n  - { item: coding-1a, answer: somtimes }\n'
  const file = write('broken.yaml', text)
  for (const args of [
    ['assess', file],
    ['standing', file],
  ]) {
    const { code, err, out } = await runRungs(inLadder(...args))
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(
      /broken\.yaml:4:13 FW020 answers\[0\]\.item: .*did you mean "coding-1a"\?\n.*broken\.yaml:5:32 FW013 answers\[1\]\.answer: .*\n2 faults\n$/,
    )
  }
  expect(readFileSync(file, 'utf8')).toBe(text)
  const json = await runRungs(inLadder('assess', '--answers', '-', '--json'), { input: text })
  expect([json.code, (JSON.parse(json.out) as { faults: unknown[] }).faults.length]).toEqual([2, 2])
}, 600_000)

test('answers that leave a question are a finding, and the question is told without its level', async () => {
  const { code, out } = await runRungs(
    inLadder('assess', '--answers', '-', '--mode', 'target', '--target', 'head', '--json'),
    { input: readFileSync(given, 'utf8') },
  )
  const state = JSON.parse(out) as { question: Record<string, unknown>; stopReason: unknown; answers: number }
  expect([code, state.stopReason, state.answers]).toEqual([1, null, 30])
  expect(Object.keys(state.question)).toEqual(['item', 'competency', 'area', 'text', 'reason'])
}, 600_000)

test('standing: sentences, rulers with intervals, strengths, what is not known, every role; in both languages, no colour', async () => {
  const text = await runRungs(inLadder('standing', given, '--role', 'architect'))
  expect(text.code).toBe(0)
  for (const part of [
    'self-assessed · levels set by the framework’s authors, not yet calibrated',
    'What carries you',
    '●',
    '○',
    '│ asked of Architect',
    'Not known yet',
    'How far you are from every role',
  ])
    expect(text.out).toContain(part)
  expect(text.out).not.toContain('\u001B')
  for (const line of text.out.split('\n').filter((one) => !one.includes(folder)))
    expect(line.length).toBeLessThanOrEqual(80)
  const chinese = await runRungs(inLadder('standing', '-', '--language', 'zh-Hans'), {
    input: readFileSync(given, 'utf8'),
  })
  expect(chinese.out).toContain('自评 · 级别由框架作者设定，尚未校准')
  const why = await runRungs(inLadder('standing', given, '--why', 'coding'))
  expect(why.out).toMatch(/You are at level 5 or above\. 90% likely: \d\.\d–5 or above/)
  const near = await runRungs(inLadder('standing', given, '--why', 'codng'))
  expect([near.code, near.err]).toEqual([2, expect.stringContaining('did you mean "coding"?')])
}, 600_000)

test('compare: two roles, or a person and a role; a misspelt role is bad usage', async () => {
  const roles = await runRungs(inLadder('compare', 'senior', 'head/quiet'))
  expect([roles.code, roles.out]).toEqual([0, expect.stringContaining('What the bars ask')])
  const person = await runRungs(inLadder('compare', given, 'architect', '--language', 'zh-Hans'))
  expect([person.code, person.out]).toEqual([0, expect.stringContaining('达标概率')])
  const near = await runRungs(inLadder('compare', 'senior', 'architct'))
  expect([near.code, near.err]).toEqual([2, expect.stringContaining('did you mean "architect"?')])
  expect((await runRungs(['compare', 'senior'])).code).toBe(2)
}, 600_000)

test('path: the ways with and without answers; that there is none is an answer, and a finding', async () => {
  const mine = await runRungs(inLadder('path', 'head', '--answers', given))
  expect([mine.code, mine.out]).toEqual([
    0,
    expect.stringMatching(/Way 2: .*→.*\n {2}too little known for a time or a climb/),
  ])
  const anybody = await runRungs(inLadder('path', 'junior', 'head', '--years', '1'))
  expect([anybody.code, anybody.out]).toEqual([
    0,
    expect.stringContaining('Without answers nothing is known of you'),
  ])
  const none = await runRungs(inLadder('path', 'head', 'junior'))
  expect([none.code, none.out]).toEqual([1, expect.stringContaining('No path: ')])
  const unsaid = await runRungs(inLadder('path', 'head'))
  expect([unsaid.code, unsaid.err]).toEqual([2, expect.stringContaining("expected today's role")])
}, 600_000)

test('answers of another framework or version are refused with the reason', async () => {
  const small = write('small.yaml', SMALL)
  const other = await runRungs(['standing', write('other.yaml', 'rungs: 1\nframework: other\nanswers: []\n')])
  expect([other.code, other.err]).toEqual([
    2,
    expect.stringMatching(/other\.yaml:2:12 FW020 framework: expected a built-in framework .*--framework/),
  ])
  const moved = await runRungs([
    'standing',
    write('moved.yaml', 'rungs: 1\nframework: small\nversion: 0.1.0\nanswers: []\n'),
    '--framework',
    small,
  ])
  expect([moved.code, moved.err]).toEqual([2, expect.stringContaining('stay pinned')])
}, 600_000)

test('a misspelt role, a standing before any answer and a file with nothing left to ask are named for what they are', async () => {
  const role = await runRungs(['path', 'architekt'])
  expect(role).toMatchObject({ code: 2, err: expect.stringContaining('did you mean "architect"?') })
  const without = await runRungs(['standing'], { cwd: folder })
  expect(without).toMatchObject({ code: 2, err: expect.stringContaining('start with `rungs assess`') })
  // As many answers as the quick mode asks, without a word that it is finished.
  const full = await runRungs(inLadder('standing', given))
  expect(full.out).not.toContain('not finished')
}, 600_000)
