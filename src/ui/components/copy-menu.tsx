// The ways to copy a picture. Loaded when somebody first asks for it, already open.
import { Button, Menu } from '@mantine/core'
import { useTranslations } from 'use-intl'

interface Props {
  readonly withPicture: boolean
  readonly onCopy: (kind: 'svg' | 'png' | 'csv') => void
}

export default function CopyMenu({ withPicture, onCopy }: Props) {
  const t = useTranslations('figure')
  return (
    <Menu defaultOpened position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <Button variant="default" size="compact-sm">
          {t('copy')}
          <span aria-hidden="true">&nbsp;▾</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {withPicture && <Menu.Item onClick={() => onCopy('svg')}>{t('copySvg')}</Menu.Item>}
        {withPicture && <Menu.Item onClick={() => onCopy('png')}>{t('copyPng')}</Menu.Item>}
        <Menu.Item onClick={() => onCopy('csv')}>{t('copyCsv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
