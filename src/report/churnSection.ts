import { gainPlot, reliabilityPlot } from '../plot/index.ts'
import { countText, decimalText, percentText } from '../plot/numberText.ts'
import { churnConclusion } from './churnConclusion.ts'
import { figureHtml, figuresHtml } from './figure.ts'
import { html, named } from './html.ts'
import type { ReportData, ScorerFacts } from './reportData.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'

/** What churn means here, how well it can be told, and whether the model is worth its trouble. */
export function churnSection({ churn, horizons }: ReportData): Section | undefined {
  if (churn === undefined || churn.scorers.length === 0) return undefined
  const { scorers } = churn
  const calibrated = scorers.filter(({ reliability }) => reliability.length > 0)
  const ranked = scorers.filter(({ gain }) => gain.share.length > 0)
  const figures = [
    ...(calibrated.length > 0
      ? [
          figureHtml(
            reliabilityPlot(
              calibrated.map(({ name, reliability }) => ({ name, bins: reliability })),
              { embedded: true },
            ),
            'A probability that can be taken at its word lies on the dashed line. Upright bars are 90% intervals.',
          ),
        ]
      : []),
    ...(ranked.length > 0
      ? [
          figureHtml(
            gainPlot(
              ranked.map(({ name, gain }) => ({ name, curve: gain })),
              { show: 'lift', positives: 'churners', embedded: true },
            ),
            'How many times as many customers who do not come back are found by choosing the highest scores as by chance.',
          ),
        ]
      : []),
  ]
  return {
    id: 'churn',
    title: 'Churn',
    body: html`<p>Nobody cancels here, so churn means: no purchase within ${horizons.churn}. Of the ${countText(churn.customers, 'customer')} tested from ${named(churn.cutoff)} on, ${percentText(churn.baseRate)} made none.</p>
<p><strong>${churnConclusion(churn).long}</strong>${churn.verdict === undefined ? '' : html` ${named(churn.verdict)}`}</p>
${tableHtml({
  caption:
    'Scorers on customers and weeks they had not seen. AUC .5 is chance and 1 perfect; a smaller Brier score is better',
  columns: [
    { head: 'Scorer', kind: 'text' },
    { head: 'AUC' },
    { head: '95% interval' },
    { head: 'Brier score' },
    { head: 'Lift at 10%' },
  ],
  rows: scorers.map(scorerRow),
})}${figuresHtml(figures)}`,
  }
}

function scorerRow({ name, role, auc, aucLow, aucHigh, brier, lift10 }: ScorerFacts) {
  return [
    html`${named(name)}${role === 'baseline' ? ' (baseline)' : ''}`,
    decimalText(auc, 3),
    `${decimalText(aucLow, 3)} to ${decimalText(aucHigh, 3)}`,
    decimalText(brier, 4),
    Number.isFinite(lift10) ? `${decimalText(lift10, 2)}×` : decimalText(lift10),
  ]
}
