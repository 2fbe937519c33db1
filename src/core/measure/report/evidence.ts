// For those who check: reliability and fit, where differences come from, how many raters are enough, agreement.
import type { Analysis } from '../analysis.ts'
import type { GroupDependability } from '../dependability.ts'
import { COMPONENTS } from '../variance-design.ts'
import { fixed, percent } from './figures.ts'
import { both, html, type Html } from './html.ts'
import { headRow, scrolled } from './people.ts'
import { COMPONENT_WORDS, GAP_WORDS, inBoth } from './words.ts'

const FACETS = {
  person: ['People', '人员'],
  rater: ['Raters', '评分人'],
  item: ['Items', '条目'],
  occasion: ['Occasions', '场合'],
} as const

export function fitSection({ measurement }: Analysis): Html {
  const { fit, variance } = measurement
  return html`<section aria-labelledby="fit">
    <h2 id="fit">${both('Fit and reliability', '拟合与信度')}</h2>
    <p class="lead">
      ${both(
        `Mean squares near 1 say that ratings are as predictable as the model expects; over all ratings infit is ${fixed(fit.infit)} and outfit ${fixed(fit.outfit)}. In the tables a mean square is coloured where it is both far from 1 (below 0.7 or above 1.3) and unlikely by chance (|z| above 2).`,
        `均方接近 1 表示评分与模型预期的可预测程度一致；全部评分的 infit 为 ${fixed(fit.infit)}，outfit 为 ${fixed(fit.outfit)}。表中均方既远离 1（低于 0.7 或高于 1.3）又不像偶然（|z| 大于 2）时着色。`,
      )}
    </p>
    ${scrolled(
      'fit',
      html`<table>
        ${headRow(['Facet', '侧面'], ['Elements', '元素', 'n'], ['SD', '标准差', 'n'], ['RMSE', '均方根误差', 'n'], ['Separation', '分离度', 'n'], ['Reliability', '信度', 'n'])}
        <tbody>
          ${fit.reliability.map(
            (one) =>
              html`<tr>
                <th scope="row">${inBoth(FACETS[one.facet])}</th>
                <td class="n">${one.elements}</td>
                <td class="n">${fixed(one.sd)}</td>
                <td class="n">${fixed(one.rmse)}</td>
                <td class="n">${fixed(one.separation)}</td>
                <td class="n">${fixed(one.reliability)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
    <p class="note">
      ${both('For raters high reliability means that they differ reliably in severity, not that they agree.', '对评分人而言，信度高表示他们的严厉程度确有差别，而不是彼此一致。')}
    </p>
    ${
      variance.person !== null &&
      html`<p class="note">
        ${both(
          `Estimated standard deviations in logits: people ${fixed(Math.sqrt(variance.person))}, raters ${variance.rater === null ? '–' : fixed(Math.sqrt(variance.rater))}, one rater’s view of one person ${variance.dyad === null ? '–' : fixed(Math.sqrt(variance.dyad))}.`,
          `估计的标准差（logit）：人员 ${fixed(Math.sqrt(variance.person))}，评分人 ${variance.rater === null ? '–' : fixed(Math.sqrt(variance.rater))}，评分人对个别人的看法 ${variance.dyad === null ? '–' : fixed(Math.sqrt(variance.dyad))}。`,
        )}
      </p>`
    }
  </section>`
}

function groupRow({ group, result }: GroupDependability): Html {
  const name = group === undefined ? both('all raters', '全部评分人') : html`${group}`
  if ('refusal' in result) {
    return html`<tr>
      <th scope="row">${name}</th>
      <td colspan="4" class="quiet">${both(result.refusal.message, `无法估计（${result.refusal.code}）`)}</td>
    </tr>`
  }
  const { needed, now, ratersNow } = result
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="n">${fixed(ratersNow, 1)}</td>
    <td class="n">${fixed(now.dependability)}</td>
    <td class="n">${fixed(now.generalizability)}</td>
    <td class="n">
      ${
        needed.reachable
          ? html`<b>${needed.raters}</b>`
          : both(
              `not within reach (at most ${fixed(needed.ceiling)})`,
              `达不到（上限 ${fixed(needed.ceiling)}）`,
            )
      }
    </td>
  </tr>`
}

export function dependabilitySection({ dependability, target }: Analysis): Html {
  const whole = dependability.find((one) => one.group === undefined)?.result
  const components = whole && 'components' in whole ? whole.components.components : undefined
  const total = components ? COMPONENTS.reduce((sum, name) => sum + (components[name] ?? 0), 0) : 0
  const present = components && total > 0 ? COMPONENTS.filter((name) => components[name] !== undefined) : []
  return html`<section aria-labelledby="dependability">
    <h2 id="dependability">
      ${both('Where differences come from, and how many raters are enough', '差异从何而来，多少评分人才够')}
    </h2>
    ${
      present.length > 0 &&
      html`<p class="lead">
          ${both('Of the variance of one single rating, this much is', '单个评分的方差构成')}
        </p>
        <div class="stack" aria-hidden="true">
          ${present.map((name) => html`<i class="c${COMPONENTS.indexOf(name) + 1}" style="width:${(100 * (components![name] ?? 0)) / total}%"></i>`)}
        </div>
        <ul class="key">
          ${present.map((name) => html`<li><i class="c${COMPONENTS.indexOf(name) + 1}"></i>${percent((components![name] ?? 0) / total)} ${inBoth(COMPONENT_WORDS[name])} <span class="quiet">(${fixed(components![name], 3)})</span></li>`)}
        </ul>`
    }
    <p class="note">
      ${both(
        `Plain means of raw scores, before any adjustment. Dependability (Φ) is for comparing with a bar; generalizability (Eρ²) for comparing people who had the same raters. Raters needed: the fewest whose plain mean reaches ${fixed(target)}.`,
        `针对未经调整的原始均分。可靠性 Φ 用于与标准线比较；概化系数 Eρ² 用于比较由同一批评分人评过的人。所需评分人：原始均分达到 ${fixed(target)} 所需的最少人数。`,
      )}
    </p>
    ${scrolled(
      'dependability',
      html`<table>
        ${headRow(['Raters', '评分人'], ['per person now', '目前每人', 'n'], ['Dependability Φ', '可靠性 Φ', 'n'], ['Generalizability Eρ²', '概化系数 Eρ²', 'n'], ['Raters needed', '所需评分人', 'n'])}
        <tbody>
          ${dependability.map(groupRow)}
        </tbody>
      </table>`,
    )}
  </section>`
}

export function agreementSection({ agreement }: Analysis): Html {
  const reasons = [...new Set(agreement.notDefined.map((gap) => gap.reason))]
  return html`<section aria-labelledby="agreement">
    <h2 id="agreement">${both('Agreement of raters', '评分人之间的一致性')}</h2>
    <p class="lead">
      ${both(
        `Coefficients on raw scores: ${agreement.unitsWithPairs} of ${agreement.units} judgements (a person on an item) were made by two raters or more. 1 is perfect, 0 is chance. Low agreement with clear severity differences is no contradiction: the measures above allow for severity, these coefficients do not.`,
        `基于原始分数：${agreement.units} 个评判（某人的某条目）中有 ${agreement.unitsWithPairs} 个由两位以上评分人作出。1 为完全一致，0 为碰巧。一致性低而严厉程度差别明显并不矛盾：上面的测量值扣除了严厉程度，这些系数没有。`,
      )}
    </p>
    ${
      agreement.values.length > 0 &&
      html`<details open>
        <summary>${both('Coefficients', '系数')}</summary>
        ${scrolled(
          'agreement',
          html`<table>
            ${headRow(['Coefficient', '系数'], ['Value', '值', 'n'], [`${percent(agreement.level)} interval`, `${percent(agreement.level)} 区间`, 'n'], ['SE', '标准误', 'n'], ['Judgements', '评判', 'n'])}
            <tbody>
              ${agreement.values.map(
                (one) =>
                  html`<tr>
                    <th scope="row">${one.id}</th>
                    <td class="n"><b>${fixed(one.value, 3)}</b></td>
                    <td class="n">${fixed(one.lower, 3)} … ${fixed(one.upper, 3)}</td>
                    <td class="n">${one.se === null ? '' : fixed(one.se, 3)}</td>
                    <td class="n">${one.n}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
        )}
      </details>`
    }
    ${
      reasons.length > 0 &&
      html`<ul class="note">
        ${reasons.map(
          (reason) =>
            html`<li>
              ${agreement.notDefined
                .filter((gap) => gap.reason === reason)
                .map((gap) => gap.id)
                .join(', ')}:
              ${inBoth(GAP_WORDS[reason])}
            </li>`,
        )}
      </ul>`
    }
  </section>`
}
