// What the kinds of data about people are called, in words for them.
import type { PersonalTable } from '../../db/personal-table.ts'
import type { PrivacyLanguage } from './purposes.ts'

type Name = Readonly<Record<PrivacyLanguage, string>>
const name = (en: string, chinese: string): Name => ({ en, 'zh-Hans': chinese })

const KINDS: Readonly<Record<string, Name>> = {
  person: name('Your name', '你的姓名'),
  person_contact: name('Your address', '你的邮箱地址'),
  person_word: name('The words of your name, for searching', '你姓名中的字词，用于搜索'),
  employment: name('When you worked here', '你在此任职的时间'),
  unit_membership: name('Your units', '你所属的部门'),
  position_holder: name('Your positions', '你的岗位'),
  position_record: name('What your positions are', '你岗位的内容'),
  position_grade: name('The grades of your positions', '你岗位的职级'),
  reporting_line: name('Who reports to whom', '汇报关系'),
  unit_record: name('What units are called', '部门名称'),
  role_grant: name('Roles and rights', '角色与权限'),
  delegation: name('Rights handed on for a time', '临时移交的权限'),
  assessment: name('Your assessments', '你的自评'),
  response: name('Your answers', '你的回答'),
  migration_assessment: name('Assessments moved to a new framework version', '迁移到新框架版本的自评'),
  assessment_share: name('Shared assessments', '分享的自评'),
  framework_version: name('Published framework versions', '发布的框架版本'),
  framework_migration: name('Moves between framework versions', '框架版本之间的迁移'),
  membership: name('Your place in the organisation', '你在组织中的成员身份'),
  invitation: name('Invitations', '邀请'),
  owner_link: name('Links for the first owner', '首位所有者的链接'),
  'sign_in.user': name('Your account', '你的账号'),
  'sign_in.session': name('Where you are signed in', '你的登录会话'),
  'sign_in.account': name('Your ways to sign in', '你的登录方式'),
  'sign_in.twoFactor': name('Your second factor', '你的第二验证因素'),
  'sign_in.passkey': name('Your passkeys', '你的通行密钥'),
  'sign_in.apikey': name('Your API keys', '你的 API 密钥'),
  'mail.outbox': name('Mails to you', '发给你的邮件'),
  round: name('Rounds', '评价轮次'),
  round_subject: name('Rounds about you', '关于你的评价轮次'),
  round_rater: name('Sheets that you were asked for', '请你填写的评分表'),
  rating: name('Your ratings', '你给出的评分'),
  round_result: name('Your results', '你的结果'),
  round_adjustment: name('How harsh your raters were together', '为你打分的人整体偏严还是偏松'),
  rater_note: name('How harsh you rated', '你打分偏严还是偏松'),
  legal_hold: name('Legal holds', '法律保留'),
  erasure: name('Erasures', '抹除'),
  retention_rule: name('How long data are kept', '数据保留期限'),
  audit: name('The audit', '审计记录'),
}

/** Each table that holds something about people has one. */
export function kindOf(table: string): Name {
  return KINDS[table] ?? name(table, table)
}

/** The tables with a name, to be held against those that there are. */
export const NAMED_KINDS = Object.keys(KINDS)

/** Columns of `of` that make a row one about the person; the others say only that they wrote it. */
export function aboutColumns({ exported }: Pick<PersonalTable, 'exported'>): string[] {
  return exported.of.filter((column) => !column.endsWith('_by') && column !== 'actor_id')
}
