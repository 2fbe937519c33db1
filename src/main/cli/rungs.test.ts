// The command line as users run it: a process, its output and its exit code.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { SMALL } from '../../core/framework/fixture.ts'
import { packageRoot } from '../../platform/package-root.ts'

const folder = mkdtempSync(join(tmpdir(), 'rungs-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

function rungs(args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(packageRoot, 'src/main/cli/rungs.ts'), ...args],
      { cwd: packageRoot, timeout: 30_000 },
    )
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(input)
  })
}

const good = write('good.yaml', SMALL)
const worse = write('worse.yaml', SMALL.replace('security: 2, testing', 'security: 0, testing'))
const broken = write('broken.yaml', SMALL.replace('to: architect', 'to: architct'))

test('lint: 0 when fine, 1 with findings, 2 with faults, all with file, line and column', async () => {
  expect((await rungs(['lint', good])).code).toBe(0)
  const found = await rungs(['lint', worse])
  expect(found.code).toBe(1)
  expect(found.out).toMatch(/worse\.yaml:47:\d+ expectation-falls roles\.architect\.expectations\.security: /)
  expect(found.out).not.toContain('\u001B')
  const off = await rungs([
    'lint',
    worse,
    '--off',
    'expectation-falls',
    '--off',
    'must-unmeasurable',
    '--json',
  ])
  expect([off.code, JSON.parse(off.out)]).toEqual([0, { faults: [], findings: [], linted: true }])
  const faults = await rungs(['lint', broken])
  expect(faults.code).toBe(2)
  expect(faults.out).toMatch(/broken\.yaml:51:29 FW020 transitions\[0\]\.to: .*did you mean "architect"\?/)
  expect(faults.err).toMatch(/rules were not run: they need a framework without faults/)
}, 60_000)

test('bad usage is 2 with one clear sentence', async () => {
  const verb = await rungs(['lnt'])
  expect([verb.code, verb.err]).toEqual([2, expect.stringContaining('unknown command')])
  const rule = await rungs(['lint', good, '--off', 'expectation-fals'])
  expect([rule.code, rule.err]).toEqual([2, expect.stringContaining('did you mean "expectation-falls"?')])
  const missing = await rungs(['show', join(folder, 'none.yaml')])
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('no such file')])
  expect((await rungs(['--help'])).out).toContain('0 fine, 1 findings, 2 bad usage or input')
}, 60_000)

test('show takes built-in ids, roles, competencies and standard input', async () => {
  const role = await rungs(['show', 'coder-to-cto', 'architect', '--language', 'zh-Hans'])
  expect([role.code, role.out]).toEqual([0, expect.stringContaining('架构师')])
  const json = await rungs(['show', '-', 'security', '--json'], SMALL)
  expect((JSON.parse(json.out) as { id: string }).id).toBe('security')
  const near = await rungs(['show', '-', 'architct'], SMALL)
  expect([near.code, near.err]).toEqual([2, expect.stringContaining('did you mean "architect"?')])
}, 60_000)

test('fmt writes to standard output, checks, and rewrites only a sound file', async () => {
  const formatted = await rungs(['fmt', '-'], SMALL)
  expect(formatted.code).toBe(0)
  expect((await rungs(['fmt', '--check', good])).code).toBe(1)
  expect((await rungs(['fmt', '--write', good])).code).toBe(0)
  expect(readFileSync(good, 'utf8')).toBe(formatted.out)
  expect((await rungs(['fmt', '--check', good])).code).toBe(0)
  const torn = write('torn.yaml', 'a: [1\nb: 2\n')
  expect((await rungs(['fmt', '--write', torn])).code).toBe(2)
  expect(readFileSync(torn, 'utf8')).toBe('a: [1\nb: 2\n')
}, 60_000)

test('diff says what changed in the words of the framework; nothing is nothing', async () => {
  const raised = write('raised.yaml', SMALL.replace('security: 1, testing: 1', 'security: 2, testing: 1'))
  const text = await rungs(['diff', '-', raised], SMALL)
  expect([text.code, text.out]).toEqual([
    1,
    'small 1.0.0 → small 1.0.0\n\nRoles\n  ↑ Programmer now asks Security 2, was 1\n',
  ])
  const none = await rungs(['diff', raised, raised])
  expect([none.code, none.out]).toEqual([0, ''])
  expect((await rungs(['diff', raised, broken])).code).toBe(2)
}, 60_000)

test('schema writes the published JSON Schema', async () => {
  const { code, out } = await rungs(['schema'])
  expect([code, out]).toEqual([0, readFileSync(join(packageRoot, 'schema/framework.schema.json'), 'utf8')])
}, 60_000)

test('files outside of the folder, of other encodings, too large or no files are refused', async () => {
  const inside = mkdtempSync(join(folder, 'inside-'))
  symlinkSync(good, join(inside, 'link.yaml'))
  const child = (reference: string) => {
    const file = join(inside, 'child.yaml')
    writeFileSync(file, `rungs: 1\nextends: ${reference}\nid: child\nversion: 1.0.0\n`)
    return rungs(['lint', file])
  }
  for (const reference of ['../good.yaml', './link.yaml', '/etc/passwd.yaml']) {
    const refused = await child(reference)
    expect([refused.code, refused.out]).toEqual([
      2,
      expect.stringMatching(/child\.yaml:2:10 FW030 extends: .*(outside of|inside of)/),
    ])
  }
  const utf16 = await rungs(['lint', write('utf16.yaml', Buffer.from(`\uFEFF${SMALL}`, 'utf16le'))])
  expect([utf16.code, utf16.err]).toEqual([2, expect.stringContaining('UTF-16')])
  const latin = await rungs(['lint', write('latin.yaml', Buffer.from('rungs: 1\nid: caf\u00e9\n', 'latin1'))])
  expect([latin.code, latin.err]).toEqual([2, expect.stringContaining('not valid UTF-8 at byte 16, line 2')])
  const large = await rungs(['lint', write('large.yaml', Buffer.alloc(50_000_000, 0x20))])
  expect([large.code, large.err]).toEqual([2, expect.stringContaining('at most 12000000')])
  expect((await rungs(['lint', '/dev/zero'])).err).toContain('not an ordinary file')
}, 60_000)

test('show lists the org rules in words, and says of what is not asked that it is not', async () => {
  const all = await rungs(['show', 'coder-to-cto'])
  expect(all.out).toMatch(
    /Org rules\n +director-over-20 .*more than 20 developers and more than 1 product lines ask for at least 1 Technical director/,
  )
  const cto = await rungs(['show', 'coder-to-cto', 'cto'])
  expect(cto.out).not.toMatch(/ 0 \(should\)| {2}0( |$)/m)
  expect(cto.out).toMatch(/not asked/i)
}, 60_000)
