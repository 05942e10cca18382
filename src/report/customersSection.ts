import { labelText } from '../plot/labelText.ts'
import { countText, decimalText, moneyText, percentText } from '../plot/numberText.ts'
import { html, named } from './html.ts'
import type { ReportData } from './reportData.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'
import { valueWords } from './valueWords.ts'

/** The customers who are expected to be worth most, by id. */
export function customersSection({
  topCustomers,
  lifetimeValue,
  currency,
  timeUnit,
  horizons,
}: ReportData): Section | undefined {
  if (topCustomers.length === 0) return undefined
  const value = valueWords(lifetimeValue)
  const money = currency === '' ? '' : `, ${currency}`
  return {
    id: 'customers',
    title: 'Most valuable customers',
    body: html`${tableHtml({
      caption:
        lifetimeValue === undefined
          ? `${countText(topCustomers.length, 'customer')} with the most money so far`
          : `${countText(topCustomers.length, 'customer')} with the highest expected ${value.money === 'money' ? 'value' : value.money} within ${horizons.value}`,
      columns: [
        { head: 'Customer', kind: 'text' },
        { head: 'Segment', kind: 'text' },
        { head: 'Purchases' },
        { head: `Money so far${money}` },
        { head: `${timeUnit === 'week' ? 'Weeks' : 'Days'} since last` },
        { head: 'Churn risk' },
        { head: `${value.head}${money}` },
      ],
      rows: topCustomers.map((each) => [
        named(labelText(String(each.customer), 120)),
        named(each.segment),
        decimalText(each.purchases),
        moneyText(each.total, '', 2),
        decimalText(each.sinceLast, 1),
        percentText(each.churnRisk, 0),
        moneyText(each.lifetimeValue, '', 2),
      ]),
    })}`,
  }
}
