// Invites and reminds raters by mail: posted as a job, because nobody who keeps a round reads everybody's address.
import { sql, type Kysely } from 'kysely'
import { addDays, type Day } from '../../core/org/day.ts'
import { postMail, PUBLIC_ADDRESS } from '../../platform/mail/post-mail.ts'
import type { Context } from '../../platform/procedure.ts'

/** Days before the close on which whoever has not submitted is reminded. */
const REMINDERS = [7, 2, 1]

interface Waiting {
  rater: string
  email: string
  sheets: number
  name: string
  closesOn: Day
}

/** Raters with an address who have open sheets in a running round. */
async function listWaiting({ jobs, actor }: Context, round: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select s.rater_id as rater, c.email, count(*)::int as sheets, r.name, r.closes_on as "closesOn"
    from round r join round_rater s on s.organisation_id = r.organisation_id and s.round_id = r.id
    join round_subject o on o.organisation_id = s.organisation_id and o.round_id = s.round_id
      and o.person_id = s.subject_id and o.state = 'rated'
    join person_contact c on c.organisation_id = s.organisation_id and c.person_id = s.rater_id
    join employment e on e.organisation_id = s.organisation_id and e.person_id = s.rater_id
      and holds_today(e.valid_from, e.valid_to, e.corrected_at)
    where r.organisation_id = ${actor.organisation} and r.id = ${round} and r.state = 'running' and s.state = 'open'
    group by s.rater_id, c.email, r.name, r.closes_on`.execute(jobs)
  return rows
}

/** One mail a rater and round, however often it is asked for. */
export async function postInvitations(context: Context, round: string): Promise<number> {
  return await postToWaiting(context, round, 'round-invitation', `round ${round} invitation`)
}

/** One mail a rater, round and day. */
export async function postReminders(context: Context, round: string, day: Day): Promise<number> {
  return await postToWaiting(context, round, 'round-reminder', `round ${round} reminder ${day}`)
}

async function postToWaiting(context: Context, round: string, kind: string, key: string): Promise<number> {
  const waiting = await listWaiting(context, round)
  await context.jobs.transaction().execute(async (transaction) => {
    for (const one of waiting)
      await postMail(transaction as unknown as Kysely<never>, {
        ...{ kind, to: one.email, key: `${key} ${one.rater}`, person: one.rater },
        ...{ organisation: context.actor.organisation, ...wordsOf(kind === 'round-reminder', one) },
      })
  })
  return waiting.length
}

/** Invitations that are still missing, and the reminders of today, of all running rounds; twice changes nothing. */
export async function postRoundMails(context: Context): Promise<void> {
  const running = await context.jobs
    .selectFrom('round')
    .select(['id', 'closes_on'])
    .where('organisation_id', '=', context.actor.organisation)
    .where('state', '=', 'running')
    .execute()
  for (const { id, closes_on: closesOn } of running) {
    await postInvitations(context, id)
    if (REMINDERS.some((days) => addDays(closesOn, -days) === context.today))
      await postReminders(context, id, context.today)
  }
}

/** Both languages in one mail: nobody's language is kept. */
function wordsOf(again: boolean, { name, sheets, closesOn }: Waiting): { subject: string; body: string } {
  const last = addDays(closesOn, -1)
  const people = sheets === 1 ? '1 sheet waits' : `${sheets} sheets wait`
  return {
    subject: again
      ? `Reminder: ${name}, until ${last} · 提醒`
      : `You are asked to rate: ${name} · 邀请你评分`,
    body: [
      `${people} for you in “${name}”. What you say is read by nobody but you; it is measured together with others’, and only groups large enough are shown. You can decline. The last day is ${last}.`,
      `“${name}”中有 ${sheets} 份评分等你填写。你的回答只有你自己能看到；系统会把它与他人的评分合并计算，只有人数足够的群体才会显示。你也可以谢绝。截止日期：${last}。`,
      `${PUBLIC_ADDRESS}/rounds`,
      '',
    ].join('\n\n'),
  }
}
