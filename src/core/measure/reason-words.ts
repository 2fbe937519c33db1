// What every refusal and caution of a measurement says to people, in English and Simplified Chinese.
import type { CautionCode, RefusalCode } from './refusals.ts'

/** `what` is wrong, and what would be `needed`; the refusal's own message adds the place or the names. */
export interface RefusalWords {
  readonly what: string
  readonly needed: string
}

interface ReasonWords {
  readonly refusal: Readonly<Record<RefusalCode, RefusalWords>>
  readonly caution: Readonly<Record<CautionCode, string>>
}

const en = {
  refusal: {
    unreadable: {
      what: 'The file cannot be read as a table of ratings.',
      needed: 'a CSV, TSV or JSON-lines file in UTF-8, with as many cells in each row as in the header',
    },
    'columns-unclear': {
      what: 'It is not clear which column holds what.',
      needed: 'one column each for the person and the rater, and either item and score or one column an item',
    },
    'no-ratings': {
      what: 'There are no ratings by others to measure; self-ratings alone are not enough.',
      needed: 'a header line and at least one score that somebody gave to somebody else',
    },
    'too-many-ratings': {
      what: 'These are more ratings than one run can hold.',
      needed: 'a split by competency, unit or round in which raters still judge people in common',
    },
    'score-not-integer': {
      what: 'Some scores are not whole numbers.',
      needed: 'whole numbers, one for each category of the scale',
    },
    'score-out-of-scale': {
      what: 'Some scores lie outside of the scale, or the scale has too many categories.',
      needed: 'scores on one scale of few categories',
    },
    'weight-invalid': {
      what: 'A weight is not a number from 0.',
      needed: 'weights of 0 or more',
    },
    'index-out-of-range': {
      what: 'The columns of the ratings do not fit together.',
      needed: 'columns of one length, whose entries all name somebody or something in the lists',
    },
    'duplicate-id': {
      what: 'Two names differ only by case or spaces, so it is unclear whether they are the same.',
      needed: 'one spelling of each name',
    },
    'duplicate-rating': {
      what: 'The same rater rated the same person on the same item twice.',
      needed: 'one rating each, or an occasion column that tells them apart',
    },
    'too-few-raters': {
      what: 'There are too few raters.',
      needed: 'ratings by more raters',
    },
    'one-item': {
      what: 'No rater gave one person more than one rating, so items cannot be compared.',
      needed: 'ratings of two or more items by the same rater of the same person, or joint estimation',
    },
    'one-category': {
      what: 'Every rating is the same score.',
      needed: 'ratings that differ',
    },
    'empty-category': {
      what: 'A score was given only where a rater gave every item that same lowest or highest score.',
      needed: 'ratings with that score beside other scores by the same rater',
    },
    separated: {
      what: 'For some people, raters, items or steps these ratings give no finite estimate.',
      needed: 'ratings in which the scores that items are given overlap; joint estimation asks less of them',
    },
    'extreme-item': {
      what: 'On some items only one score was ever given, so their difficulty cannot be told.',
      needed: 'a second score on them, or the analysis without these items',
    },
    'all-extreme': {
      what: 'There are only highest or only lowest ratings, so nothing can be compared.',
      needed: 'ratings that differ',
    },
    'items-not-linked': {
      what: 'The items fall into sets that were never rated together.',
      needed: 'raters who judge a person on items of both sets',
    },
    'weights-differ-in-block': {
      what: 'Ratings of one person by one rater have different weights.',
      needed: 'one weight per rater and person, or joint estimation',
    },
    'anchor-unknown': {
      what: 'An anchor names something that is not among these ratings.',
      needed: 'anchors, in logits, only for names among the ratings',
    },
    'too-large-for-estimator': {
      what: 'This way of estimating does not take so many raters.',
      needed: 'conditional estimation, or fewer raters',
    },
    'not-converged': {
      what: 'The computation did not settle, so there is no figure to rely on.',
      needed: 'more ratings, or ratings that link people and raters more closely',
    },
    'no-person-spread': {
      what: 'Beside the differences between raters no difference between people was found.',
      needed: 'people whom several raters judge, or conditional estimation',
    },
  },
  caution: {
    disconnected:
      'The ratings fall into groups that no rater links. Measures can be compared only within a group.',
    'few-raters':
      'There are too few raters to estimate how far raters differ; a usual size of the difference is assumed and is inside every interval.',
    'category-unused': 'Some scores were never given. Nothing is known of the steps into them.',
    'category-rare': 'Some scores were given fewer than ten times: their steps are uncertain.',
    'steps-disordered':
      'Some steps are out of order: a score in between is never the likeliest one. Raters may not tell these scores apart.',
    'extreme-persons':
      'Some people have only highest or only lowest ratings. Their measures lean on what is known of the others.',
    'item-without-category': 'On some items a score was never given; its step there is not estimated.',
    'no-dyad-effect':
      'Too few people were judged by several raters to tell a rater’s particular view of a person from chance; a usual size of it is assumed and is inside every interval.',
    'no-rater-variance': 'No difference in severity between raters can be seen in these ratings.',
    'no-dyad-found':
      'No sign was found that single raters hold views of single people that differ from their general severity.',
    'weak-prior':
      'There are so few ratings that some items or steps could be placed anywhere. A weak assumption (an SD of 3 logits on each) holds them, and the intervals include it: read the measures as a first sketch.',
  },
} as const satisfies ReasonWords

