// The ruler, the items and their steps, and how each score is used.
import type { Analysis } from '../analysis.ts'
import { categoryProbabilities, type ItemCosts } from '../item-costs.ts'
import { fixed, interval90, percent, whole } from './figures.ts'
import { both, html, type Html } from './html.ts'
import { fitCell, headRow, more, MOST_ROWS, scrolled } from './people.ts'
import { layOutRuler, NARROW, rulerRange, WIDE } from './ruler-layout.ts'
import { curvesSvg, rulerSvg } from './ruler-svg.ts'

const POINTS = 121
/** With more items than this the curves of all of them are averaged. */
const MOST_CURVES = 12

export function rulerSection({ measurement }: Analysis, costs: ItemCosts): Html {
  const { categories, lowest } = measurement.summary
  const ids = 'ruler'
  const wide = layOutRuler(measurement, costs, WIDE)
  const sets = measurement.subsets.length
  return html`<section aria-labelledby="ruler">
    <h2 id="ruler">
      ${both('The ruler: people, raters, items and scores on one scale', '标尺：人员、评分人、条目与分数在同一把尺上')}
    </h2>
    <figure>
      ${rulerSvg(wide, ids, 'ruler wide', categories, lowest)}
      ${rulerSvg(layOutRuler(measurement, costs, NARROW), ids, 'ruler narrow', categories, lowest)}
      <figcaption>
        ${both(
          'All four columns share the scale on the left (logits). People further up were rated higher once raters and items are allowed for; raters further up are harsher; items further up are harder to be rated well on. The score column reads across: a person at this height can expect this score, on an average item, from an average rater. Small arrows mark the steps. The bracket in each column is a typical 90 % interval: people closer than most of its length cannot be told apart.',
          '四列共用左侧的尺（logit）。扣除评分人与条目的影响后，越靠上的人评价越高；越靠上的评分人越严；越靠上的条目越难得高分。分数列横着读：处在这一高度的人，在一般条目上，从一般评分人那里预期得到这个分数。小箭头标出台阶。各列的括线为典型的 90% 区间：距离不到其大半长度的人无法区分。',
        )}
      </figcaption>
    </figure>
    ${
      sets > 1 &&
      html`<p class="caution">
        ${both(
          `No rating links these ${sets} sets: each stands in a lane of its own, and heights of people and raters can be compared within a lane only.${wide.setsLeftOut > 0 ? ` ${wide.setsLeftOut} more sets have no room here.` : ''}`,
          `这 ${sets} 组之间没有评分相连：各组分列显示，人员与评分人的高低只能在同一列内比较。${wide.setsLeftOut > 0 ? `另有 ${wide.setsLeftOut} 组因空间所限未画出。` : ''}`,
        )}
      </p>`
    }
    <p class="note">
      ${both('The numbers behind the picture stand in the tables of people, raters, items and steps below.', '图背后的数字见下文人员、评分人、条目和台阶各表。')}
    </p>
  </section>`
}

