// A process that does what Rungs does by itself and serves nobody: scheduled work and mail, to be killed in the middle.
import { connect } from '../../src/db/connect.ts'
import { connectRoles } from '../../src/db/open-databases.ts'
import { scheduledJobs } from '../../src/main/scheduled-jobs.ts'
import { startJobs } from '../../src/platform/jobs/run-jobs.ts'
import { createLog } from '../../src/platform/log.ts'
import { startMailWorker } from '../../src/platform/mail/send-mails.ts'
import { folderTransport } from '../../src/platform/mail/transport.ts'

const [connectionString = '', secret = '', mailFolder = ''] = process.argv.slice(2)
const log = createLog('error')
const target = { connectionString }
const owner = connect(target, log)
const databases = { owner, ...connectRoles({ target, secret, ownCluster: false }, log, owner) }
const mail = startMailWorker(databases.job.pool, folderTransport(mailFolder, 'rungs@example.org'), log, {
  every: 100,
})
const jobs = startJobs({
  ...{ pool: databases.job.pool, jobs: scheduledJobs(databases), log, now: () => new Date(), look: 250 },
})
process.on('SIGTERM', () => {
  void (async () => {
    await jobs.stop()
    await mail.stop()
    await databases.close()
  })()
})
