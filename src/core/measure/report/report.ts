// The whole report of a run: one page of HTML without scripts or anything to load, in English and Chinese.
import type { Analysis } from '../analysis.ts'
import { itemCosts } from '../item-costs.ts'
import { biasSection, selfSection, subsetsSection, unexpectedSection } from './checks.ts'
import { agreementSection, dependabilitySection, fitSection } from './evidence.ts'
import { counted } from './counted.ts'
import { fixed, whole } from './figures.ts'
import { both, Html, html } from './html.ts'
import { peopleSection, ratersSection } from './people.ts'
import { profilesSection } from './profiles.ts'
import { itemsSection, rulerSection } from './scale.ts'
import { REPORT_STYLE } from './style.ts'
import { concludeSection, summarySection } from './summary.ts'
import { ESTIMATOR_WORDS, inBoth, STEP_WORDS } from './words.ts'

export interface ReportContext {
  /** What was analysed, as people call it: a file name, a round. */
  readonly name: string
  readonly language?: 'en' | 'zh-Hans'
  /** When it was analysed, as it shall be printed. */
  readonly date?: string
  /** Seconds that the estimation took. */
  readonly seconds?: number
  /** True for made-up data: the page says so at its head. */
  readonly simulated?: boolean
}

/** A self-contained HTML document; the language switch works without a script, so that any content policy allows it. */
export function renderReport(analysis: Analysis, context: ReportContext): string {
  const { measurement } = analysis
  const costs = itemCosts(analysis.ratings, measurement)
  const chinese = context.language === 'zh-Hans'
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
  const page = html`<!doctype html>
    <html lang="${chinese ? 'zh-Hans' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Rungs" />
        <title>${chinese ? `评分测量报告：${context.name}` : `Ratings report: ${context.name}`}</title>
        <style>
          ${Html.make(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <main>
          <header class="top">
            <div>
              <h1>${both('Ratings report', '评分测量报告')}</h1>
              <p class="lead">${context.name}${context.date !== undefined && ` · ${context.date}`}</p>
            </div>
            <fieldset>
              <legend class="hidden">Language · 语言</legend>
              <input type="radio" name="language" id="lang-en" ${!chinese && Html.make(' checked')} /><label
                for="lang-en"
                lang="en"
                >English</label
              ><input type="radio" name="language" id="lang-zh" ${chinese && Html.make(' checked')} /><label
                for="lang-zh"
                lang="zh-Hans"
                >中文</label
              >
            </fieldset>
          </header>
          ${context.simulated && html`<p class="caution">${both('Simulated ratings of made-up people, to try the engine on.', '虚构人员的模拟评分，仅供试用。')}</p>`}
          ${summarySection(analysis)} ${concludeSection(analysis)} ${rulerSection(analysis, costs)}
          ${peopleSection(analysis, costs)} ${profilesSection(analysis)} ${ratersSection(analysis)}
          ${itemsSection(analysis, costs)} ${unexpectedSection(analysis)} ${subsetsSection(analysis)}
          ${biasSection(analysis)} ${selfSection(analysis)} ${fitSection(analysis)}
          ${dependabilitySection(analysis)} ${agreementSection(analysis)} ${factsSection(analysis, context)}
        </main>
      </body>
    </html> `
  return page.text
}

function factsSection(
  { measurement: { summary, subsets }, seed, selfRatings }: Analysis,
  { seconds }: ReportContext,
) {
  const rows = [
    [both('Model', '模型'), inBoth(STEP_WORDS[summary.model])],
    [both('Estimator', '估计方法'), inBoth(ESTIMATOR_WORDS[summary.estimator])],
    [
      both('Ratings', '评分'),
      html`${whole(summary.ratings)}
      (${both(counted(summary.blocks, 'block of one rater and one person', 'blocks of one rater and one person'), `${whole(summary.blocks)} 个“评分人×人员”块`)}${selfRatings > 0 && both(`; ${counted(selfRatings, 'self-rating')} apart`, `；自评 ${whole(selfRatings)} 个另计`)})`,
    ],
    [
      both('Elements', '元素'),
      both(
        `${counted(summary.persons, 'person', 'people')}, ${counted(summary.raters, 'rater')}, ${counted(summary.items, 'item')}, ${counted(summary.categories, 'score')} (${summary.lowest}–${summary.lowest + summary.categories - 1}), ${counted(subsets.length, 'linked set')}`,
        `${whole(summary.persons)} 人，${whole(summary.raters)} 位评分人，${whole(summary.items)} 个条目，${summary.categories} 种分数（${summary.lowest}–${summary.lowest + summary.categories - 1}），${subsets.length} 个关联组`,
      ),
    ],
    [both('Iterations', '迭代次数'), String(summary.iterations)],
    [both('Relative gradient', '相对梯度'), summary.gradient.toExponential(1)],
    [both('Log-likelihood', '对数似然'), fixed(summary.logLikelihood, 4)],
    [
      both('Standard errors', '标准误'),
      summary.standardErrors === 'exact'
        ? both('joint, by exact factorisation', '联合标准误，精确分解')
        : both('joint, scaled to stochastic traces', '联合标准误，按随机迹估计缩放'),
    ],
    [both('Seed of bootstraps', '自助法种子'), String(seed)],
    [both('Hash of the data', '数据散列'), html`<span class="mono">${summary.dataHash}</span>`],
    ...(seconds === undefined ? [] : [[both('Seconds', '用时（秒）'), fixed(seconds, 3)] as const]),
  ] as const
  return html`<section aria-labelledby="run">
    <h2 id="run">${both('This run', '本次运行')}</h2>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </section>`
}
