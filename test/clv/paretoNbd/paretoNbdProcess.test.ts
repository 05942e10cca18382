import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectedPurchases, expectedPurchasesOfNewCustomer } from '../../../src/clv/expectedPurchases.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { type ParetoNbdModel, paretoNbdModel } from '../../../src/clv/paretoNbd/paretoNbd.ts'
import { paretoNbdProcess } from '../../../src/clv/paretoNbd/paretoNbdProcess.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { purchaseDistribution, purchaseDistributionOfNewCustomer } from '../../../src/clv/purchaseDistribution.ts'
import type { FutureProcess, PurchaseProcess } from '../../../src/clv/purchaseProcess.ts'
import type { TimeUnit } from '../../../src/core/timeUnit.ts'
import { golden, histories, relativeError } from '../goldens.ts'
import { probes, rowSummary } from '../predictions.ts'

function given([r, alpha, s, beta]: readonly number[], timeUnit: TimeUnit = 'day'): ParetoNbdModel {
  return paretoNbdModel({ params: { r: r!, alpha: alpha!, s: s!, beta: beta! }, timeUnit })
}

function process(params: readonly number[]): PurchaseProcess {
  return paretoNbdProcess(given(params).params)
}

function exactFit(): ParetoNbdModel {
  const { r, alpha, s, beta } = golden('fit_paretonbd_cdnow_exact.json').params
  return given([r, alpha, s, beta].map(Number), 'week')
}

function chances(future: FutureProcess, t: number, max: number): { mass: Float64Array; beyond: number } {
  const mass = new Float64Array(max + 1)
  return { mass, beyond: future.pmfInto(t, mass) }
}

describe('published', () => {
  test('all probes to 1e-12, and 0 where the truth is below the smallest normal double', () => {
    let count = 0
    const check = (fn: string, value: (params: readonly number[], args: Record<string, number>) => number): void => {
      for (const { params, args, truth, underflows_double } of probes(fn, 'paretonbd')) {
        const found = value(params, args as unknown as Record<string, number>)
        if (underflows_double) expect(found).toBe(0)
        else expect(relativeError(found, truth), `${fn} ${params} ${JSON.stringify(args)}`).toBeLessThan(1e-12)
        count++
      }
    }
    const history = ({ x, tx, T }: Record<string, number>) => histories([x!, tx!, T!])
    check('loglik', (params, args) => logLikelihood(given(params), history(args))[0]!)
    check('p_alive', (params, args) => probabilityAlive(given(params), history(args))[0]!)
    check('cond_expected', (params, args) => expectedPurchases(given(params), history(args), args.t!)[0]!)
    check('expected', (params, args) => expectedPurchasesOfNewCustomer(given(params), args.t!))
    check('dert', (params, args) => {
      const { x, tx, T, delta } = args as { x: number; tx: number; T: number; delta: number }
      const { ifAlive } = process(params)
      const alive = probabilityAlive(given(params), history(args))[0]!
      return alive * ifAlive(x, tx, T).discounted!(delta, Number.POSITIVE_INFINITY)
    })
    check('pmf', (params, { t, n }) => purchaseDistributionOfNewCustomer(given(params), t!, { max: n! + 5 })[n!]!)
    expect(count).toBe(33)
  })

  test('the CDNOW sample to 1e-11', () => {
    const truth = golden('predictions_cdnow_sample.json')
    const summary = rowSummary(truth.rows)
    const model = exactFit()
    probabilityAlive(model, summary).forEach((value, row) => {
      expect(relativeError(value, truth.rows[row].palive.paretonbd)).toBeLessThan(1e-11)
    })
    for (const horizon of [13, 26, 39]) {
      expectedPurchases(model, summary, horizon).forEach((value, row) => {
        expect(relativeError(value, truth.rows[row][`ce${horizon}`].paretonbd)).toBeLessThan(1e-11)
      })
    }
    for (const [horizon, value] of Object.entries(truth.expected.paretonbd)) {
      expect(relativeError(expectedPurchasesOfNewCustomer(model, Number(horizon)), value as string)).toBeLessThan(1e-11)
    }
    const of39 = purchaseDistributionOfNewCustomer(model, 39, { max: 7 })
    truth.pmf39.paretonbd.forEach((value: string, n: number) => {
      expect(relativeError(of39[n]!, value)).toBeLessThan(1e-11)
    })
  })

  test('discounted residual purchases of the first 40 customers to 1e-9', () => {
    const { rows } = golden('clv_cdnow_first40.json')
    const { ifAlive } = paretoNbdProcess(exactFit().params)
    const alive = probabilityAlive(exactFit(), rowSummary(rows))
    rows.forEach(({ x, tx_days, T_days, dert_pareto_0027 }: Record<string, number>, row: number) => {
      const left = ifAlive(x!, tx_days! / 7, T_days! / 7).discounted!(0.0027, Number.POSITIVE_INFINITY)
      expect(relativeError(alive[row]! * left, dert_pareto_0027!)).toBeLessThan(1e-9)
    })
  })

  test('ordinary and extreme parameters', () => {
    const { rows } = golden('paretoNbd.json')
    expect(rows.length).toBeGreaterThan(400)
    for (const { fn, params, args, truth } of rows) {
      const { logLikelihood: log, logDropoutOdds, ofNewCustomer } = process(params)
      const where = `${fn} ${params} ${JSON.stringify(args)} ${truth}`
      const { x, tx, T, t, n, delta } = args
      if (fn === 'logLikelihood') {
        // ln Γ(r + x) and x ln α nearly cancel where purchases are many: what is left is good to the larger's rounding.
        const terms = x * Math.abs(Math.log((params[0] + x) / params[1])) + x * Math.abs(Math.log(1 + tx / params[1]))
        expect(Math.abs(log(x, tx, T) - Number(truth)), where).toBeLessThan(1e-12 * Math.abs(truth) + 4e-16 * terms)
      }
      // Of ln w, the error is the relative one of w.
      if (fn === 'logDropoutOdds') {
        expect(Math.abs(logDropoutOdds(x, tx, T) - Number(truth)), where).toBeLessThan(1e-13 * (1 + Math.abs(truth)))
      }
      if (fn === 'expected') expect(relativeError(ofNewCustomer.expected(t), truth), where).toBeLessThan(1e-14)
      if (fn === 'discounted') {
        const found = ofNewCustomer.discounted!(delta, t ?? Number.POSITIVE_INFINITY)
        expect(relativeError(found, truth), where).toBeLessThan(1e-13)
      }
      // A product of n factors, and e to the power of r ln(1 + u/α), round as often as they are large.
      if (fn === 'pmf') {
        const rounding = n + params[0] * Math.log1p(t / params[1])
        const found = chances(ofNewCustomer, t, n).mass[n]!
        expect(relativeError(found, truth), where).toBeLessThan(1e-13 + 4e-16 * rounding)
      }
    }
  })
})

