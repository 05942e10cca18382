// Maximum likelihood of BG/NBD and Gamma-Gamma, judged by the likelihood that the papers print.
import { customerSummaryFromColumns, fitBgNbd, fitGammaGamma } from 'clientele'
import { histories, TRUTH } from './data.js'
import { mustHold } from './harness.js'
import { bgNbdLogLikelihood, gammaGammaLogLikelihood } from './textbook.js'

/** What the textbook's sum of logarithms can lose by rounding, as a share of it. */
const ROUNDING = 1e-10

export async function bench({ race, sizes, powerText, python }) {
  const rows = []
  for (const size of sizes({ small: [1e4], full: [1e4, 1e5, 1e6], large: [1e7] })) {
    const data = histories(size)
    const summary = customerSummaryFromColumns(data, { timeUnit: 'week' })
    const columns = { repeats: data.repeats, ageAtLast: data.ageAtLast, age: data.age }
    rows.push(
      ...(await race({
        work: 'fit BG/NBD',
        size: `${powerText(size)} customers`,
        contestants: {
          clientele: () => fitBgNbd(summary).params,
          ...python.contestant('lifetimes', 'bgNbd', powerText(size), columns),
        },
        check: likeliest((params) => bgNbdLogLikelihood(params, data), TRUTH.purchases),
      })),
      ...(await race({
        work: 'fit Gamma-Gamma',
        size: `${powerText(size)} customers`,
        contestants: {
          clientele: () => fitGammaGamma(summary).params,
          ...python.contestant('lifetimes', 'gammaGamma', powerText(size), {
            repeats: data.repeats,
            meanRepeatValue: data.meanRepeatValue,
          }),
        },
        check: likeliest((params) => gammaGammaLogLikelihood(params, data), TRUTH.spend),
      })),
    )
  }
  return rows
}

/** Ours must be likelier than the parameters that made the data, and not less likely than anybody else's. */
function likeliest(logLikelihood, truth) {
  let our
  return (params, _, ours) => {
    our ??= logLikelihood(ours)
    const found = params === ours ? our : logLikelihood(params)
    const least = Math.max(found, logLikelihood(truth))
    mustHold(our >= least - ROUNDING * Math.abs(least), `our log-likelihood is ${our}, below ${least}`)
    return `ln L ${found.toFixed(4)}`
  }
}
