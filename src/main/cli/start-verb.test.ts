// rungs start: the same server as npm start, from the same entry.
import { expect, test } from 'vitest'

import { makeDataFolder, removeDataFolder } from '../../../test/server-process.ts'
import { runRungs, spawnRungs } from '../../../test/terminal.ts'

test('start serves at the address that it prints, and a signal stops it', async () => {
  const data = makeDataFolder()
  const child = spawnRungs(['start', '--port', '0', '--data', data, '--json'], { env: { DATABASE_URL: '' } })
  try {
    let out = ''
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        out += chunk
        if (out.includes('}')) resolve((JSON.parse(out) as { url: string }).url)
      })
      void ended.then((code) => reject(new Error(`ended with ${code} before it served`)))
    })
    const answer = await fetch(`${url}/api/about`)
    expect([answer.status, new URL(url).hostname]).toEqual([200, '127.0.0.1'])
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  } finally {
    child.kill('SIGKILL')
    removeDataFolder(data)
  }
}, 90_000)

test('a port that is none is bad usage', async () => {
  const { code, err } = await runRungs(['start', '--port', 'x'])
  expect([code, err]).toEqual([2, expect.stringContaining('expected a port from 0 to 65535')])
}, 60_000)
