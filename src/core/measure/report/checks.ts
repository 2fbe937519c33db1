// What to look at again: single unexpected ratings, pairs rated differently than expected, self against others, links.
import type { Analysis } from '../analysis.ts'
import type { BiasTerm } from '../measurement.ts'
import { fixed, signed, whole, Z90 } from './figures.ts'
import { both, html, type Html } from './html.ts'
import { headRow, more, MOST_ROWS, scrolled } from './people.ts'
import { intervalSvg } from './ruler-svg.ts'
import { BIAS_WORDS, inBoth } from './words.ts'

const MOST_BIAS = 40
const MOST_LINKS = 20

export function unexpectedSection({ unexpected }: Analysis): Html {
  return html`<section aria-labelledby="unexpected">
    <h2 id="unexpected">${both('Ratings to look at again', '值得再看一眼的评分')}</h2>
    <p class="lead">
      ${both(
        'Single ratings furthest from what the person, the rater and the item make one expect. Often a slip of the pen, sometimes the one who saw something. Ask before judging.',
        '与该人员、评分人和条目所预期的相差最远的评分。往往是笔误，有时恰恰是有人看到了别人没看到的。先询问，再判断。',
      )}
    </p>
    ${
      unexpected.length === 0
        ? html`<p>
            ${both('None lies more than two standard deviations away.', '没有偏离两个标准差以上的评分。')}
          </p>`
        : scrolled(
            'unexpected',
            html`<table>
              ${headRow(['Person', '人员'], ['Rater', '评分人'], ['Item', '条目'], ...(unexpected[0]!.occasion === undefined ? [] : [['Occasion', '场合'] as const]), ['Score', '分数', 'n'], ['Expected', '预期', 'n'], ['Standard deviations away', '偏离的标准差', 'n'])}
              <tbody>
                ${unexpected.map(
                  (one) =>
                    html`<tr>
                      <th scope="row">${one.person}</th>
                      <td>${one.rater}</td>
                      <td>${one.item}</td>
                      ${one.occasion !== undefined && html`<td>${one.occasion}</td>`}
                      <td class="n"><b>${one.score}</b></td>
                      <td class="n">${fixed(one.expected)}</td>
                      <td class="n">${signed(one.residual, 1)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`,
          )
    }
  </section>`
}

export function subsetsSection({ measurement }: Analysis): Html {
  const { subsets, links } = measurement
  return html`<section aria-labelledby="subsets">
    <h2 id="subsets">${both('Who can be compared with whom', '谁可以与谁比较')}</h2>
    ${
      subsets.length === 1
        ? html`<p>
            ${both('All raters and people are linked: one set.', '所有评分人与人员相互关联，只有一组。')}
          </p>`
        : html`<p>
              ${both(
                `There are ${subsets.length} sets without a rater in common. A measure means something only against its own set. The contrast error says how unsure a comparison across sets would be if all raters came from one population.`,
                `共有 ${subsets.length} 组，组间没有共同评分人。测量值只在本组内有意义。“对比误差”表示：假定所有评分人来自同一总体时，跨组比较有多不确定。`,
              )}
            </p>
            ${scrolled(
              'subsets',
              html`<table>
                ${headRow(['Set', '组', 'n'], ['People', '人员', 'n'], ['Raters', '评分人', 'n'], ['Ratings', '评分', 'n'], ['Contrast error with set 1', '与第 1 组的对比误差', 'n'], ['For example', '例如'])}
                <tbody>
                  ${subsets.slice(0, MOST_ROWS).map(
                    (set, at) =>
                      html`<tr>
                        <td class="n">${at + 1}</td>
                        <td class="n">${whole(set.persons.length)}</td>
                        <td class="n">${whole(set.raters.length)}</td>
                        <td class="n">${whole(set.ratings)}</td>
                        <td class="n">${at === 0 ? '' : fixed(set.contrastSe)}</td>
                        <td>${set.persons.slice(0, 4).join(', ')}${set.persons.length > 4 && ' …'}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>`,
            )}
            <h3 id="links">${both('Ratings that would join them', '补上这些评分即可连起来')}</h3>
            <p>
              ${both('Let each of these raters judge this person too, or let everybody rate one shared vignette.', '请下列评分人也评一下对应的人员，或让所有人都评同一个情景短文。')}
            </p>
            ${scrolled(
              'links',
              html`<table>
                ${headRow(['Rater', '评分人'], ['judges', '去评'], ['joins sets', '连接的组'])}
                <tbody>
                  ${links.slice(0, MOST_LINKS).map(
                    (link) =>
                      html`<tr>
                        <th scope="row">${link.rater}</th>
                        <td>${link.person}</td>
                        <td>${link.joins[0] + 1}, ${link.joins[1] + 1}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>`,
            )}`
    }
  </section>`
}

function biasRow(term: BiasTerm): Html {
  const flagged = term.q < 0.05
  return html`<tr>
    <td class="quiet nowrap">${inBoth(BIAS_WORDS[term.kind])}</td>
    <th scope="row">${term.first}</th>
    <td>${term.second}</td>
    <td class="n">${term.count}</td>
    <td class="n">${fixed(term.observed / term.count)}</td>
    <td class="n">${fixed(term.expected / term.count)}</td>
    <td class="${flagged ? 'n flag' : 'n'}">${signed(term.bias)}</td>
    <td class="n">${fixed(term.se)}</td>
    <td class="n">${fixed(term.t, 1)}</td>
    <td class="n">${term.q < 0.001 ? '< 0.001' : fixed(term.q, 3)}</td>
  </tr>`
}

export function biasSection({ measurement }: Analysis): Html | false {
  const { bias } = measurement
  if (bias.length === 0) return false
  const kinds = [...new Set(bias.map((term) => term.kind))]
  const flagged = bias.filter((term) => term.q < 0.05)
  const shown = bias
    .toSorted((a, b) => a.q - b.q || Math.abs(b.t) - Math.abs(a.t))
    .slice(0, Math.max(10, Math.min(MOST_BIAS, flagged.length)))
  return html`<section aria-labelledby="bias">
    <h2 id="bias">${both('Pairs rated higher or lower than expected', '高于或低于预期的组合')}</h2>
    <p class="lead">
      ${both(
        `${bias.length === 1 ? 'One pair' : `${whole(bias.length)} pairs`} of ${kinds.length === 1 ? 'one kind' : `${kinds.length} kinds`} ${bias.length === 1 ? 'was' : 'were'} tested, corrected for the number of tests in each kind; ${flagged.length === 0 ? 'none stands out' : `${flagged.length} ${flagged.length === 1 ? 'stands' : 'stand'} out (q below 0.05)`}. In colour: stands out. Positive: rated higher than the main effects expect.`,
        `共检验 ${kinds.length} 类 ${whole(bias.length)} 个组合，并按每类检验次数校正；${flagged.length === 0 ? '没有突出的' : `${flagged.length} 个突出（q 小于 0.05）`}。着色者为突出；正值表示高于主效应的预期。`,
      )}
    </p>
    ${scrolled(
      'bias',
      html`<table>
        ${headRow(['Kind', '类型'], ['First', '其一'], ['Second', '其二'], ['Ratings', '评分', 'n'], ['Observed', '实际均分', 'n'], ['Expected', '预期均分', 'n'], ['Bias, logits', '偏差（logit）', 'n'], ['SE', '标准误', 'n'], ['t', 't', 'n'], ['q', 'q', 'n'])}
        <tbody>
          ${shown.map(biasRow)}
        </tbody>
      </table>`,
    )}
    ${shown.length < bias.length && html`<p class="note">${both(`The ${shown.length} most unexpected of ${whole(bias.length)}; the JSON output has all.`, `此处为 ${whole(bias.length)} 个中最出乎预期的 ${shown.length} 个；JSON 输出包含全部。`)}</p>`}
  </section>`
}

export function selfSection({ self }: Analysis): Html | false {
  if (self.length === 0) return false
  const mean = self.reduce((sum, one) => sum + one.difference, 0) / self.length
  const sorted = self.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
  const range = [
    Math.min(-3, ...self.map((one) => one.difference - Z90 * one.se)),
    Math.max(3, ...self.map((one) => one.difference + Z90 * one.se)),
  ] as const
  return html`<section aria-labelledby="self">
    <h2 id="self">${both('Self against others', '自评与他评')}</h2>
    <p class="lead">
      ${both(
        `Self-ratings never enter a measure. On average people place themselves ${fixed(Math.abs(mean))} logits ${mean >= 0 ? 'above' : 'below'} where others do. For a talk between two people, never for a decision.`,
        `自评从不进入测量值。平均而言，人们对自己的评价比他人${mean >= 0 ? '高' : '低'} ${fixed(Math.abs(mean))} logit。用于两个人的谈话，不用于决定。`,
      )}
    </p>
    ${scrolled(
      'self',
      html`<table>
        ${headRow(['Person', '人员'], ['Self', '自评', 'n'], ['Others', '他评', 'n'], ['Difference', '差', 'n'], ['90 % interval', '90% 区间'], ['What can be said', '可以说的'])}
        <tbody>
          ${sorted.slice(0, MOST_ROWS).map(
            (one) =>
              html`<tr>
                <th scope="row">${one.id}</th>
                <td class="n">${fixed(one.self)}</td>
                <td class="n">${fixed(one.others)}</td>
                <td class="n"><b>${signed(one.difference)}</b></td>
                <td>${intervalSvg(one.difference, one.se, range)}</td>
                <td>
                  ${one.difference - Z90 * one.se > 0 ? both('higher than others do', '自评偏高') : one.difference + Z90 * one.se < 0 ? both('lower than others do', '自评偏低') : html`<span class="quiet">${both('no clear difference', '无明显差别')}</span>`}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
    ${more(self.length)}
  </section>`
}
