// Finds a second statement that is hidden in a behaviour by a conjunction.

/** Third-person verbs that are hardly ever plural nouns: after "and" they open a second statement. */
const VERBS = `achieves acts adapts adds adjusts agrees aligns allocates analyses analyzes anticipates applies approves argues
  arranges asks assesses assigns assures automates becomes begins breaks brings calculates carries catches chairs chooses
  clarifies coaches collects communicates compares completes conducts confirms connects considers convinces coordinates
  corrects creates cuts decides defends defines delegates deletes delivers describes detects determines develops diagnoses
  discusses documents draws drives eliminates enables encourages ends enforces ensures escalates establishes estimates
  evaluates examines executes explains explores extends facilitates feeds finds finishes follows gathers gets gives goes
  guides handles helps hires holds identifies implements improves includes informs initiates inspects installs integrates
  introduces investigates invites involves joins justifies keeps knows learns lets listens looks maintains makes manages
  meets merges mitigates moderates modifies monitors moves negotiates notifies obtains offers opens optimises optimizes
  organises organizes oversees owns participates performs prepares prevents prioritises prioritizes produces promotes
  proposes proves provides publishes puts raises reads recognises recognizes recommends reconciles records recruits reduces
  refactors refines refuses rejects removes renders replaces reproduces requires resolves responds restores retires
  revises rewrites runs says schedules seeks selects sells sends sets settles shares shows simplifies solves specifies
  speaks spreads starts states stops streamlines submits suggests summarises summarizes takes teaches tells thinks
  traces tracks trains translates treats tries tunes turns understands updates uses validates verifies visits warns
  watches wins writes`

/** Verbs that are as often plural nouns: they count only before an object's first word. */
const AMBIGUOUS = `answers audits balances benchmarks blocks budgets builds calls challenges changes checks codes controls
  costs debates debugs demands demos deploys designs drafts duties figures fixes flags focuses forecasts forms governs
  grows haunts hosts influences interviews judges leads limits links lists logs maps marks measures mentors models names
  notes orders outlines pairs patches pitches plans points posts practices presents profiles programs projects prototypes
  questions rates releases repairs reports results reviews reworks rolls samples scales scopes scores sketches splits
  sponsors stages steers steps structures supports surveys syncs tests ties times tools trades transfers values votes walks
  weighs works wraps`

const words = (list: string) => list.trim().split(/\s+/).join('|')
const OBJECT = `(?:the|a|an|its|their|his|her|it|them|each|every|all|any|what|how|why|who|which|whether|when|where|this|these|those|others|people|new|one|two|three|up|out|off|down|back)`
const SECOND_EN = new RegExp(
  `(?:,? and|,? then|,? and then|,? but|,)\\s+(?:(?:also|then|later|regularly|\\w+ly)\\s+)?(?:(?:${words(VERBS)})\\b|(?:${words(AMBIGUOUS)})\\s+${OBJECT}\\b)[^,;.]{0,24}`,
  'i',
)
/** "Finds and fixes the cause": two verbs with one object between them are read as one act. */
const SHARED_OBJECT_EN = /^(?:\w+ly )?\w+s(?:,? (?:and|or) \w+s)+\b/i
const JOINED_EN = /;\s*\S.{0,24}|\bas well as\b.{0,24}|\bin addition\b.{0,24}|[.!?]\s+\p{Lu}.{0,24}/u
/** Inside "that …", "who …", "which …" the verbs belong to the thing described. */
const CLAUSE_EN =
  /\b(?:that|which|who|whose|what|how|why|where|when|whether|so|if|because|until|while|before|after|as)\b/i

const SECOND_ZH =
  /[；;].{1,8}|。.{1,8}|并且.{0,8}|而且.{0,8}|(?:，|,)\s*(?:同时|还|另外|此外|然后).{0,8}|以及时?(?=推动|负责|带领|组织|制定|编写|设计|指导).{0,8}|(?<![合归一兼吞火])并(?![发行购列入联排存网非不未没无且])(?:能|会|为|向|对|把|将|给|与|在|据此|由此|主动|及时|持续)?[一-鿿]{2,8}/u

/** The words at which a second statement begins, in English or Chinese; undefined when there is only one. */
export function findSecondStatement(text: string, language: string): string | undefined {
  const statement = text.trim().replace(/[.。]$/, '')
  if (language.startsWith('zh')) return SECOND_ZH.exec(statement)?.[0]
  if (!language.startsWith('en')) return undefined
  const joined = JOINED_EN.exec(statement)
  if (joined) return joined[0].trim()
  const rest = statement.replace(SHARED_OBJECT_EN, (shared) => '_'.repeat(shared.length))
  const second = SECOND_EN.exec(rest)
  if (second === null) return undefined
  return CLAUSE_EN.test(rest.slice(0, second.index)) ? undefined : second[0].trim()
}
