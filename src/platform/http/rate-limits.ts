// How many requests an account and a network address may send in a minute; more are refused with when to come again.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { RungsError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { refused } from '../refused.ts'

export interface RateSettings {
  /** Requests of one account in a minute; 0 for no limit. */
  account: number
  /** Requests from one network address in a minute, whoever signs in there; 0 for no limit. */
  address: number
  /** Reads of one account in a minute beyond which auditors are told; 0 for never. */
  bulk: number
}

/** An office behind one address is many people; a script that reads everything is one account. */
export const DEFAULT_RATES: RateSettings = { account: 1200, address: 12_000, bulk: 300 }

const MINUTE = 60

/** 429: `retryAfter` are the whole seconds until it may go on. */
export class TooManyRequests extends RungsError {
  readonly retryAfter: number

  constructor(retryAfter: number) {
    const { message, refusal } = refused('tooMany', 'too-many-requests', { seconds: retryAfter })
    super('tooMany', message, { refusal })
    this.retryAfter = retryAfter
  }
}

export interface RateLimits {
  /** Throws TooManyRequests. */
  account(account: string): Promise<void>
  /** Throws TooManyRequests. */
  address(address: string): Promise<void>
}

/** Each process counts for itself: behind N processes the limits are up to N times as high. */
export function createRateLimits(rates: Omit<RateSettings, 'bulk'>, log: Log, metrics?: Metrics): RateLimits {
  return {
    account: limitOf('account', rates.account, log, metrics),
    address: limitOf('address', rates.address, log, metrics),
  }
}

function limitOf(
  limit: 'account' | 'address',
  points: number,
  log: Log,
  metrics: Metrics | undefined,
): (key: string) => Promise<void> {
  if (points === 0) return async () => undefined
  const limiter = new RateLimiterMemory({ points, duration: MINUTE })
  return async (key) => {
    try {
      await limiter.consume(key)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      metrics?.refused(limit)
      // Once a minute for each: whoever reads in bulk is to be seen at once, and must not fill the log.
      if (refusal.consumedPoints === points + 1)
        log.warn('too many requests', { limit, ...(limit === 'account' ? { account: key } : {}) })
      throw new TooManyRequests(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
    }
  }
}
