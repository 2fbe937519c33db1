// The settings of whoever keeps an instance: how much may be asked of it, and who may read its metrics.
import type { Fault } from './errors.ts'
import { DEFAULT_RATES, type RateSettings } from './http/rate-limits.ts'
import type { SettingsSource } from './settings-source.ts'

export interface OperationsSettings {
  rates: RateSettings
  /** Who knows it may read /metrics from anywhere; undefined for this machine alone. */
  metricsToken: string | undefined
}

/** Fewer characters could be guessed. */
const SHORTEST_TOKEN = 16

/** Adds what is wrong to `faults`. */
export function parseOperationsSettings(source: SettingsSource, faults: Fault[]): OperationsSettings {
  const token = source.find('RUNGS_METRICS_TOKEN', 'metrics.token')
  if (token !== undefined && token.value.length < SHORTEST_TOKEN)
    faults.push({
      path: token.path,
      message: `expected at least ${SHORTEST_TOKEN} characters, got ${token.value.length}`,
    })
  return {
    rates: {
      account: parseRate(source, 'RUNGS_RATE_ACCOUNT', 'rates.account', DEFAULT_RATES.account, faults),
      address: parseRate(source, 'RUNGS_RATE_ADDRESS', 'rates.address', DEFAULT_RATES.address, faults),
      bulk: parseRate(source, 'RUNGS_RATE_BULK', 'rates.bulk', DEFAULT_RATES.bulk, faults),
    },
    metricsToken: token?.value,
  }
}

function parseRate(
  source: SettingsSource,
  variable: string,
  key: string,
  otherwise: number,
  faults: Fault[],
): number {
  const given = source.find(variable, key)
  if (given === undefined) return otherwise
  if (/^(off|\d{1,7})$/.test(given.value)) return given.value === 'off' ? 0 : Number(given.value)
  faults.push({
    path: given.path,
    message: `expected requests per minute, or off, got ${JSON.stringify(given.value)}`,
  })
  return otherwise
}