describe('laws', () => {
  const power = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true }).map((p) => 10 ** p)
  const params = fc.tuple(power(-1, 1), power(0, 2), power(-1, 1), power(0, 2))
  const time = power(-2, 2)

  test('the probabilities of counts add up to 1, and their mean is the expectation', () => {
    fc.assert(
      fc.property(params, time, fc.nat(40), (p, t, x) => {
        const summary = histories([x, x > 0 ? 20 : 0, 25])
        const { probabilities, beyond } = purchaseDistribution(given(p), summary, t, { max: 1500 })
        // 1,501 terms of running products, each of 1e-16, under some hundred weights.
        expect(Math.abs(probabilities.reduce((sum, value) => sum + value, beyond[0]!) - 1)).toBeLessThan(1e-12)
        if (beyond[0]! > 1e-18) return
        const mean = probabilities.reduce((sum, value, n) => sum + n * value, 0)
        expect(relativeError(mean, expectedPurchases(given(p), summary, t)[0]!)).toBeLessThan(1e-11)
      }),
    )
  })

  test('room for more counts changes none, and what is beyond is what they hold', () => {
    fc.assert(
      fc.property(params, time, fc.nat(20), (p, t, max) => {
        const few = chances(process(p).ofNewCustomer, t, max)
        const many = chances(process(p).ofNewCustomer, t, max + 300)
        few.mass.forEach((value, n) => {
          expect(Math.abs(value - many.mass[n]!)).toBeLessThan(1e-13 * value)
        })
        const rest = many.mass.subarray(max + 1).reduce((sum, value) => sum + value, many.beyond)
        expect(relativeError(few.beyond, rest)).toBeLessThan(1e-12)
      }),
    )
  })

  test('no purchase until T, as a history and as a count, has one probability', () => {
    fc.assert(
      fc.property(params, time, (p, t) => {
        const log = process(p).logLikelihood(0, 0, t)
        expect(relativeError(chances(process(p).ofNewCustomer, t, 0).mass[0]!, Math.exp(log))).toBeLessThan(1e-13)
      }),
    )
  })

  test('P(alive) of who never bought again is survival without a purchase over silence', () => {
    fc.assert(
      fc.property(params, time, (p, t) => {
        const { logDropoutOdds, logLikelihood: log, ofNewCustomer } = process(p)
        const silent = ofNewCustomer.survival!(t) * (1 + t / p[1]) ** -p[0]
        expect(
          relativeError(1 / (1 + Math.exp(logDropoutOdds(0, 0, t))), silent / Math.exp(log(0, 0, t))),
        ).toBeLessThan(1e-13)
      }),
    )
  })

  /** Sum over x, and integral over t_x, of the probability of a history until T times what is asked of it. */
  function overHistories(p: readonly number[], T: number, of: (x: number, tx: number) => number): number {
    const { logLikelihood: log } = process(p)
    let total = Math.exp(log(0, 0, T)) * of(0, 0)
    // Simpson's rule: the density in t_x of x purchases, the last then, is that of their times over (x − 1)! t_x^(x−1).
    const steps = 200
    let logFactorial = 0
    for (let x = 1; x < 60; x++) {
      if (x > 1) logFactorial += Math.log(x - 1)
      for (let i = 0; i <= steps; i++) {
        const tx = (T * i) / steps
        const density =
          i === 0 && x > 1 ? 0 : Math.exp(log(x, tx, T) + (x > 1 ? (x - 1) * Math.log(tx) : 0) - logFactorial)
        const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
        total += ((weight * T) / (3 * steps)) * density * of(x, tx)
      }
    }
    return total
  }

  test('the histories have probability 1, and what they are expected to teach is what was believed before', () => {
    const p = [1.4, 12, 1.7, 25]
    const { meanRate, meanDropout, logDropoutOdds, ofNewCustomer } = process(p)
    const alive = (x: number, tx: number): number => 1 / (1 + Math.exp(logDropoutOdds(x, tx, 8)))
    // Simpson's rule with 200 steps on densities of x ≤ 60, and beyond them P(X > 59) ~ 1e-20.
    expect(
      relativeError(
        overHistories(p, 8, () => 1),
        1,
      ),
    ).toBeLessThan(1e-8)
    expect(
      relativeError(
        overHistories(p, 8, (x, tx) => meanRate!(x, tx, 8)),
        1.4 / 12,
      ),
    ).toBeLessThan(1e-8)
    expect(
      relativeError(
        overHistories(p, 8, (x, tx) => meanDropout!(x, tx, 8)),
        1.7 / 25,
      ),
    ).toBeLessThan(1e-8)
    expect(relativeError(overHistories(p, 8, alive), ofNewCustomer.survival!(8))).toBeLessThan(1e-8)
  })

  test('discounting nothing is the expectation, and parts of time add up', () => {
    fc.assert(
      fc.property(params, time, power(-5, 0), (p, t, delta) => {
        const { expected, discounted, survival } = process(p).ofNewCustomer
        expect(relativeError(discounted!(0, t), expected(t))).toBeLessThan(1e-13)
        const whole = discounted!(delta, Number.POSITIVE_INFINITY)
        // Who is there at t has the future of a new customer; only the dropout rate is known better.
        const [r, alpha, s, beta] = p
        const rest = process([r, alpha, s, beta + t]).ofNewCustomer.discounted!(delta, Number.POSITIVE_INFINITY)
        const parts = discounted!(delta, t) + Math.exp(-delta * t) * survival!(t) * rest
        expect(relativeError(parts, whole)).toBeLessThan(1e-13)
      }),
    )
  })

  test('time has no unit of its own', () => {
    fc.assert(
      fc.property(params, fc.nat(50), time, (p, x, t) => {
        const [r, alpha, s, beta] = p
        const [slow, fast] = [process([r, 1024 * alpha, s, 1024 * beta]), process(p)]
        const tx = x > 0 ? t / 2 : 0
        expect(slow.logDropoutOdds(x, 1024 * tx, 1024 * t)).toBeCloseTo(fast.logDropoutOdds(x, tx, t), 11)
        expect(slow.ofNewCustomer.expected(1024 * t)).toBe(fast.ofNewCustomer.expected(t))
      }),
    )
  })

  test('reach leaves less than the tail beyond it', () => {
    fc.assert(
      fc.property(params, time, (p, t) => {
        const { ofNewCustomer } = process(p)
        const reach = ofNewCustomer.reach(t, 1e-10, 5000)
        if (reach < 5000) expect(chances(ofNewCustomer, t, reach).beyond).toBeLessThan(1e-10)
      }),
    )
  })
})
