// Every migration by its name; the names sort in the order in which they run, and none is changed once released.
import type { Migration } from 'kysely'
import { up as firstTables } from './0001-first-tables.ts'
import { up as versionsAndMigrations } from './0002-versions-and-migrations.ts'
import { up as goingOn } from './0003-going-on.ts'
import { up as statedReasons } from './0004-stated-reasons.ts'
import { up as organisation } from './0005-organisation.ts'
import { up as signIn } from './0006-sign-in.ts'
import { up as sampleOrganisation } from './0007-sample-organisation.ts'
import { up as auditChain } from './0008-audit-chain.ts'
import { up as rounds } from './0010-rounds.ts'
import { up as privacy } from './0009-privacy.ts'
import { up as eraseRatings } from './0011-erase-ratings.ts'
import { up as jobs } from './0012-jobs.ts'
import { up as keepersRead } from './0013-keepers-read.ts'
import { up as leaving } from './0014-leaving.ts'
import { up as sampleRounds } from './0015-sample-rounds.ts'
import { up as placesOfLeavers } from './0016-places-of-leavers.ts'
import { up as lookups } from './0017-lookups.ts'
import { up as jobsEraseOnOrder } from './0018-jobs-erase-on-order.ts'
import { up as operatorsLink } from './0019-operators-link.ts'
import { up as carriedAnswers } from './0020-carried-answers.ts'
import { up as resultLimits } from './0021-result-limits.ts'
import { up as live } from './0022-live.ts'
import { up as jobsWithoutChart } from './0023-jobs-without-chart.ts'
import { up as keepsOnce } from './0024-keeps-once.ts'
import { up as seeSessions } from './0025-see-sessions.ts'
import { up as askedAgain } from './0026-asked-again.ts'
import { up as countReads } from './0027-count-reads.ts'
import { up as plainOwner } from './0028-plain-owner.ts'
import { up as ownersAddress } from './0029-owners-address.ts'
import { up as countAnew } from './0030-count-anew.ts'
import { up as personWords } from './0031-person-words.ts'
import { up as ratersReadNoResult } from './0032-raters-read-no-result.ts'
import { up as partnersOfLeavers } from './0033-partners-of-leavers.ts'
import { up as keepingWhileChanging } from './0034-keeping-while-changing.ts'
import { up as rolesOfRemovedUnits } from './0035-roles-of-removed-units.ts'
import { up as whyAFigure } from './0036-why-a-figure.ts'

export const migrations: Record<string, Pick<Migration, 'up'>> = {
  '0001-first-tables': { up: firstTables },
  '0002-versions-and-migrations': { up: versionsAndMigrations },
  '0003-going-on': { up: goingOn },
  '0004-stated-reasons': { up: statedReasons },
  '0005-organisation': { up: organisation },
  '0006-sign-in': { up: signIn },
  '0007-sample-organisation': { up: sampleOrganisation },
  '0008-audit-chain': { up: auditChain },
  '0009-privacy': { up: privacy },
  '0010-rounds': { up: rounds },
  '0011-erase-ratings': { up: eraseRatings },
  '0012-jobs': { up: jobs },
  '0013-keepers-read': { up: keepersRead },
  '0014-leaving': { up: leaving },
  '0015-sample-rounds': { up: sampleRounds },
  '0016-places-of-leavers': { up: placesOfLeavers },
  '0017-lookups': { up: lookups },
  '0018-jobs-erase-on-order': { up: jobsEraseOnOrder },
  '0019-operators-link': { up: operatorsLink },
  '0020-carried-answers': { up: carriedAnswers },
  '0021-result-limits': { up: resultLimits },
  '0022-live': { up: live },
  '0023-jobs-without-chart': { up: jobsWithoutChart },
  '0024-keeps-once': { up: keepsOnce },
  '0025-see-sessions': { up: seeSessions },
  '0026-asked-again': { up: askedAgain },
  '0027-count-reads': { up: countReads },
  '0028-plain-owner': { up: plainOwner },
  '0029-owners-address': { up: ownersAddress },
  '0030-count-anew': { up: countAnew },
  '0031-person-words': { up: personWords },
  '0032-raters-read-no-result': { up: ratersReadNoResult },
  '0033-partners-of-leavers': { up: partnersOfLeavers },
  '0034-keeping-while-changing': { up: keepingWhileChanging },
  '0035-roles-of-removed-units': { up: rolesOfRemovedUnits },
  '0036-why-a-figure': { up: whyAFigure },
}
