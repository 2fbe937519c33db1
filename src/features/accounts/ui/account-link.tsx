// The way to one's own account in the frame of every page; nothing on an instance without accounts.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useHasAccounts } from './use-ways.ts'

export default function AccountLink({ className }: { readonly className: string | undefined }) {
  const t = useTranslations('account')
  if (useHasAccounts() !== true) return null
  return (
    <Link to="/account" className={className} aria-label={t('title')} title={t('title')}>
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        <circle cx="8" cy="5.5" r="3" />
        <path d="M2.5 14q0-4 5.5-4t5.5 4" />
      </svg>
    </Link>
  )
}
