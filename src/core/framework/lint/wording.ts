// Rules about words: what cannot be observed, and what judges the person instead of what was done.
import type { Framework } from '../model.ts'
import { listTexts, wordsByLanguage } from '../texts.ts'
import type { Report } from './finding.ts'

const HAS = '(?:has|have|having|shows?|demonstrates?|possess(?:es)?|displays?|exhibits?|with)'
const GRADE =
  '(?:an? |the )?(?:very )?(?:good|solid|strong|deep|basic|thorough|working|sound|clear|broad|excellent|in-depth|full|great|advanced)?\\s*'
const STATE =
  '(?:understanding|knowledge|grasp|command|awareness|familiarity|experience|ability|skills?|appreciation|expertise|proficiency|sense)'

/** Anchored at the predicate: "explains it to people who are not familiar with it" is an act. */
const UNMEASURABLE_EN = [
  new RegExp(`^(?:${HAS} )?${GRADE}\\b${STATE} (?:of|in|with|to|about)\\b`, 'i'),
  new RegExp(`\\b${HAS} ${GRADE}\\b${STATE}\\b`, 'i'),
  /^(?:is |are |be |becomes |being )?(?:fully |very |quite |well )?(?:able to|capable of|familiar with|aware of|proficient|competent|comfortable|skilled|knowledgeable|experienced|good at|versed|fluent in|interested in|responsible for|willing to|committed to)\b/i,
  /^(?:fully |clearly |deeply |generally |broadly )?(?:understands?|knows?|appreciates?|believes?|recogni[sz]es the importance|values|cares|can|could|(?:tries|strives|aims|seeks|wants) to|thinks|feels|has exposure)\b/i,
  /\b(?:good|solid|strong|deep|thorough) (?:understanding|knowledge|grasp|command) of\b/i,
  /\b(?:as|where|when|if) (?:appropriate|needed|possible|necessary)\b|\bto a high standard\b|\band so on\b|\betc\b/i,
]
const UNMEASURABLE_ZH = [
  /^(?:能够?|可以|已|基本|全面|深入|充分|初步)*(?:熟悉|了解|掌握|精通|理解|懂得|知道|熟知|通晓|熟练使用|具备|具有|拥有|善于|擅长|有能力|意识到|认识到|重视|注重|关注|努力|尽量|力求|力争|愿意|乐于)/,
  /^(?:能够|可以|有能力|会)(?!议|员|话|合|同|见|诊|签)/,
  /(?:具备|具有|拥有|有)(?:较强|良好|一定|较好|扎实|丰富|出色|优秀|很强|充分)?的?.{0,14}?(?:能力|意识|素养|功底|悟性)/,
  /对.{1,24}有(?:较|一定|深入|良好|充分|全面|清晰|基本|很)?.{0,4}的?(?:了解|理解|认识|掌握)/,
  /(?:良好|较强|扎实|丰富|深厚)的.{0,10}(?:理解|能力|意识|知识|功底|经验)|视情况|酌情|尽可能|等等/,
]

const TRAIT_EN =
  /\b(?:he|she|his|hers?|him|himself|herself|s\/he|he\/she|guys|manpower|man-hours?|chairman|foreman|rock ?star|ninja|guru|wizard|superstar|genius|smart(?! (?:contract|card|home|city|pointer|meter|phone|watch|tv)s?\b)|clever|brilliant|talented|gifted|passionate(?:ly)?|passion for|charismatic|charisma|enthusiastic|ambitious|assertive|self-starter|go-getter|hard-?working|youthful|loyal|likeable|outgoing|extrovert(?:ed)?|introvert(?:ed)?|personable|tireless|energetic|born leader|natural leader|strong personality|highly intelligent|positive attitude|good attitude|team player)\b/i
const TRAIT_ZH =
  /聪明|聪慧|激情|热情洋溢|热爱|天赋|天才|大牛|大神|高手|(?<![其吉维利])他(?![们人处方国山乡动])|她|年轻|精力充沛|吃苦耐劳|拼搏精神|狼性|魅力|性格|情商|智商|勤奋|上进心|忠诚|悟性|男性|女性|小伙|美女|帅哥|正能量|态度端正|责任心强|抗压能力|进取心/

/** The first words of a behaviour that nobody could observe; undefined when there are none. */
export function findUnmeasurable(words: string, language: string): string | undefined {
  const patterns = language.startsWith('zh')
    ? UNMEASURABLE_ZH
    : language.startsWith('en')
      ? UNMEASURABLE_EN
      : []
  for (const pattern of patterns) {
    const found = pattern.exec(words.trim())
    if (found) return found[0].trim()
  }
  return undefined
}

/** The first gendered word or word for a trait; undefined when there is none. */
export function findTrait(words: string, language: string): string | undefined {
  const pattern = language.startsWith('zh') ? TRAIT_ZH : language.startsWith('en') ? TRAIT_EN : undefined
  return pattern?.exec(words)?.[0]
}

export function checkWording(framework: Framework, report: Report): void {
  for (const { path, text, kind } of listTexts(framework)) {
    if (kind === 'from a source') continue
    const at = kind === 'behaviour' ? path.slice(0, 2) : path
    let unmeasurable: string | undefined
    let trait: string | undefined
    for (const [language, words] of wordsByLanguage(text, framework)) {
      if (kind === 'behaviour') unmeasurable ??= findUnmeasurable(words, language)
      trait ??= findTrait(words, language)
    }
    if (unmeasurable !== undefined)
      report('wording-unmeasurable', at, `"${unmeasurable}" cannot be observed; name the act or the artefact`)
    if (trait !== undefined) report('wording-trait', at, `"${trait}" is about the person; say what is done`)
  }
}
