// rungs account: what an operator needs beside the machine: who has an account, a new link for the owner, ending access.
import { Argument, Command } from 'commander'

import { errorCodeOf } from '../../platform/errors.ts'
import type { Context } from '../../platform/procedure.ts'
import {
  disableAccount,
  endAccountSessions,
  listAccounts,
  replaceOwnerLink,
  type OperatedAccount,
} from '../../platform/sign-in/operate-accounts.ts'
import { BadInput } from './exit.ts'
import { withDatabase, type OpenedDatabase } from './open-database.ts'
import { organisationContext } from './organisation-context.ts'
import { print, printJson } from './output.ts'
import { printable, renderTable } from './table.ts'

const ACTS = ['list', 'owner-link', 'disable', 'end-sessions'] as const
type Act = (typeof ACTS)[number]

interface Options {
  data?: string
  organisation?: string
  json?: boolean
}

export function accountVerb(): Command {
  return new Command('account')
    .description('list accounts, sign one out, end its access, or make a new one-time link for an owner')
    .addArgument(new Argument('<what>', 'what to do').choices(ACTS))
    .argument('[account]', 'the e-mail address or the id of an account')
    .option(
      '--data <folder>',
      'the folder of the database (default: RUNGS_DATA, else data beside the program)',
    )
    .option('--organisation <id>', 'the organisation, where there are several')
    .option('--json', 'print the outcome as JSON')
    .action(account)
}

async function account(what: Act, named: string | undefined, options: Options): Promise<void> {
  if (what === 'list' && named !== undefined) throw new BadInput('rungs account list takes no account.')
  if ((what === 'disable' || what === 'end-sessions') && named === undefined)
    throw new BadInput(`rungs account ${what} needs an account: its e-mail address, or its id.`)
  await withDatabase(options.data, async (opened) => {
    const context = await organisationContext(opened, options.organisation)
    const accounts = await listAccounts(opened.db, context.actor.organisation)
    const done = await act(what, named, context, accounts, opened)
    if (options.json) printJson(done.json)
    else print(done.text)
  })
}

async function act(
  what: Act,
  named: string | undefined,
  context: Context,
  accounts: readonly OperatedAccount[],
  { config }: OpenedDatabase,
): Promise<{ text: string; json: object }> {
  if (what === 'list') return { text: listText(accounts), json: { accounts } }
  const chosen = named === undefined ? undefined : findAccount(accounts, named)
  if (what === 'end-sessions') {
    const ended = await endAccountSessions(context, chosen!)
    return {
      text: `${chosen!.email}: ${ended} ${ended === 1 ? 'sign-in' : 'sign-ins'} ended.`,
      json: { ended },
    }
  }
  if (what === 'disable') {
    const disabled = await disableAccount(context, chosen!.account).catch(lastOwner)
    const text = disabled
      ? 'has no access any more; its sign-ins and keys have ended'
      : 'had no access already'
    return { text: `${chosen!.email} ${text}.`, json: { disabled } }
  }
  if (config.team === undefined)
    throw new BadInput('This instance has no accounts; start it with accounts on.')
  const owner = ownerOf(accounts, chosen)
  const link = await replaceOwnerLink(context, owner.person, config.team.url)
  const text = `${owner.email} has no access any more. Whoever opens this link first, within 24 hours, is that owner:\n${link}`
  return { text, json: { link, person: owner.person } }
}

function findAccount(accounts: readonly OperatedAccount[], named: string): OperatedAccount {
  const found = accounts.find((one) => one.account === named || one.email === named.toLowerCase())
  if (!found)
    throw new BadInput(`There is no account ${named} in this organisation: rungs account list shows them.`)
  return found
}

function ownerOf(accounts: readonly OperatedAccount[], chosen: OperatedAccount | undefined): OperatedAccount {
  if (chosen && !chosen.owner) throw new BadInput(`${chosen.email} is no owner.`)
  const owners = accounts.filter(({ owner, endedAt }) => owner && endedAt === null)
  const one = chosen ?? (owners.length === 1 ? owners[0] : undefined)
  if (one) return one
  throw new BadInput(
    owners.length === 0
      ? 'No account of an owner has access here: start the server, it prints a link.'
      : `There are ${owners.length} owners: name one, of ${owners.map(({ email }) => email).join(', ')}.`,
  )
}

function lastOwner(error: unknown): never {
  if (errorCodeOf(error) === 'RG001')
    throw new BadInput(
      'This is the last owner. Make somebody else owner first, or give this one a new link: rungs account owner-link.',
    )
  throw error
}

function listText(accounts: readonly OperatedAccount[]): string {
  if (accounts.length === 0) return 'No accounts yet.'
  const day = (date: Date) => date.toISOString().slice(0, 10)
  return renderTable(
    ['account', 'person', 'role', 'since', 'ended', 'sign-ins', 'keys', 'id'],
    accounts.map((one) => [
      ...[one.email, printable(one.personName ?? ''), one.owner ? 'owner' : '', day(one.joinedAt)],
      ...[one.endedAt ? day(one.endedAt) : '', String(one.sessions), String(one.keys), one.account],
    ]),
    [0, 1, 2, 3, 4, 7],
  )
}
