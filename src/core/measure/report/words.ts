// Names and reasons that several parts of the report use, each in English and Chinese.
import type { WithheldReason } from '../analysis.ts'
import type { AgreementGapReason } from '../agreement.ts'
import type { BiasTerm, Estimator, StepModel } from '../measurement.ts'
import { REASON_WORDS } from '../reason-words.ts'
import type { CautionCode, WideReason } from '../refusals.ts'
import type { ComponentName } from '../variance-design.ts'
import { both, type Html } from './html.ts'

type Pair = readonly [english: string, chinese: string]

export const WIDE_WORDS: Record<WideReason, Pair> = {
  'all-ratings-highest': ['only highest ratings', '全部为最高分'],
  'all-ratings-lowest': ['only lowest ratings', '全部为最低分'],
  'one-rater': ['one rater only', '仅一位评分人'],
  'fewer-than-three-raters': ['fewer than three raters', '评分人少于三位'],
  'few-ratings': ['few ratings', '评分很少'],
  'subset-not-linked': ['not linked to the main group', '与主组没有关联'],
}

export const WITHHELD_WORDS: Record<WithheldReason, Pair> = {
  'fewer-than-three-raters': ['fewer than 3 raters', '评分人不足 3 位'],
  'not-linked': ['not linked to the other ratings', '与其他评分没有关联'],
  'se-over-limit': ['too uncertain', '误差过大'],
}

const LINKS_LISTED: Pair = [
  'Which ratings would join them is listed below.',
  '下文列出了补上哪些评分就能把各组连起来。',
]

/** What a caution says in the report: as on the screens, and where groups are not linked, where to read on. */
export function cautionWords(code: CautionCode): Pair {
  const [english, chinese] = [REASON_WORDS.en.caution[code], REASON_WORDS['zh-Hans'].caution[code]]
  return code === 'disconnected'
    ? [`${english} ${LINKS_LISTED[0]}`, `${chinese}${LINKS_LISTED[1]}`]
    : [english, chinese]
}

export const BIAS_WORDS: Record<BiasTerm['kind'], Pair> = {
  'person-rater': ['person × rater', '人员 × 评分人'],
  'person-group': ['person × rater group', '人员 × 评分人类别'],
  'rater-item': ['rater × item', '评分人 × 条目'],
  'group-item': ['rater group × item', '评分人类别 × 条目'],
  'self-others': ['self × others', '自评 × 他评'],
}

export const COMPONENT_WORDS: Record<ComponentName, Pair> = {
  person: ['between people: what one wants to know', '人与人之间：真正想知道的'],
  rater: ['severity: some raters are harsher', '严厉程度：有的评分人更严'],
  'person-rater': ['one rater’s own view of one person', '某位评分人对某个人的特殊看法'],
  'person-item': ['people’s own strengths', '各人自己的长处'],
  'rater-item': ['raters harsh on certain items', '评分人对某些条目特别严'],
  residual: ['everything else, chance included', '其余，包括偶然误差'],
}

export const GAP_WORDS: Record<AgreementGapReason, Pair> = {
  'no-pairs': ['nothing was rated by two raters', '没有任何对象被两位以上评分人评过'],
  'one-category': ['only one score was ever given', '只出现过一种分数'],
  'not-crossed': [
    'needs the same raters on everybody; here raters differ from person to person',
    '要求所有对象由同一批评分人评；这里每个人的评分人不同',
  ],
  'unequal-raters': [
    'needs equally many ratings of everything; here the numbers differ',
    '要求每个对象的评分数相同；这里数目不一',
  ],
  'no-variation': ['the ratings do not vary', '评分没有差异'],
  'too-large': [
    'too many raters for its jackknife; Fleiss’s kappa serves',
    '评分人太多，刀切法代价过高；可看 Fleiss 的 kappa',
  ],
}

export const ESTIMATOR_WORDS: Record<Estimator, Pair> = {
  cml: [
    'conditional maximum likelihood in blocks, then crossed random effects (cml)',
    '分块条件极大似然，再加交叉随机效应（cml）',
  ],
  jml: ['joint maximum likelihood (jml)', '联合极大似然（jml）'],
  'jml-eps': [
    'joint maximum likelihood, epsilon-adjusted (jml-eps)',
    '经 epsilon 校正的联合极大似然（jml-eps）',
  ],
  mml: ['marginal maximum likelihood (mml)', '边际极大似然（mml）'],
}

export const STEP_WORDS: Record<StepModel, Pair> = {
  rsm: ['many-facet rating-scale model: the same steps on all items', '多面评定量表模型：所有条目共用台阶'],
  pcm: [
    'many-facet partial-credit model: steps of their own for each item',
    '多面分部评分模型：各条目有自己的台阶',
  ],
}

export const inBoth = (pair: Pair): Html => both(pair[0], pair[1])