export function itemsSection(analysis: Analysis, costs: ItemCosts): Html {
  const { measurement } = analysis
  const { items, steps, summary, categories, occasions } = measurement
  const own = steps.some((step) => step.item !== undefined)
  const range = curveRange(analysis)
  return html`<section aria-labelledby="items">
    <h2 id="items">${both('Items and scores', '条目与分数')}</h2>
    <p class="lead">
      ${both('From hard to easy. A harder item gets lower scores from the same raters for the same people.', '由难到易。同样的评分人、同样的人，较难的条目得分较低。')}
    </p>
    ${scrolled(
      'items',
      html`<table>
        ${headRow(['Item', '条目'], ['Ratings', '评分', 'n'], ['Average', '均分', 'n'], ['An average person gets', '一般人得分', 'n'], ['Difficulty', '难度', 'n'], ['SE', '标准误', 'n'], ['90 % interval', '90% 区间', 'n'], ['Infit', 'Infit', 'n'], ['Outfit', 'Outfit', 'n'])}
        <tbody>
          ${items
            .toSorted((a, b) => b.measure - a.measure)
            .slice(0, MOST_ROWS)
            .map(
              (item) =>
                html`<tr>
                  <th scope="row">${item.id}</th>
                  <td class="n">${whole(item.n)}</td>
                  <td class="n">${fixed(item.rawAverage)}</td>
                  <td class="n"><b>${fixed(item.fairAverage)}</b></td>
                  <td class="n">${fixed(item.measure)}</td>
                  <td class="n">${fixed(item.se)}</td>
                  <td class="n">${interval90(item.measure, item.se)}</td>
                  ${fitCell(item.infit, item.infitZ)}${fitCell(item.outfit, item.outfitZ)}
                </tr>`,
            )}
        </tbody>
      </table>`,
    )}
    ${more(items.length)}
    ${
      occasions.length > 0 &&
      html`<h3 id="occasions">${both('Occasions', '场合')}</h3>
        ${scrolled(
          'occasions',
          html`<table>
            ${headRow(['Occasion', '场合'], ['Ratings', '评分', 'n'], ['Average', '均分', 'n'], ['Difficulty', '难度', 'n'], ['SE', '标准误', 'n'])}
            <tbody>
              ${occasions.map(
                (one) =>
                  html`<tr>
                    <th scope="row">${one.id}</th>
                    <td class="n">${one.n}</td>
                    <td class="n">${fixed(one.rawAverage)}</td>
                    <td class="n">${fixed(one.measure)}</td>
                    <td class="n">${fixed(one.se)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
        )}`
    }
    <h3 id="scores">${both('How the scores are used', '各分数的使用情况')}</h3>
    <figure>
      ${
        own && items.length <= MOST_CURVES
          ? html`<div class="multiples">
              ${items.map((item) => curvesSvg(curvesOf([costs.get(item.id)!], range), range, 'scores', summary.lowest, item.id))}
            </div>`
          : html`<div class="multiples">
              ${curvesSvg(curvesOf(own ? [...costs.values()] : [centred(costs, items)], range), range, 'scores', summary.lowest)}
            </div>`
      }
      <figcaption>
        ${both(
          `How likely each score is along the ruler${own ? (items.length <= MOST_CURVES ? ', item by item' : ', averaged over items') : ', on an average item'}. A healthy scale is a row of hills: each score is the likeliest somewhere.`,
          `各分数沿标尺出现的可能性${own ? (items.length <= MOST_CURVES ? '，逐个条目' : '，对条目取平均') : '，以一般条目为例'}。好的量表像一排小山：每个分数都有一段是最可能的。`,
        )}
      </figcaption>
    </figure>
    ${scrolled(
      'scores',
      html`<table>
        ${headRow(
          ['Score', '分数'],
          ['Given', '次数', 'n'],
          ['Share', '占比', 'n'],
          ['Average measure', '平均测量值', 'n'],
          ['Outfit', 'Outfit', 'n'],
          ...(own
            ? []
            : ([
                ['Step into it', '进入该分数的台阶', 'n'],
                ['SE', '标准误', 'n'],
              ] as const)),
        )}
        <tbody>
          ${categories.map((one) => {
            const step = own ? undefined : steps.find((each) => each.category === one.category)
            return html`<tr>
              <th scope="row">${one.category}</th>
              <td class="n">${whole(one.count)}</td>
              <td class="n">${percent(one.share)}</td>
              <td class="n">${one.count > 0 ? fixed(one.averageMeasure) : '–'}</td>
              <td class="n">${one.count > 0 ? fixed(one.outfit) : '–'}</td>
              ${
                !own &&
                html`<td class="n">${fixed(step?.measure)}</td>
                  <td class="n">${fixed(step?.se)}</td>`
              }
            </tr>`
          })}
        </tbody>
      </table>`,
    )}
    ${
      own &&
      html`<details>
        <summary>${both('Steps of each item', '各条目的台阶')}</summary>
        ${scrolled(
          'scores',
          html`<table>
            ${headRow(['Item', '条目'], ['Into score', '进入分数', 'n'], ['Step, from the item’s location', '台阶（相对条目位置）', 'n'], ['SE', '标准误', 'n'])}
            <tbody>
              ${steps.slice(0, MOST_ROWS * 4).map(
                (step) =>
                  html`<tr>
                    <th scope="row">${step.item ?? ''}</th>
                    <td class="n">${step.category}</td>
                    <td class="n">${fixed(step.measure)}</td>
                    <td class="n">${fixed(step.se)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
        )}
      </details>`
    }
  </section>`
}

function curveRange({ measurement }: Analysis): readonly [number, number] {
  const [low, high] = rulerRange(measurement)
  return [Math.min(-4, low), Math.max(4, high)]
}

/** Costs of an item at the mean location, from any item of a rating-scale model. */
function centred(costs: ItemCosts, items: readonly { id: string; measure: number }[]): Float64Array {
  const first = items[0]!
  return costs.get(first.id)!.map((cost, k) => cost - k * first.measure)
}

function curvesOf(costs: readonly Float64Array[], [low, high]: readonly [number, number]): number[][] {
  const categories = costs[0]?.length ?? 0
  const curves = Array.from({ length: categories }, () => Array.from<number>({ length: POINTS }).fill(0))
  for (let at = 0; at < POINTS; at++) {
    const location = low + (at / (POINTS - 1)) * (high - low)
    for (const own of costs) {
      for (const [k, probability] of categoryProbabilities(own, location).entries())
        curves[k]![at]! += probability / costs.length
    }
  }
  return curves
}
