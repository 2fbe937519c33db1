// A whole round in two browsers at once: a partner, a subject and three raters; the server is killed with -9 in the middle.
// Six more people rate beside them, so that there is a group large enough to be shown.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, test, expect, type Browser, type Page } from '@playwright/test'
import { en } from '../../src/ui/words/en.ts'
import {
  makeDataFolder,
  removeDataFolder,
  startServerProcess,
  type ServerProcess,
} from '../server-process.ts'
import { getChromium } from './chromium.ts'
import {
  acknowledgedOn,
  answerAt,
  call,
  choose,
  fillIn,
  freePort,
  mailsTo,
  saved,
  tokenTo,
  type Board,
  type BoardSheet,
  type OpenSheet,
  type Person,
} from './round-steps.ts'
import { waitForReact } from './whole-pages.ts'

const PASSWORD = 'correct horse battery'
/** Peers of the one who is rated: those who submit, one who declines, one who is late. */
const PEERS = { submit: 5, all: 7 }

test('a round goes through with everybody at once, over kill -9, and nobody sees what is not theirs', async () => {
  test.setTimeout(1_200_000)
  const folder = makeDataFolder()
  const mails = mkdtempSync(join(tmpdir(), 'rungs-mails-'))
  const port = String(await freePort())
  const url = `http://localhost:${port}`
  const env = { RUNGS_ACCOUNTS: 'on', RUNGS_URL: url, RUNGS_MAIL_FOLDER: mails }
  const executable = await getChromium()
  const browsers: Browser[] = []
  let server: ServerProcess | undefined
  try {
    server = await startServerProcess(folder, env, port)
    await expect.poll(() => server?.output()).toContain('/set-up/')
    const ownerLink = /http\S+\/set-up\/\S+/.exec(server.output())![0]
    browsers.push(await chromium.launch(executable), await chromium.launch(executable))
    const pageIn = async (browser: number): Promise<Page> => {
      const context = await browsers[browser]!.newContext({ baseURL: url })
      context.setDefaultTimeout(60_000)
      waitForReact(context)
      return await context.newPage()
    }

    // The owner comes in, loads people and opens a round for one team.
    const partner = await pageIn(0)
    await partner.goto(ownerLink)
    await partner.getByLabel(en.link.name).fill('Pat')
    await partner.getByLabel(en.signIn.email).fill('pat@example.org')
    await partner.getByLabel(en.signIn.password).fill(PASSWORD)
    await partner.getByRole('button', { name: en.link.submit }).click()
    await expect(partner).toHaveURL(`${url}/`)
    await call(partner, 'people/loadSample')
    const { units } = await call<{ units: { id: string; name: string; kind: string; people: number }[] }>(
      partner,
      'people/units',
    )
    const team = units
      .filter(({ kind, people }) => kind === 'team' && people >= PEERS.all + 2)
      .toSorted((a, b) => a.people - b.people)[0]!
    await partner.goto('/rounds/new')
    await partner.getByRole('textbox', { name: new RegExp(`^${en.roundOpen.name}`) }).fill('Spring')
    await partner.getByLabel(en.roundOpen.unit).selectOption(team.id)
    await partner.getByLabel(en.roundOpen.framework).selectOption('coder-to-cto')
    await partner.getByLabel(en.roundOpen.mostPeers).fill(String(PEERS.all))
    await partner.getByRole('button', { name: en.roundOpen.submit }).click()
    await expect(partner.getByRole('heading', { level: 1, name: 'Spring' })).toBeVisible()
    const id = partner.url().split('/').at(-1)!
    const read = async () => await call<Board>(partner, 'rounds/get', { id })
    let board = await read()
    // Two people of the team are rated, by their manager and the same colleagues; the others are taken out.
    const inTeam = board.subjects.filter(
      ({ sheets }) => sheets.filter(({ kind }) => kind === 'peer').length >= PEERS.all,
    )
    const [kept, other] = inTeam as [Board['subjects'][number], Board['subjects'][number]]
    for (const { person } of board.subjects)
      if (![kept.person.id, other.person.id].includes(person.id))
        await call(partner, 'rounds/withdrawSubject', { id, subject: person.id })
    // Who rates the one rates the other too, as far as they are asked; the second person is the first's peer.
    const peers = inTeam
      .slice(2)
      .map(({ person }) => person)
      .slice(0, PEERS.all - 1)
    const raters = new Set([kept.person.id, other.person.id, ...peers.map((person) => person.id)])
    for (const subject of [kept, other]) {
      for (const sheet of subject.sheets)
        if (sheet.kind !== 'manager' && !raters.has(sheet.rater.id))
          await call(partner, 'rounds/removeRater', { id, sheet: sheet.id })
      for (const rater of raters)
        if (!subject.sheets.some((sheet) => sheet.rater.id === rater))
          await call(partner, 'rounds/addRater', { id, subject: subject.person.id, rater, kind: 'peer' })
    }
    const manager = kept.sheets.find(({ kind }) => kind === 'manager')!.rater
    const everybody = [kept.person, manager, ...peers, other.person]
    const emailOf = (at: number) => `rater${at}@example.org`
    for (const [at, one] of everybody.entries())
      await call(partner, 'people/correct', { id: one.id, email: emailOf(at) })
    await partner.reload()
    await partner.getByRole('button', { name: en.roundBoard.start }).click()
    await partner.getByRole('button', { name: en.roundBoard.yes, exact: true }).click()
    await expect(partner.getByRole('button', { name: en.roundBoard.remind })).toBeVisible()
    board = await read()
    const sheetOf = (subject: string, rater: string): BoardSheet =>
      board.subjects
        .find(({ person }) => person.id === subject)!
        .sheets.find((one) => one.rater.id === rater)!
    const aboutKept = board.subjects.find(({ person }) => person.id === kept.person.id)!
    expect(aboutKept.connected).toBe(true)

    // Everybody gets an account by an invitation; subject and one rater in one browser, two raters in the other.
    const people: Person[] = []
    for (const [at, one] of everybody.entries()) {
      const email = emailOf(at)
      await call(partner, 'accounts/invite', { person: one.id, email, language: 'en' })
      const token = await tokenTo(mails, email)
      const page = await pageIn(at % 2)
      await page.goto('/sign-in')
      const opened = await page.evaluate(
        async ([link, name, password]) => {
          const headers = { 'content-type': 'application/json' }
          const body = JSON.stringify({ token: link, name, password })
          return (await fetch('/sign-in-api/links/open', { method: 'POST', headers, body })).status
        },
        [token, one.name, PASSWORD] as const,
      )
      expect(opened).toBe(200)
      people.push({ page, id: one.id, email, name: one.name })
    }
    const [subject, boss, first, second] = people as [Person, Person, Person, Person]
    const rest = people.slice(4)
    const [late, declines] = rest as [Person, Person]

    for (const { email } of people)
      await expect.poll(() => mailsTo(mails, email).length, { timeout: 90_000 }).toBe(2)

    // Four of them rate the same person on their screens at once; a draft is there again after the page was left.
    const onScreen = [subject, boss, first, second]
    const sheets = onScreen.map((one) => sheetOf(kept.person.id, one.id))
    const unseen = (await call<OpenSheet>(subject.page, 'rounds/sheet', { sheet: sheets[0]!.id })).items[0]!
      .competency.id
    const plans = await Promise.all(
      onScreen.map(async ({ page }, at) => {
        const { items } = await call<OpenSheet>(page, 'rounds/sheet', { sheet: sheets[at]!.id })
        // Two of the raters never saw one competency: fewer than five are left who did.
        return items.map((item, place) => answerAt(item, place, at, at >= 2 ? unseen : undefined))
      }),
    )
    const acknowledged = onScreen.map(({ page }) => acknowledgedOn(page))
    await Promise.all(
      onScreen.map(async ({ page }, at) => {
        await page.goto('/rounds')
        await page.locator(`[data-sheet="${sheets[at]!.id}"] a`).click()
        await expect(page.locator('fieldset[data-item]').first()).toBeVisible()
        await choose(page, plans[at]!, 0, 8)
        await saved(page)
      }),
    )
    await boss.page
      .locator('fieldset[data-item]')
      .first()
      .getByRole('button', { name: en.sheet.addNote })
      .click()
    await boss.page.getByLabel(en.sheet.note).fill('As in the review of March')
    await expect
      .poll(
        async () =>
          (await call<OpenSheet>(boss.page, 'rounds/sheet', { sheet: sheets[1]!.id })).items[0]!.evidence,
      )
      .toBe('As in the review of March')
    await boss.page.reload()
    await expect(boss.page.locator('fieldset[data-item] input:checked')).toHaveCount(8)
    await expect(boss.page.getByText('As in the review of March')).toBeVisible()

    // Whoever has not submitted is reminded by mail, which lies in the folder.
    const mailed = [boss, late].map(({ email }) => mailsTo(mails, email).length)
    await partner.getByRole('button', { name: en.roundBoard.remind }).click()
    await expect(partner.getByRole('status').filter({ hasText: 'remind' })).toBeVisible()
    for (const [at, { email }] of [boss, late].entries())
      await expect.poll(() => mailsTo(mails, email).length, { timeout: 90_000 }).toBe(mailed[at]! + 1)

    // The server is killed while they answer.
    const before = acknowledged.map((one) => one.size)
    const answering = onScreen.map(({ page }, at) => choose(page, plans[at]!, 8, plans[at]!.length))
    await expect
      .poll(() => acknowledged.reduce((sum, one) => sum + one.size, 0), { intervals: [20], timeout: 60_000 })
      .toBeGreaterThan(before.reduce((sum, size) => sum + size, 0) + 3)
    await server.end('SIGKILL')
    const held = acknowledged.map((one) => new Map(one))
    expect(held.some((one, at) => one.size < plans[at]!.length)).toBe(true)
    server = await startServerProcess(folder, env, port)
    for (const [at, { page }] of onScreen.entries()) {
      const { items } = await call<OpenSheet>(page, 'rounds/sheet', { sheet: sheets[at]!.id })
      const there = new Map(items.map((item) => [item.id, item.answer]))
      for (const [item, answer] of held[at]!) expect(there.get(item)).toBe(answer)
    }
    await Promise.all(answering)
    for (const [at, { page }] of onScreen.entries()) {
      await saved(page)
      const { items } = await call<OpenSheet>(page, 'rounds/sheet', { sheet: sheets[at]!.id })
      expect(items.map(({ answer }) => answer)).toEqual(plans[at])
      await page.getByRole('button', { name: en.sheet.submit, exact: true }).click()
      await expect(page.getByText(en.sheet.submitted)).toBeVisible()
    }

    // The others rate without their screens: one declines on theirs, one is late.
    await declines.page.goto(`/rounds/sheets/${sheetOf(kept.person.id, declines.id).id}`)
    await declines.page.getByRole('button', { name: en.sheet.decline, exact: true }).click()
    await declines.page.getByRole('button', { name: en.rounds.reason['know-too-little'] }).click()
    await expect(declines.page.getByText(en.sheet.declined)).toBeVisible()
    for (const [at, one] of people.entries()) {
      const about = sheetOf(other.person.id, one.id)
      await fillIn(one.page, about.id, at)
      if (at >= 4 && one !== late && one !== declines)
        await fillIn(one.page, sheetOf(kept.person.id, one.id).id, at)
    }

    // One who submitted leaves, and the other person gets another manager: the board says so.
    const leaver = rest[2]!
    const { people: listed } = await call<{ people: { id: string; name: string }[] }>(
      partner,
      'people/list',
      {
        limit: 100,
      },
    )
    // Somebody of another team, who was never asked.
    const stranger = listed.find((one) => board.subjects.every(({ person }) => person.id !== one.id))!
    const today = new Date().toISOString().slice(0, 10)
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    await call(partner, 'people/leave', { id: leaver.id, lastDay: yesterday })
    await call(partner, 'people/move', { id: other.person.id, from: today, place: { manager: stranger.id } })
    await partner.reload()
    await partner.getByText(other.person.name).first().click()
    await expect(partner.getByText(en.roundBoard.notManager)).toBeVisible()
    await partner
      .getByRole('button', { name: en.roundBoard.askManager.replace('{name}', stranger.name) })
      .click()
    await expect
      .poll(async () => {
        board = await read()
        return sheetOf(other.person.id, stranger.id)?.state
      })
      .toBe('open')
    await partner.getByText(kept.person.name).first().click()
    await expect(partner.getByText(en.rounds.reason['know-too-little'])).toBeVisible()
    await expect(partner.getByText(en.roundBoard.gone).first()).toBeVisible()

    // Nobody reads another's sheet, and nobody a result before the close.
    const result = { id, subject: kept.person.id }
    for (const { page, id: person } of people.filter((one) => one !== leaver)) {
      for (const sheet of aboutKept.sheets)
        if (sheet.rater.id !== person)
          await expect(call(page, 'rounds/sheet', { sheet: sheet.id })).rejects.toThrow(/404/)
      await expect(call(page, 'rounds/result', result)).rejects.toThrow(/404/)
      await expect(call(page, 'rounds/get', { id })).rejects.toThrow(/404/)
    }

    await partner.getByRole('button', { name: en.roundBoard.close, exact: true }).click()
    await partner.getByRole('button', { name: en.roundBoard.yes, exact: true }).click()
    await expect(partner.getByRole('button', { name: en.roundBoard.remind })).toHaveCount(0)
    board = await read()
    expect(board.round.state).toBe('closed')
    expect(sheetOf(kept.person.id, late.id).state).toBe('lapsed')
    await late.page.goto(`/rounds/sheets/${sheetOf(kept.person.id, late.id).id}`)
    await expect(late.page.getByText(en.sheet.lapsed)).toBeVisible()

    // The person sees self beside others with intervals, what was refused and why, and what nobody else sees.
    await subject.page.goto('/rounds')
    await subject.page.getByRole('link', { name: en.rounds.read }).click()
    await expect(
      subject.page.getByRole('heading', { level: 1, name: en.roundResult.selfTitle }),
    ).toBeVisible()
    const shown = (page: Page, kind: keyof typeof en.rounds.kinds) =>
      page.locator(`[data-who="${en.rounds.kinds[kind]}"]`)
    await expect(shown(subject.page, 'self')).toHaveCount(8)
    await expect(shown(subject.page, 'manager')).toHaveCount(8)
    await expect(shown(subject.page, 'peer')).toHaveCount(7)
    await expect(shown(subject.page, 'peer').first()).toContainText(/90% interval \d/)
    await expect(
      subject.page.locator(`[data-competency="${unseen}"] [data-refusal="too-few-raters"]`),
    ).toHaveText(en.roundResult.refusal['too-few-raters'])
    await expect(subject.page.getByText(en.roundResult.onlyYours)).toBeVisible()
    await expect(subject.page.locator('[data-rule]')).toContainText(en.roundBoard.readersNot)
    // Every figure says why, by the keyboard too; what was answered is told of oneself alone.
    await expect(shown(subject.page, 'peer').locator('summary')).toHaveCount(7)
    for (const kind of ['self', 'manager', 'peer'] as const) {
      const why = shown(subject.page, kind).first()
      await why.getByText(en.roundWhy.why, { exact: true }).press('Enter')
      await expect(why.locator('[data-why="rests"]')).toContainText(/It rests on \d+ answers/)
      await expect(why.locator('[data-why="leans"]')).toContainText('%')
      const told = why.getByText(/You said “not yet”/)
      await expect(told).toHaveCount(kind === 'self' ? 1 : 0)
    }
    // Not each of the five peers is measured on somebody else too: their harshness together is not told.
    await expect(subject.page.locator('[data-severity]')).toHaveCount(0)
    await expect(subject.page.getByText(en.roundResult.rawNot)).toBeVisible()

    // The manager sees what the rule opens: neither the self-rating nor what one rater said.
    await boss.page.goto(`/rounds/${id}/results/${kept.person.id}`)
    await expect(shown(boss.page, 'peer')).toHaveCount(7)
    await expect(shown(boss.page, 'self')).toHaveCount(0)
    await expect(shown(boss.page, 'manager')).toHaveCount(0)
    await expect(boss.page.locator('[data-refusal="too-few-raters"]')).toHaveCount(1)
    // Whoever manages somebody no more reads nothing more of them.
    await expect(call(boss.page, 'rounds/result', { id, subject: other.person.id })).rejects.toThrow(/404/)

    // A rater learns their own severity and nobody else's, and reads no result.
    for (const rater of [second, boss]) {
      await rater.page.goto('/rounds')
      await expect(rater.page.locator(`[data-note="${id}"]`)).toHaveCount(1)
      await expect(rater.page.locator(`[data-note="${id}"]`)).toContainText(/logits/)
    }
    for (const rater of [first, second, late, declines])
      await expect(call(rater.page, 'rounds/result', result)).rejects.toThrow(/404/)
    await second.page.goto(`/rounds/${id}/results/${kept.person.id}`)
    await expect(shown(second.page, 'peer')).toHaveCount(0)
    await expect(call(partner, 'rounds/result', result)).rejects.toThrow(/404/)
    await expect(call(leaver.page, 'rounds/list')).rejects.toThrow(/40[13]/)
  } finally {
    for (const browser of browsers) await browser.close()
    await server?.end()
    removeDataFolder(folder)
    rmSync(mails, { recursive: true })
  }
})
