// The words that a result is written with outside of the screens, in Simplified Chinese.
import { percentTextInChinese } from './percent-text.ts'
import type { Words } from './words-model.ts'

const restAndTied = (more: number, tied: boolean) =>
  (more > 0 ? `，另有 ${more} 项` : '') + (tied ? '（难分高下，排列不分先后）' : '')

export const chinese: Words = {
  title: '我的定位',
  framework: (title, version) => `${title}，版本 ${version}`,
  content: '内容',
  date: '自评时间',
  modeLabel: '方式',
  mode: { quick: '快速', adaptive: '自适应', 'whole-bank': '全部', target: '单个角色' },
  carried: (answers) => `其中沿用之前自评的：${answers}`,
  answering: (minutes, when) => `作答约 ${minutes} 分钟，${when}`,
  span: (from, to) => `${from} 至 ${to}`,
  answers: (answered, noOpportunity) => `已作答 ${answered} 题，另有 ${noOpportunity} 题“没有机会展现”`,
  unfinished: '这次自评还没有做完。',
  self: (role, years) =>
    [role && `目前的角色：${role}`, years !== null && `入行 ${years} 年`].filter(Boolean).join('，'),
  selfAssessed: '自评结果：所有数字都只来自本人的回答。',
  expertSet: '级别的位置由框架作者设定，尚未用数据校准。',
  own: (role, counts, readiness, holding) =>
    `目前的角色${role}：${counts}；达标概率：${readiness}${holding && `；${holding}`}。`,
  counts: ({ met, likely, open, notKnown }) =>
    `${met + likely + open + notKnown} 项必备要求中 ${met + likely} 项已达到或很可能达到` +
    `（已达到 ${met}，很可能达到 ${likely}），有差距 ${open}，尚不清楚 ${notKnown}`,
  metOrLikely: ({ met, likely, open, notKnown }) =>
    `${met + likely + open + notKnown} 项必备要求中，目前 ${met + likely} 项已达到或很可能达到`,
  shouldCounts: ({ met, likely, open, notKnown }) =>
    `应有项：已达到 ${met}，很可能达到 ${likely}，有差距 ${open}，尚不清楚 ${notKnown}`,
  tooLittleKnown: (answered, musts) =>
    `所知太少（${musts} 项必备要求中，只有 ${answered} 项有接近要求的回答）`,
  ofKnown: (percent, known, notKnown) =>
    `已知的 ${known} 项必备要求同时达到的概率：${percent}，另有 ${notKnown} 项尚不清楚`,
  stands: {
    'very-probably': (role, readiness) => `你极有可能已达到${role}的全部要求：${readiness}。`,
    probably: (role, readiness) => `你很可能已达到${role}的全部要求：${readiness}。`,
  },
  standsNot: {
    partly: '在必备要求全部已知的角色中，还没有哪个角色的要求是你很可能全部达到的。',
    none: '目前还没有哪个角色的全部要求是你很可能达到的。',
    unknown: '目前所知太少，还不能说你达到了哪个角色的要求。',
    doubtful: '你的回答存疑，所以这里不说你达到了哪个角色的要求。',
  },
  carries: (list, more, tied) => `你的优势：${list}${restAndTied(more, tied)}。`,
  stillBelow: (role, level) => `属于你最高的几项，但仍低于${role}要求的 ${level} 级`,
  carriesNothing: '目前还没有哪项能力能较有把握地说高于你自己的平均水平。',
  weak: (list, more, tied) => `低于你自己平均水平的：${list}${restAndTied(more, tied)}。`,
  next: (track, role, counts, readiness, holding) =>
    `${track === null ? '下一步' : `${track}的下一步`}：${role}，${counts}；达标概率：${readiness}${holding && `；${holding}`}。`,
  heldBackBy: (list) => `主要差在${list}`,
  answerFirst: (list) => `尚不清楚、请先回答：${list}`,
  withoutOpportunity: (list) => `至今没有机会，所以尚不清楚：${list}`,
  nearestNothing: '所有角色的要求都已达到。',
  fit: {
    doesNotFit: (times) =>
      `你的回答彼此对不上：随机作答得出这些回答的可能性，是同一个人按一份能力画像如实作答的 ${times} 倍。` +
      '没有细看就点选时会这样，少数画像很特别的人也会这样。请先回头看一遍自己的回答，再相信这里的数字。',
    same: (answer) =>
      `每一题你都答了“${answer}”。这样的回答分不出各项能力的高低；请先回头看一遍自己的回答，再相信这里的数字。`,
    look: '与其他回答最对不上的是：',
    one: (text, answer, expected) => `${text}：你答的是“${answer}”，而从其他回答看应是“${expected}”。`,
    readings: { 'not-yet': '还没做过', 'with-help': '在帮助下做过', shown: '能独立完成或更高' },
  },
  answerNames: {
    'not-yet': '还没做过',
    'with-help': '在帮助下做过',
    'on-my-own': '独立做到',
    'lead-others': '带领别人做',
    'set-how': '由我定下做法',
    'no-opportunity': '没有机会',
  },
  profile: '能力画像',
  competency: '能力',
  level: '级别',
  interval50: '50% 区间',
  interval90: '90% 区间',
  ends: {
    orAbove: (level) => `${level} 级或以上`,
    orBelow: '0 级或以下',
    note: {
      above: '最高级之上没有要求可作标尺，因此无法说明高出多少。',
      below: '0 级之下没有要求可作标尺，因此无法说明低了多少。',
    },
  },
  behavioursShown: '已展现的行为',
  answersGiven: '作答数',
  noOpportunity: '没有机会',
  notKnown: '尚不清楚',
  suggests: (level) => `尚不清楚（由其他回答推知约为 ${level}）`,
  readinessTitle: '各角色的达标概率',
  role: '角色',
  readiness: '达标概率',
  musts: '必备项：已达到 / 很可能达到 / 有差距 / 尚不清楚',
  holding: '主要差在哪里、哪些尚不清楚',
  gapTo: (role) => `与${role}的差距`,
  expectation: (competency, level, must) => `${competency}：${level} 级，${must ? '必备' : '应有'}`,
  states: { met: '已达到', likely: '很可能达到', open: '有差距', 'not-known': '尚不清楚' },
  probability: '达到的概率',
  mostlyInferred: '主要由其他回答推断',
  inferred: '由其他回答推断，这一级的行为还没有展现过',
  toShow: '需要展现',
  actions: {
    'answer-first': '先回答这一条',
    'find-opportunity': '争取一次做这件事的机会',
    'try-with-support': '先在熟手的帮助下做一次',
    'do-on-your-own': '下一次独立完成',
    'record-evidence': '留下能说明它的工作链接',
    'nothing-more': '已展现，并有凭据',
  },
  evidence: '凭据',
  percent: percentTextInChinese,
  sure: (percent) => `把握：${percent}`,
  nothingChanges: '什么也不会改变',
  pathsTo: (role) => `通往${role}的路径`,
  years: (min, max) =>
    max === null ? `${min} 年以上` : min === max ? `约 ${min} 年` : `${min} 至 ${max} 年`,
  fromToday: (years) => `从今天起 ${years}`,
  thisStep: (years) => `仅这一步：${years}`,
  noStepTime: (answered, musts) => `所知太少，无法估计时间（它的 ${musts} 项必备中已知 ${answered} 项）`,
  noTime: (answered, musts) =>
    `所知太少，无法估计时间和差距（沿途 ${musts} 项必备要求中，只有 ${answered} 项有接近要求的回答）`,
  origins: { source: '来源', framework: '框架作者的估计', ours: 'Rungs 的估计', yours: '本人所填' },
  best: {
    time: '最快',
    earliest: '顺利时最快',
    latest: '最迟时也最快',
    gap: '差距最小',
    strengths: '最能发挥优势',
  },
  better: {
    time: '更快',
    earliest: '顺利时更快',
    latest: '最迟时也更快',
    gap: '差距更小',
    strengths: '更能发挥优势',
  },
  betterThan: (way, list) => `与${way}相比：${list}`,
  strengthsUsed: (list, percent) =>
    `用得上你的优势：${list}；在沿途要求中的占比：${percent.replace('<', '不到')}`,
  strengthsNone: '用不上你已知的优势',
  ways: {
    only: '这是框架中唯一的路径。',
    one: '有一条好的路径。',
    good: (count) => `有 ${count} 条好的路径：每一条与其他任一条相比，都在时间、差距或发挥优势上更好。`,
    unknown: (count) => `有 ${count} 条路径；对你所知太少，还不能说哪一条更好。`,
  },
  alternatives: '其他路径',
  because: {
    dominated: (better) => `${better ?? '另一条路径'}在各方面都不逊于它`,
    'goes-back': () => '其中有一步是往回走，不走这一步也能到达目标',
    'passes-target': () => '要越过目标角色再返回',
  },
  bestInEverything: (way) => `${way}在各方面都最好。`,
  ownRole: (role) => `${role}就是你目前的角色。它要求而你尚未达到的：`,
  gapAlone: '较早的一端仅按差距推算',
  gapRule: (min, max, atOnce) =>
    `按差距推算的年数是 Rungs 的估计：提升一整级需 ${min} 至 ${max} 年，${atOnce} 项能力可同时提升，且不短于差距最大的一项所需的时间。较早的一端取各项 50% 区间的上端和较快的速度，较晚的一端取下端和较慢的速度；尚不清楚的按数字旁所说计算。没有来源给出这样的数字。`,
  step: (from, to) => `${from} → ${to}`,
  pathSummary: (levels) => `还需提升 ${levels} 级`,
  figures: {
    transition: (role) => `走到${role}这一步的入行总年数`,
    'role-total': (role) => `${role}的入行总年数`,
    'own-years': () => '你自己的年数',
    difference: (role) => `到${role}还差的年数`,
    gap: () => '补齐差距所需的年数',
    'nothing-lacking': () => '这一步没有差距',
  },
  climbs: (together, longest, unknown) =>
    `合计 ${together} 级，差距最大的一项 ${longest} 级` +
    (unknown === 0
      ? ''
      : `；其中 ${unknown} 项必备尚不清楚：较早的一端从其他回答推知的位置算起，较晚的一端从 90% 区间的下端算起，且至少按一级计`),
  noPath: '没有路径',
  reading:
    '如何阅读：级别是能力刻度上的位置，并给出它以相应概率所在的区间。概率不低于 90% 为“已达到”，不低于 50% 为“很可能达到”。' +
    '达标概率是所有必备项同时达到的概率。“尚不清楚”从不按零计算。年数都是区间，每个数字都注明出处。',
  comma: '、',
  sentenceGap: '',
  semicolon: '；',
  colon: '：',
  brackets: (text) => `（${text}）`,
}
