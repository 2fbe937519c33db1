// Invites and reminds raters by mail: posted as a job, because nobody who keeps a round reads everybody's address.
import { sql, type Kysely } from 'kysely'
import { addDays, type Day } from '../../core/org/day.ts'
import { on } from '../../db/days.ts'
import type { Tables } from '../../db/schema.ts'
import { postMail, PUBLIC_ADDRESS } from '../../platform/mail/post-mail.ts'
import type { Context } from '../../platform/procedure.ts'
import type { RoundRow } from './round-heads.ts'

/** Days before the close on which whoever has not submitted is reminded. */
const REMINDERS = [7, 2, 1]

interface Waiting {
  rater: string
  email: string
  sheets: number
  /** Of these, how many are shown as theirs, because the rule names the manager. */
  named: number
  name: string
  closesOn: Day
}

/** Raters with an address who have open sheets in a running round. */
async function listWaiting({ jobs, actor }: Context, round: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select s.rater_id as rater, c.email, count(*)::int as sheets, r.name,
      count(*) filter (where s.kind = 'manager' and r.manager_named)::int as named, r.closes_on as "closesOn"
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

/**
 * Tells each person of whom something was published, in the transaction that publishes it: one mail a person and round. Not
 * those who work here no more. Their managers and partners look it up: the mail would tell others when somebody was rated.
 */
export async function postResults(
  transaction: Kysely<Tables>,
  { organisation_id: organisation, id: round, name }: Pick<RoundRow, 'organisation_id' | 'id' | 'name'>,
  today: Day,
): Promise<void> {
  const { rows } = await sql<{ person: string; email: string }>`
    select distinct o.person_id as person, c.email
    from round_subject o
    join person_contact c on c.organisation_id = o.organisation_id and c.person_id = o.person_id
    join employment e on e.organisation_id = o.organisation_id and e.person_id = o.person_id and ${on('e', today)}
    join round_result r on r.organisation_id = o.organisation_id and r.round_id = o.round_id
      and r.subject_id = o.person_id
    where o.organisation_id = ${organisation} and o.round_id = ${round} and o.state = 'rated'`.execute(
    transaction,
  )
  for (const { person, email } of rows)
    await postMail(transaction as unknown as Kysely<never>, {
      ...{ kind: 'round-result', to: email, key: `round ${round} result ${person}`, person, organisation },
      ...resultWords(name, `${PUBLIC_ADDRESS}/rounds/${round}/results/${person}`),
    })
}

function resultWords(name: string, address: string): { subject: string; body: string } {
  return {
    subject: `Your result is there: ${name} · 结果已公布`,
    body: [
      `“${name}” is closed and measured: you can read what others see of your work. Nothing of it stands in this mail, and who else may read it is in the rule of the round.`,
      `“${name}”已经结束并完成计算：你可以查看他人眼中你的工作。这封邮件里没有任何结果；还有谁可以查看，写在本轮的规则里。`,
      address,
      '',
    ].join('\n\n'),
  }
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
function wordsOf(
  again: boolean,
  { name, sheets, named, closesOn }: Waiting,
): { subject: string; body: string } {
  const last = addDays(closesOn, -1)
  const shownAs = shownWords(sheets, named)
  const people = sheets === 1 ? '1 sheet waits' : `${sheets} sheets wait`
  return {
    subject: again
      ? `Reminder: ${name}, until ${last} · 提醒`
      : `You are asked to rate: ${name} · 邀请你评分`,
    body: [
      `${people} for you in “${name}”. ${shownAs.en} You can decline. The last day is ${last}.`,
      `“${name}”中有 ${sheets} 份评分等你填写。${shownAs.zh}你也可以谢绝。截止日期：${last}。`,
      `${PUBLIC_ADDRESS}/rounds`,
      '',
    ].join('\n\n'),
  }
}

/** How what a rater says is shown: a manager whom the rule names stands alone in the result, which the person reads. */
function shownWords(sheets: number, named: number): { en: string; zh: string } {
  const own = {
    en: 'Your answers are read by nobody but you; they are measured together with others’.',
    zh: '你的回答只有你自己能看到，系统会把它与他人的评分合并计算。',
  }
  const grouped = { en: ' Only groups large enough are shown.', zh: '只有人数足够的群体才会显示。' }
  if (named === 0) return { en: own.en + grouped.en, zh: own.zh + grouped.zh }
  const alone = {
    en: ' Where you rate as the line manager, you are named: what your answers come to is shown to the person by itself, as their manager’s.',
    zh: '你作为直属上级评分时会被署名：由你的回答得出的数值会单独以上级名义显示给本人。',
  }
  if (named === sheets) return { en: own.en + alone.en, zh: own.zh + alone.zh }
  return {
    en: `${own.en}${alone.en} Everything else is shown only in groups large enough.`,
    zh: `${own.zh}${alone.zh}其余的只在人数足够的群体中显示。`,
  }
}
