// How the ladder's own rule and the measured standing decide, in words, in English and Simplified Chinese.
import type { Text } from '../framework/model.ts'
import type { Scoring } from '../framework/scoring.ts'

type Both = { en: string; 'zh-Hans': string }

const RULES: Record<Scoring['model'], Both> = {
  points: {
    en: "Points are added up: each competency's level is worth its points, times its weight; the sum earns the title.",
    'zh-Hans': '积分求和：每项能力的级别换成分数，乘以权重后相加，总分对应职级。',
  },
  'weighted-mean': {
    en: 'A weighted mean: the levels of the competencies, each by its share of the weights; the mean earns the title.',
    'zh-Hans': '加权平均：各项能力的级别按权重取平均，平均值对应职级。',
  },
  'minimum-vector': {
    en: 'Every must counts: a role is reached when each of its musts is at the expected level; one that falls short stops it.',
    'zh-Hans': '逐项达标：角色的每个必备项都达到要求的级别才算达到，有一项不足即未达到。',
  },
  'k-of-n': {
    en:
      'Enough of them: a role is reached when as many competencies as it asks are at the level that it asks; where it ' +
      'names several ways, one is enough.',
    'zh-Hans':
      '达标计数：达到要求级别的能力数量满足角色要求，即达到该角色；要求列出几种方式时，满足其一即可。',
  },
  checklist: {
    en: 'A checklist: a role is reached when the share of its behaviours that it asks is shown.',
    'zh-Hans': '清单核对：角色所列行为中已展现的比例达到要求，即达到该角色。',
  },
}

const GATES: Both = {
  en: ' A title with a gate stays shut until the named competency is at its level.',
  'zh-Hans': '设有门槛的职级，须待指定能力达到相应级别才开放。',
}

const MEASURED: Both = {
  en:
    'The measured standing weighs every answer by what it tells and gives a probability. A rule of steps can turn on one ' +
    'answer; where the two differ, look at the behaviours near the step, and let people decide.',
  'zh-Hans':
    '测得的定位按每个回答的信息量加权，并给出概率。按台阶判定的规则可能因一个回答而改变；两者不一致时，请看台阶附近的行为，由人来决定。',
}

function missingWords(missing: number, complete: boolean): Both {
  if (missing === 0)
    return { en: 'Every behaviour has a scored answer.', 'zh-Hans': '每个行为都有计分的回答。' }
  const count = missing === 1 ? '1 behaviour has' : `${missing} behaviours have`
  return complete
    ? {
        en: `${count} no scored answer; none of them could change what the rule says.`,
        'zh-Hans': `${missing} 个行为没有计分的回答，但都不会改变规则的结论。`,
      }
    : {
        en: `${count} no scored answer, so the rule gives a range: from all of them at the lowest to all at the highest. Missing is not zero.`,
        'zh-Hans': `${missing} 个行为没有计分的回答，因此规则给出一个区间：从全部最低到全部最高。缺失不等于零。`,
      }
}

/** The explanation of both answers, for screens and files. */
export function explanationOf(
  scoring: Scoring,
  missing: number,
  complete: boolean,
): { rule: Text; missing: Text; measured: Text } {
  const bands =
    scoring.model === 'points'
      ? scoring.bands
      : scoring.model === 'weighted-mean'
        ? scoring.sets.flatMap((set) => set.bands)
        : []
  const gated = bands.some(({ gates }) => gates.length > 0)
  const rule = RULES[scoring.model]
  return {
    rule: gated ? { en: rule.en + GATES.en, 'zh-Hans': rule['zh-Hans'] + GATES['zh-Hans'] } : rule,
    missing: missingWords(missing, complete),
    measured: MEASURED,
  }
}

/** What files say of the ladder's answer. */
export interface LadderWords {
  title: string
  adds: string
  sum: string
  ladderLevel: string
  weight: string
  reached: Record<'yes' | 'no' | 'open', string>
  reachedHeading: string
  asksHeading: string
  asks: (needed: number, level: number | null, of: 'level' | 'competencies' | 'behaviours') => string
  has: string
  /** Between two conditions of which one is enough. */
  or: string
  heldBack: (title: string, gates: string) => string
  noTitle: string
  differs: (role: string, reached: 'yes' | 'no', readiness: string) => string
}

export const LADDER_WORDS: Record<'en' | 'zh-Hans', LadderWords> = {
  en: {
    title: "By the ladder's own rule",
    adds: 'Adds',
    sum: 'Sum',
    ladderLevel: "Level by the ladder's rule",
    weight: 'Weight',
    reached: { yes: 'reached', no: 'not reached', open: 'open: answers are missing' },
    reachedHeading: 'By the rule',
    asksHeading: 'What it asks',
    asks: (needed, level, of) =>
      of === 'level'
        ? `level ${needed}`
        : of === 'competencies'
          ? `${needed} competencies at level ${level}`
          : `${needed} behaviours shown`,
    has: 'has',
    or: ', or ',
    heldBack: (title, gates) => `${title} is held back by: ${gates}.`,
    noTitle: 'below the first title',
    differs: (role, reached, readiness) =>
      `The two differ on ${role}: ${reached === 'yes' ? 'reached' : 'not reached'} by the rule, readiness ${readiness}.`,
  },
  'zh-Hans': {
    title: '按职级体系自己的规则',
    adds: '计入',
    sum: '合计',
    ladderLevel: '按职级体系规则的级别',
    weight: '权重',
    reached: { yes: '达到', no: '未达到', open: '待定：缺少回答' },
    reachedHeading: '按规则',
    asksHeading: '规则要求',
    asks: (needed, level, of) =>
      of === 'level'
        ? `${needed} 级`
        : of === 'competencies'
          ? `${needed} 项能力达到 ${level} 级`
          : `展现 ${needed} 个行为`,
    has: '现有',
    or: '，或',
    heldBack: (title, gates) => `${title}受门槛限制：${gates}。`,
    noTitle: '低于第一个职级',
    differs: (role, reached, readiness) =>
      `两者对${role}的判断不一致：按规则${reached === 'yes' ? '达到' : '未达到'}，达标概率${readiness}。`,
  },
}
