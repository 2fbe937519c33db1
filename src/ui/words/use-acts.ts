// Says what the audit calls an act or a reason; a code that nobody has words for is shown as it is.
import { useTranslations } from 'use-intl'

export function useActs() {
  const acts = useTranslations('acts')
  const reasons = useTranslations('actReasons')
  return {
    act: (code: string): string => (acts.has(code as 'key.make') ? acts(code as 'key.make') : code),
    reason: (code: string | null): string =>
      code === null ? '' : reasons.has(code as 'asked') ? reasons(code as 'asked') : code,
  }
}
