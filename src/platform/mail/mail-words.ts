// The words of the mails that accounts need, in both languages; plain text, one link on a line of its own.

export interface MailWords {
  subject: string
  /** Plain text. */
  body: string
}

export type MailLanguage = 'en' | 'zh-Hans'

/** The language of an Accept-Language header; English where it asks for neither. */
export function languageOf(header: string | null | undefined): MailLanguage {
  return /^\s*zh\b/i.test(header ?? '') ? 'zh-Hans' : 'en'
}

interface InvitationGiven {
  organisation: string | null
  invitedBy: string | null
  link: string
  days: number
}

export function invitationMail(
  language: MailLanguage,
  { organisation, invitedBy, link, days }: InvitationGiven,
): MailWords {
  if (language === 'zh-Hans')
    return {
      subject: organisation === null ? '邀请你使用 Rungs' : `邀请你加入 ${organisation} 的 Rungs`,
      body: lines(
        '你好，',
        `${invitedBy ?? '你的组织'}邀请你加入${organisation === null ? '' : ` ${organisation} 的`} Rungs。Rungs 帮助你看清自己的定位，以及下一步需要什么。`,
        '打开下面的链接，创建你的账户：',
        link,
        `链接只能使用一次，${days} 天内有效。如果你没有料到这封邮件，可以不予理会。`,
      ),
    }
  return {
    subject:
      organisation === null ? 'Your invitation to Rungs' : `Your invitation to ${organisation} on Rungs`,
    body: lines(
      'Hello,',
      `${invitedBy ?? 'Your organisation'} invites you to ${organisation === null ? 'Rungs' : `${organisation} on Rungs`}. Rungs helps you see where you stand and what the next rung asks.`,
      'Open this link to make your account:',
      link,
      `It works once, within ${days} days. If you did not expect this mail, you can leave it alone.`,
    ),
  }
}

export function passwordResetMail(language: MailLanguage, { link }: { link: string }): MailWords {
  if (language === 'zh-Hans')
    return {
      subject: '设置新的 Rungs 密码',
      body: lines(
        '你好，',
        '有人请求为你的 Rungs 账户设置新密码。打开下面的链接即可设置：',
        link,
        '链接只能使用一次，一小时内有效。如果不是你本人操作，请不予理会，你的密码不会改变。',
      ),
    }
  return {
    subject: 'Choose a new password for Rungs',
    body: lines(
      'Hello,',
      'Somebody asked for a new password for your account on Rungs. Open this link to choose it:',
      link,
      'It works once, within one hour. If it was not you, leave this mail alone: your password stays as it is.',
    ),
  }
}

export function passwordChangedMail(language: MailLanguage, { link }: { link: string }): MailWords {
  if (language === 'zh-Hans')
    return {
      subject: '你的 Rungs 密码已更改',
      body: lines(
        '你好，',
        '你的 Rungs 密码刚刚更改，所有设备都已退出登录。',
        '如果不是你本人操作，请立即设置新密码，并告知你的组织：',
        link,
      ),
    }
  return {
    subject: 'Your password for Rungs was changed',
    body: lines(
      'Hello,',
      'The password of your account on Rungs was changed just now, and every device was signed out.',
      'If it was not you, choose a new one at once and tell your organisation:',
      link,
    ),
  }
}

function lines(...paragraphs: string[]): string {
  return `${paragraphs.join('\n\n')}\n`
}
