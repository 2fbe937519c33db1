// Holds the one rule for a page's language.
import { expect, test } from 'vitest'
import { cookieFor, languageFor } from './language.ts'

const nothing = { search: '', cookies: '', browser: '' }

test('the address goes before the choice made earlier, and that before the browser', () => {
  const chosen = { ...nothing, cookies: `other=1; ${cookieFor('zh-Hans').split(';')[0]}`, browser: 'en-GB' }
  expect(languageFor(chosen)).toBe('zh-Hans')
  expect(languageFor({ ...chosen, search: '?lang=en' })).toBe('en')
  expect(languageFor({ ...nothing, browser: 'zh-CN,zh;q=0.9' })).toBe('zh-Hans')
})

test.each(['', 'de', 'constructor', '<script>', ' EN '])('anything else, as %j, is English', (browser) => {
  expect(languageFor({ ...nothing, browser, search: `?lang=${encodeURIComponent(browser)}` })).toBe('en')
})
