// Where mails go: an SMTP server, or a folder of .eml files when none is set, so that nothing is lost and all can be tried.
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'

export interface SmtpSettings {
  host: string
  port: number
  /** TLS from the first byte (port 465); else STARTTLS, which is asked for unless the server is on this machine. */
  tls: boolean
  user: string | undefined
  password: string | undefined
}

export interface OutgoingMail {
  /** The outbox's id: part of the Message-ID, so that a mail that is sent twice is seen as one. */
  id: string
  to: string
  subject: string
  body: string
}

export interface MailTransport {
  /** Resolves once the mail is in other hands for good; throws when it is not. */
  send(mail: OutgoingMail): Promise<void>
  close(): void
}

const PATIENCE = 20_000

/** Over SMTP. `from` is an address such as `Rungs <rungs@example.org>`. */
export function smtpTransport(settings: SmtpSettings, from: string): MailTransport {
  const { host, port, tls, user, password } = settings
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host)
  const transporter = createTransport({
    host,
    port,
    secure: tls,
    requireTLS: !tls && !isHere,
    ignoreTLS: !tls && isHere,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
  })
  return {
    send: async (mail) => {
      await transporter.sendMail({ ...envelope(mail, from), disableFileAccess: true, disableUrlAccess: true })
    },
    close: () => transporter.close(),
  }
}

/**
 * Into `folder`, one file per mail, named by its id: written aside and renamed, so that half a mail is never there. The
 * words stand in it as they are, so that a link can be copied from it with any editor.
 */
export function folderTransport(folder: string, from: string): MailTransport {
  return {
    send: async (mail) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${mail.id}.eml`)
      const file = await open(`${path}.part`, 'w', 0o600)
      try {
        await file.writeFile(compose(mail, from))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${path}.part`, path)
    },
    close: () => undefined,
  }
}

/** A message of RFC 5322 with the words unencoded (8bit) and header fields as RFC 2047 has them. */
function compose({ id, to, subject, body }: OutgoingMail, from: string): string {
  const header = (text: string) => encodeWords(text.replace(/[\r\n]+/g, ' '))
  return [
    `From: ${header(from)}`,
    `To: ${header(to)}`,
    `Subject: ${header(subject)}`,
    `Message-ID: ${messageIdOf(id, from)}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...body.split('\n'),
  ].join('\r\n')
}

/** A word holds at most 75 characters, and whole letters. */
function encodeWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const letters = [...text]
  const words: string[] = []
  for (let at = 0; at < letters.length; at += 10)
    words.push(`=?UTF-8?B?${Buffer.from(letters.slice(at, at + 10).join('')).toString('base64')}?=`)
  return words.join('\r\n ')
}

function messageIdOf(id: string, from: string): string {
  return `<${id}@${/@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'}>`
}

function envelope({ id, to, subject, body }: OutgoingMail, from: string) {
  return {
    from,
    to: { name: '', address: to },
    subject,
    text: body,
    messageId: messageIdOf(id, from),
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}
