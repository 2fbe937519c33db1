// "No path" as an answer: which reason, in words, and where one can get to instead.
import { textIn, type Framework } from '../framework/model.ts'
import type { RoleRef } from './model.ts'
import type { NoPath } from './path-model.ts'
import { findRole, titleOf } from './roles.ts'

const REASONS: Record<NoPath['code'], (from: string, to: string) => { en: string; zh: string }> = {
  'unknown-role': (from, to) => ({
    en: `This framework has no role "${to || from}".`,
    zh: `此框架中没有角色“${to || from}”。`,
  }),
  'unknown-variant': (_, to) => ({
    en: `This framework has no such variant of ${to}.`,
    zh: `此框架中${to}没有这种侧重。`,
  }),
  'no-transition-from': (from) => ({
    en: `The framework names no transition that leaves ${from}.`,
    zh: `框架中没有从${from}出发的转换。`,
  }),
  'no-transition-to': (_, to) => ({
    en: `The framework names no transition that leads to ${to}.`,
    zh: `框架中没有通往${to}的转换。`,
  }),
  'not-connected': (from, to) => ({
    en: `No chain of the framework's transitions leads from ${from} to ${to}.`,
    zh: `框架中的转换没有一条能从${from}连到${to}。`,
  }),
}

/** The answer where there is no path, in English and Simplified Chinese. */
export function noPath(
  framework: Framework,
  code: NoPath['code'],
  from: RoleRef,
  to: RoleRef,
  reachable: readonly string[],
): NoPath {
  const name = (ref: RoleRef, language: string) => {
    const choice = findRole(framework, ref) ?? findRole(framework, { role: ref.role })
    return choice ? textIn(titleOf(choice), language) : code === 'unknown-role' ? '' : ref.role
  }
  if (code === 'unknown-role') {
    const unknown = findRole(framework, { role: from.role }) ? to.role : from.role
    const { en, zh } = REASONS[code](unknown, unknown)
    return { code, text: { en, 'zh-Hans': zh }, reachable: [...reachable] }
  }
  return {
    code,
    text: {
      en: REASONS[code](name(from, 'en'), name(to, 'en')).en,
      'zh-Hans': REASONS[code](name(from, 'zh-Hans'), name(to, 'zh-Hans')).zh,
    },
    reachable: [...reachable],
  }
}
