// What is left of a statement without the words that only grade it.

/** Words that say how much or how well and not what: two statements that differ only in these are one. */
const DEGREE_EN = new Set(
  `a an the its their own very quite highly more most less least much many some several few often always usually sometimes
  never well better best good great excellent outstanding strong solid deep basic advanced simple complex difficult hard
  easy small large big significant important effective efficient appropriate adequate proper thorough comprehensive
  detailed high-quality quality clean clear consistent regular frequent successful independent proactive confident
  fully alone again also even just only increasingly`.split(/\s+/),
)
/** Words in -ly that are not adverbs of degree or manner. */
const NOT_ADVERBS = new Set(
  'apply reply supply rely multiply comply imply family assembly anomaly early daily weekly monthly quarterly yearly hourly nightly only'.split(
    ' ',
  ),
)

const DEGREE_ZH =
  /非常|十分|特别|相当|极其|更加|更为|更|很|较为|较|最|熟练|良好|优秀|出色|卓越|扎实|深入|全面|充分|完全|基本|初步|简单|复杂|困难|重要|重大|有效|高效|高质量|合理|适当|恰当|准确|及时|快速|迅速|稳定|持续|经常|总是|通常|有时|定期|主动|积极|独立|自如|清晰|详细|认真|能够|可以|一些|多个|若干|[地得的了]/g

/** The statement's words without degree, case, punctuation and plural endings; equal skeletons are one statement. */
export function skeleton(words: string, language: string): string {
  const plain = words.normalize('NFKC').toLowerCase()
  if (language.startsWith('zh')) return plain.replace(/[\p{P}\p{S}\s]/gu, '').replace(DEGREE_ZH, '')
  return plain
    .split(/[^\p{L}\p{N}'’-]+/u)
    .filter((word) => word !== '' && !(language.startsWith('en') && gradesOnly(word)))
    .map((word) => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word))
    .join(' ')
}

const gradesOnly = (word: string): boolean =>
  DEGREE_EN.has(word) || (word.length > 4 && word.endsWith('ly') && !NOT_ADVERBS.has(word))
