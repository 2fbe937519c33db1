// The first screen: what the ratings say in a few sentences, what was doubtful, and what may be concluded.
import { withheldReasons, type Analysis } from '../analysis.ts'
import { counted } from './counted.ts'
import { fixed, whole } from './figures.ts'
import { both, html, type Html } from './html.ts'
import { cautionWords } from './words.ts'

/** Differences in average between persons from which the adjustment is worth a look, in score points. */
const NOTABLE = 0.25

interface Fact {
  readonly figure: Html | string
  readonly what: Html
}

function facts({ measurement, seLimit, ratings }: Analysis): Fact[] {
  const { persons, raters, fit, summary } = measurement
  const firm = raters.filter((rater) => rater.n >= 10 && rater.wide.length === 0)
  const fair = firm.map((rater) => rater.fairAverage)
  const spread = fair.length > 1 ? Math.max(...fair) - Math.min(...fair) : undefined
  const reliability = fit.reliability.find((one) => one.facet === 'person')?.reliability
  const shown = persons.filter((person) => withheldReasons(person, measurement, seLimit).length === 0).length
  const moved = persons.filter((person) => Math.abs(person.fairAverage - person.rawAverage) >= NOTABLE).length
  const scale = `${summary.lowest}–${summary.lowest + summary.categories - 1}`
  const groups = measurement.subsets.length
  return [
    {
      figure: spread === undefined ? '–' : both(`${fixed(spread, 1)} points`, `${fixed(spread, 1)} 分`),
      what:
        spread === undefined
          ? both(
              'Too few raters gave enough ratings to say how much raters differ.',
              '评分足够多的评分人太少，无法判断评分人之间差多少。',
            )
          : both(
              `lie between the harshest and the most lenient rater for the same work, on a scale of ${scale}. A plain average carries this luck of the draw; the measures here take it out.`,
              `是最严与最宽的评分人对同样的工作给分之差（量表 ${scale}）。简单平均会带上这份运气，这里的测量值已将其扣除。`,
            ),
    },
    {
      figure: both(
        `${whole(moved)} of ${whole(persons.length)} people`,
        `${whole(persons.length)} 人中的 ${whole(moved)} 人`,
      ),
      what: both(
        `have a fair average at least ${NOTABLE} points away from their raw average, because their raters were harsher or more lenient than most.`,
        `的公平均分与原始均分相差至少 ${NOTABLE} 分，因为他们的评分人比多数人更严或更宽。`,
      ),
    },
    {
      figure:
        reliability === undefined || persons.length < 2
          ? '–'
          : both(`reliability ${fixed(reliability)}`, `信度 ${fixed(reliability)}`),
      what:
        reliability === undefined || persons.length < 2
          ? both(
              'There are too few people to say how well the ratings tell them apart.',
              '人数太少，无法判断评分能否把人区分开。',
            )
          : both(
              `is how well these ratings tell people apart (1 would be perfectly, 0 not at all). ${reliability >= 0.8 ? 'That serves decisions about single people, made with their intervals.' : reliability >= 0.6 ? 'That serves feedback, hardly decisions about single people.' : 'That is too little for statements about single people.'}`,
              `表示这些评分区分人的能力（1 为完全，0 为完全不能）。${reliability >= 0.8 ? '结合区间，可以支持关于个人的决定。' : reliability >= 0.6 ? '可用于反馈，不宜用于关于个人的决定。' : '不足以对个人下结论。'}`,
            ),
    },
    {
      figure: both(
        `${whole(shown)} of ${whole(persons.length)} people`,
        `${whole(persons.length)} 人中的 ${whole(shown)} 人`,
      ),
      what: both(
        `have a measure firm enough to be shown to others: at least 3 raters, linked to the rest, standard error at most ${fixed(seLimit, 1)} logits. For the others the table says what is missing.`,
        `的测量值足够可靠，可以给他人看：至少 3 位评分人、与其他评分相关联、标准误不超过 ${fixed(seLimit, 1)} logit。其余各人缺什么，见人员表。`,
      ),
    },
    {
      figure:
        groups === 1
          ? both('one linked set', '全部相互关联')
          : both(`${groups} separate sets`, `${groups} 个互不关联的组`),
      what:
        groups === 1
          ? both(
              'Everybody can be compared with everybody: raters in common link all ratings.',
              '所有人之间都可以比较：共同的评分人把全部评分连在一起。',
            )
          : both(
              'No rater links these sets, so a strong team and a lenient rater cannot be told apart between them.',
              '各组之间没有共同的评分人，因此组与组之间分不清是团队强还是评分人松。',
            ),
    },
    {
      figure: both(counted(ratings.score.length, 'rating'), `${whole(ratings.score.length)} 个评分`),
      what: both(
        `by ${counted(raters.length, 'rater')} of ${counted(persons.length, 'person', 'people')} on ${counted(measurement.items.length, 'item')}.`,
        `来自 ${whole(raters.length)} 位评分人，涉及 ${whole(persons.length)} 人、${whole(measurement.items.length)} 个条目。`,
      ),
    },
  ]
}

