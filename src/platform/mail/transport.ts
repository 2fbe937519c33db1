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

/** Into `folder`, one file per mail, named by its id: written aside and renamed, so that half a mail is never there. */
export function folderTransport(folder: string, from: string): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    send: async (mail) => {
      const { message } = await composer.sendMail(envelope(mail, from))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${mail.id}.eml`)
      const file = await open(`${path}.part`, 'w', 0o600)
      try {
        await file.writeFile(message as Buffer)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${path}.part`, path)
    },
    close: () => undefined,
  }
}

function envelope({ id, to, subject, body }: OutgoingMail, from: string) {
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    from,
    to: { name: '', address: to },
    subject,
    text: body,
    messageId: `<${id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}
