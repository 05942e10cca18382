// Maximum likelihood of Pareto/NBD, judged by the likelihood that the papers print.
import { customerSummaryFromColumns, fitParetoNbd } from 'clientele'
import { histories } from './data.js'
import { mustHold } from './harness.js'
import { paretoNbdLogLikelihood } from './textbook.js'

/** What the textbook's sum of logarithms can lose by rounding, as a share of it. */
const ROUNDING = 1e-9

export async function bench({ race, sizes, powerText, python }) {
  const rows = []
  for (const size of sizes({ small: [1e4], full: [1e4, 1e5], large: [1e6] })) {
    const data = histories(size)
    const summary = customerSummaryFromColumns(data, { timeUnit: 'week' })
    const columns = { repeats: data.repeats, ageAtLast: data.ageAtLast, age: data.age }
    // lifetimes takes the better part of a minute at 10^5: one turn says enough. At 10^6 it would take ten.
    const peer = size > 1e5 ? { contestant: () => ({}) } : python
    rows.push(
      ...(await race(
        {
          work: 'fit Pareto/NBD',
          size: `${powerText(size)} customers`,
          contestants: {
            clientele: () => fitParetoNbd(summary).params,
            ...peer.contestant('lifetimes', 'paretoNbd', powerText(size), columns),
          },
          check: likeliest((params) => paretoNbdLogLikelihood(params, data)),
        },
        size === 1e5 ? 1 : undefined,
      )),
    )
  }
  return rows
}

/** Ours must not be less likely than anybody else's, nor than itself with any parameter moved by a hundredth. */
function likeliest(logLikelihood) {
  let our
  return (params, _, ours) => {
    const isOurs = our === undefined
    our ??= logLikelihood(ours)
    const rivals = isOurs
      ? Object.keys(ours).flatMap((name) => [0.99, 1.01].map((factor) => ({ ...ours, [name]: factor * ours[name] })))
      : [params]
    for (const rival of rivals) {
      const found = logLikelihood(rival)
      mustHold(our >= found - ROUNDING * Math.abs(found), `our log-likelihood is ${our}, below ${found}`)
    }
    return `ln L ${(isOurs ? our : logLikelihood(params)).toFixed(4)}`
  }
}