function selfNote({ selfRatings }: Analysis): Html {
  return html`<p class="note">
    ${both(
      `${counted(selfRatings, 'self-rating')} kept apart: self-ratings never enter a measure, and are compared with it below.`,
      `${whole(selfRatings)} 个自评单独处理：自评从不进入测量值，只在下文与他评比较。`,
    )}
  </p>`
}

export function summarySection(analysis: Analysis): Html {
  const { measurement } = analysis
  const codes = [...new Set(measurement.cautions.map((caution) => caution.code))]
  return html`<section aria-labelledby="short">
    <h2 id="short" class="hidden">${both('In short', '要点')}</h2>
    <ul class="short">
      ${facts(analysis).map(({ figure, what }) => html`<li><b>${figure}</b><span class="what">${what}</span></li>`)}
    </ul>
    ${analysis.selfRatings > 0 && selfNote(analysis)}
    ${codes.map((code) => {
      const words = cautionWords(code)
      const ids = measurement.cautions
        .filter((caution) => caution.code === code)
        .flatMap((caution) => caution.ids ?? [])
      const list = ids.length > 0 ? ` (${ids.slice(0, 12).join(', ')}${ids.length > 12 ? ' …' : ''})` : ''
      return html`<p class="caution">${both(`${words[0]}${list}`, `${words[1]}${list}`)}</p>`
    })}
  </section>`
}

export function concludeSection({ measurement, seLimit }: Analysis): Html {
  const linked = measurement.subsets.length === 1
  const reliability = measurement.fit.reliability.find((one) => one.facet === 'person')?.reliability ?? 0
  return html`<section aria-labelledby="conclude">
    <h2 id="conclude">
      ${both('What may and may not be concluded', '可以得出什么结论，不可以得出什么结论')}
    </h2>
    <div class="conclude">
      <div>
        <h3>${both('You may', '可以')}</h3>
        <ul>
          <li>
            ${both(
              'Compare a person’s interval with a bar: where the whole 90 % interval lies on one side, say so.',
              '把一个人的区间与某条标准线比较：若 90% 区间全部落在一侧，就可以这样说。',
            )}
          </li>
          <li>
            ${both('Explain to a person why their fair average differs from the raw one: by the severity of the raters they happened to have.', '向本人解释公平均分为何不同于原始均分：因为碰到的评分人偏严或偏宽。')}
          </li>
          <li>
            ${both('Tell each rater, in private, how they use the scale.', '私下告诉每位评分人他们怎样使用量表。')}
          </li>
          <li>
            ${both('Look again at single ratings and pairs listed here, by asking the people who gave them.', '对这里列出的个别评分和组合再看一眼，并向给分的人询问。')}
          </li>
        </ul>
      </div>
      <div>
        <h3>${both('You may not', '不可以')}</h3>
        <ul>
          <li>
            ${both('Rank people whose intervals overlap as if they differed. The tables are sorted by name for this reason.', '把区间重叠的人排出名次，当作有差别。各表因此按名称排序。')}
          </li>
          <li>
            ${both(
              `Show others the measure of a person with fewer than three raters other than the person, without a link to the rest, or with a standard error above ${fixed(seLimit, 1)}.`,
              `把以下人员的测量值给他人看：除本人外评分人不足三位、与其他评分没有关联，或标准误大于 ${fixed(seLimit, 1)}。`,
            )}
          </li>
          <li>
            ${
              linked
                ? both(
                    'Tell a team that is strong from a team that only lenient raters know, unless raters from outside judged it too.',
                    '仅凭这些评分区分“强团队”与“只有宽松的人评过的团队”，除非团队外的人也评过。',
                  )
                : both(
                    'Compare people of different sets: no rater has judged both.',
                    '比较不同组的人：没有人同时评过两组。',
                  )
            }
          </li>
          <li>
            ${both('Call a rater wrong for being severe: severity is taken out, and is no fault.', '因为严厉就说评分人错了：严厉程度已被扣除，也不是过失。')}
          </li>
          <li>
            ${
              reliability < 0.8
                ? both(
                    'Let these measures decide about a person: they tell people apart too weakly.',
                    '让这些测量值决定个人去留升降：它们区分人的能力不足。',
                  )
                : both(
                    'Let a measure decide. It informs a named person who decides, gives a reason, and can be contested.',
                    '让测量值替人做决定。它只供具名的人参考，由其决定、说明理由，并可申诉。',
                  )
            }
          </li>
        </ul>
      </div>
    </div>
  </section>`
}
