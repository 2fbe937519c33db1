// What personal data are kept for, for how long, and what erasure does, in words for people.
import type { PersonalColumn, Purpose, Retention } from '../../db/personal-table.ts'
import type { Actor } from '../../platform/actor.ts'

export type PrivacyLanguage = 'en' | 'zh-Hans'

export interface PrivacyWords {
  readonly purpose: Readonly<Record<Purpose, string>>
  readonly retention: Readonly<Record<Retention, string>>
  readonly erasure: Readonly<Record<PersonalColumn['erasure'], string>>
  readonly export: Readonly<Record<PersonalColumn['export'], string>>
}

const PRIVACY_WORDS: Readonly<Record<PrivacyLanguage, PrivacyWords>> = {
  en: {
    purpose: {
      who: 'To say who you are, and to find you again in your company’s lists',
      reach: 'To write to you: invitations and reminders',
      place: 'To know where you work: unit, position, manager',
      rights: 'To know what you may see and do',
      measure: 'To measure where you stand, for you alone',
      rating: 'To measure where people stand by the ratings of others',
      share: 'To let those read an assessment whom its owner chose',
      'sign-in': 'To let you in, and nobody else in your name',
      mail: 'To deliver mails to you',
      reason: 'To say why a framework was changed',
      trace: 'To show who did what, and who looked',
      hold: 'To keep what the law asks for, and to show what was erased',
    },
    retention: {
      erased: 'until you are erased',
      assessments: 'as long as your organisation’s rule for assessments says, or until you delete it',
      invitations: 'as long as your organisation’s rule for invitations says',
      mail: 'as long as your organisation’s rule for mails says',
      session: 'until the session ends',
      always: 'for as long as the organisation uses Rungs; after erasure it names nobody',
    },
    erasure: {
      deleted: 'deleted',
      emptied: 'emptied',
      kept: 'kept, without anything that says who it was',
    },
    export: {
      whole: 'in your export',
      person: 'in your export; others are called “somebody else”',
      secret: 'a secret: your export says only that it is there',
    },
  },
  'zh-Hans': {
    purpose: {
      who: '说明你是谁，并在公司名单中再次找到你',
      reach: '给你写信：邀请与提醒',
      place: '了解你在哪里工作：部门、岗位、上级',
      rights: '了解你可以看什么、做什么',
      measure: '测量你的定位，只给你自己看',
      rating: '通过他人的评分测量各人的定位',
      share: '让自评的主人所选的人阅读它',
      'sign-in': '让你登录，并防止他人冒用你的名义',
      mail: '把邮件送到你手中',
      reason: '说明框架为何更改',
      trace: '显示谁做了什么、谁看过',
      hold: '保留法律要求的内容，并显示删除了什么',
    },
    retention: {
      erased: '直到你的数据被抹除',
      assessments: '按组织对自评的保留规则，或直到你删除它',
      invitations: '按组织对邀请的保留规则',
      mail: '按组织对邮件的保留规则',
      session: '直到会话结束',
      always: '组织使用 Rungs 期间一直保留；抹除之后不再指向任何人',
    },
    erasure: { deleted: '删除', emptied: '清空', kept: '保留，但不再说明是谁' },
    export: {
      whole: '包含在你的导出中',
      person: '包含在你的导出中；其他人称为“另一人”',
      secret: '机密：导出只说明它存在',
    },
  },
}

/** For one person without accounts there is no company, no rule and nobody who would erase: what is true of them instead. */
const ALONE: Readonly<
  Record<PrivacyLanguage, Pick<PrivacyWords, 'retention'> & { purpose: Partial<PrivacyWords['purpose']> }>
> = {
  en: {
    purpose: {
      who: 'To know what is yours: a row without a name, unless you gave one',
      rights: 'To let you do everything here: you are the owner of this instance',
      reason: 'To say why you changed a framework',
      trace: 'To show what you and Rungs did',
    },
    retention: everywhere('until you delete the data folder', 'until you delete it under History'),
  },
  'zh-Hans': {
    purpose: {
      who: '用来认出哪些内容是你的：这一行没有姓名，除非你自己填过',
      rights: '让你在这里什么都能做：你是这个实例的所有者',
      reason: '说明你为何更改框架',
      trace: '显示你和 Rungs 做过什么',
    },
    retention: everywhere('直到你删除数据文件夹', '直到你在历史页删除它'),
  },
}

function everywhere(folder: string, history: string): PrivacyWords['retention'] {
  return {
    erased: folder,
    assessments: history,
    invitations: folder,
    mail: folder,
    session: folder,
    always: folder,
  }
}

/** The words for who asks: for many people, or for the one person at this machine. */
export function privacyWordsFor({ kind }: Pick<Actor, 'kind'>, language: PrivacyLanguage): PrivacyWords {
  const words = PRIVACY_WORDS[language]
  if (kind !== 'local') return words
  const { purpose, retention } = ALONE[language]
  return { ...words, purpose: { ...words.purpose, ...purpose }, retention }
}