const zhHans: ReasonWords = {
  refusal: {
    unreadable: {
      what: '这个文件无法作为评分表读取。',
      needed: 'UTF-8 编码的 CSV、TSV 或 JSON Lines 文件，每行的单元格数与表头一致',
    },
    'columns-unclear': {
      what: '看不出哪一列是什么。',
      needed: '被评人和评分人各一列；另有条目和分数两列，或每个条目一列',
    },
    'no-ratings': {
      what: '没有可供测量的他评；只有自评是不够的。',
      needed: '一行表头，以及至少一个由他人给出的分数',
    },
    'too-many-ratings': {
      what: '评分数超出了一次测量的上限。',
      needed: '按能力、部门或轮次拆分，拆分后评分人之间仍有共同的被评人',
    },
    'score-not-integer': { what: '有些分数不是整数。', needed: '整数分数，每个整数对应量表的一档' },
    'score-out-of-scale': {
      what: '有些分数超出了量表，或量表的档数太多。',
      needed: '同一量表上的分数，档数不宜多',
    },
    'weight-invalid': { what: '有的权重不是大于或等于 0 的数。', needed: '大于或等于 0 的权重' },
    'index-out-of-range': {
      what: '评分数据的各列对不上。',
      needed: '各列长度一致，每一项都能在名单中找到',
    },
    'duplicate-id': {
      what: '有两个名称只差大小写或空格，不知道是不是同一个。',
      needed: '同一个名称只用一种写法',
    },
    'duplicate-rating': {
      what: '同一位评分人在同一个条目上给同一个人评了两次。',
      needed: '只保留一次，或加一列标明是哪一次',
    },
    'too-few-raters': { what: '评分人太少。', needed: '更多评分人的评分' },
    'one-item': {
      what: '没有哪位评分人给同一个人打过一个以上的分，条目之间无从比较。',
      needed: '同一位评分人给同一个人在两个以上条目上评分，或改用联合估计',
    },
    'one-category': { what: '所有评分都是同一个分数。', needed: '有高有低的评分' },
    'empty-category': {
      what: '某个分数只出现在评分人把所有条目都评为同一个最低分或最高分的地方。',
      needed: '同一位评分人既给出这个分数，也给出别的分数',
    },
    separated: {
      what: '对有些人、评分人、条目或台阶，这些评分得不出有限的估计值。',
      needed: '各条目的得分互有重叠的评分；联合估计的要求较低',
    },
    'extreme-item': {
      what: '有些条目只出现过一种分数，无法判断其难度。',
      needed: '这些条目上的另一种分数，或去掉这些条目再测量',
    },
    'all-extreme': { what: '评分全是最高分或全是最低分，无从比较。', needed: '有高有低的评分' },
    'items-not-linked': {
      what: '条目分成了几组，从未有人同时评过。',
      needed: '有评分人给同一个人在各组条目上都评分',
    },
    'weights-differ-in-block': {
      what: '同一位评分人对同一个人的评分用了不同的权重。',
      needed: '同一位评分人对同一个人只用一个权重，或改用联合估计',
    },
    'anchor-unknown': {
      what: '有的锚定值指向评分中没有的名称。',
      needed: '只为评分中出现的名称给出锚定值，单位为 logit',
    },
    'too-large-for-estimator': {
      what: '这种估计方法处理不了这么多评分人。',
      needed: '改用条件估计，或减少评分人',
    },
    'not-converged': {
      what: '计算没有收敛，因此给不出可靠的数字。',
      needed: '更多评分，或让人员与评分人之间有更多交叉的评分',
    },
    'no-person-spread': {
      what: '除去评分人之间的差别，看不出人与人之间的差别。',
      needed: '每个人由多位评分人评分，或改用条件估计',
    },
  },
  caution: {
    disconnected: '评分分成了几组，组与组之间没有共同的评分人，只能在组内比较。',
    'few-raters': '评分人太少，无法估计评分人之间差多少；这里假定其为通常大小，并已计入所有区间。',
    'category-unused': '有些分数从未出现，无法判断进入这些分数的台阶。',
    'category-rare': '有些分数出现不到十次，相应的台阶不太确定。',
    'steps-disordered': '有些台阶次序颠倒：夹在中间的分数从来不是最可能的分数，评分人可能分不清这些分数。',
    'extreme-persons': '有些人得到的全是最高分或全是最低分，他们的测量值要借助其他人的信息。',
    'item-without-category': '有些条目上某个分数从未出现，那里的台阶没有估计。',
    'no-dyad-effect':
      '由多位评分人评过的人太少，无法区分“某位评分人对某个人的特殊看法”与偶然误差；这里假定其为通常大小，并已计入所有区间。',
    'no-rater-variance': '从这些评分中看不出评分人之间有严厉程度的差别。',
    'no-dyad-found': '没有发现个别评分人对个别人有不同于其一般严厉程度的特殊看法。',
    'weak-prior':
      '评分太少，有些条目或台阶的位置单凭数据无法确定；这里用一个很弱的假定（每个的标准差为 3 logit）加以约束，并已计入区间。请把测量值当作初步轮廓来看。',
  },
}

/** A sentence (or what is needed, without a full stop) for every code, plain text without arguments. */
export const REASON_WORDS = { en, 'zh-Hans': zhHans } as const
