import { daysIn } from '../../core/timeUnit.ts'
import { bgNbdProcess } from '../bgNbd/bgNbdProcess.ts'
import { noRepeatsProcess } from '../noRepeatsProcess.ts'
import type { CustomerProcesses, FutureProcess, PurchaseProcess } from '../purchaseProcess.ts'
import { type CalendarAhead, calendarAhead, integrateAhead } from './calendarAhead.ts'
import { calendarEnd } from './purchaseCalendar.ts'
import { purchaseScores, seasonalClock } from './seasonalClock.ts'
import { periodEnds, silences } from './seasonalPareto.ts'
import { seasonalParetoProcess } from './seasonalParetoProcess.ts'
import type { SeasonalPurchasesModel } from './seasonalPurchases.ts'
import type { SeasonalSummary } from './withCalendar.ts'

/**
 * The processes of customers under a seasonal model, one for all who came on the same day. Rates of purchase are those of
 * a day whose covariates are 0.
 */
export function seasonalProcesses(
  caller: string,
  model: SeasonalPurchasesModel,
  { histories, calendar }: SeasonalSummary['season'],
): CustomerProcesses {
  const clock = seasonalClock(caller, model, histories, calendar, calendarEnd(calendar))
  const { from, scores } = clock
  const unit = daysIn(histories.timeUnit)
  const ahead = new Map<number, CalendarAhead>()
  const aheadOf = (day: number): CalendarAhead => {
    const known = ahead.get(day) ?? calendarAhead(caller, clock, day, unit)
    ahead.set(day, known)
    return known
  }
  const first = Uint32Array.from(histories.customers, (_, row) => histories.day[histories.offsets[row]!]! - from)
  const plainClock = clock.elapsed.map((time) => time / unit)
  const silenceOf = silences(periodEnds([scores], scores.length), plainClock, 1, unit)
  const made = new Map<number, PurchaseProcess>()
  const processFrom = (since: number): PurchaseProcess => {
    const day = from + since
    const later = (age: number): CalendarAhead => aheadOf(day + Math.round(age * unit))
    if (model.base === 'paretoNbd') return seasonalParetoProcess(model.params, silenceOf, since, unit, later)
    const plain = bgNbdProcess(model.params, model.base === 'mbgNbd' ? 1 : 0)
    return inOperationalTime(plain, model.params.alpha, later)
  }
  const repeatingFrom = (since: number): PurchaseProcess =>
    model.params.r === 0 ? noRepeatsProcess(processFrom(since)) : processFrom(since)
  const of = (row: number): PurchaseProcess => {
    const known = made.get(first[row]!) ?? repeatingFrom(first[row]!)
    made.set(first[row]!, known)
    return known
  }
  return {
    of,
    apart: [first],
    needsTimeAtLast: first.length > 0 && of(0).needsTimeAtLast,
    logSpeeds: purchaseScores(histories, from, scores),
  }
}

/** A process of operational time, asked in plain time. */
function inOperationalTime(
  plain: PurchaseProcess,
  alpha: number,
  later: (age: number) => CalendarAhead,
): PurchaseProcess {
  const birth = later(0)
  const aged = birth.passed
  const futureFrom = (future: FutureProcess, age: number): FutureProcess => {
    const ahead = later(age)
    const scale = alpha + aged(age)
    const expected = (t: number): number => future.expected(ahead.passed(t))
    return {
      expected,
      pmfInto: (t, out) => future.pmfInto(ahead.passed(t), out),
      reach: (t, tail, most) => future.reach(ahead.passed(t), tail, most),
      survival: (t) => future.survival(ahead.passed(t)),
      // By parts: e^(−δt) E(t) + δ ∫ e^(−δu) E(u) du, whose E is analytic but for a pole where its age is −α.
      discounted: (delta, t) =>
        Math.exp(-delta * t) * expected(t) +
        (delta === 0
          ? 0
          : delta *
            integrateAhead(
              ahead,
              t,
              (u, g) => Math.exp(-delta * u) * future.expected(g),
              (_, g, speed) => 1 / Math.max(speed / (scale + g), delta / 4),
            )),
    }
  }
  return {
    logLikelihood: (x, atLast, age) => plain.logLikelihood(x, aged(atLast), aged(age)),
    logDropoutOdds: (x, atLast, age) => plain.logDropoutOdds(x, aged(atLast), aged(age)),
    ifAlive: (x, atLast, age) => futureFrom(plain.ifAlive(x, aged(atLast), aged(age)), age),
    needsTimeAtLast: plain.needsTimeAtLast,
    ofNewCustomer: futureFrom(plain.ofNewCustomer, 0),
    meanRate: (x, atLast, age) => plain.meanRate(x, aged(atLast), aged(age)),
    meanDropout: (x, atLast, age) => plain.meanDropout(x, aged(atLast), aged(age)),
    simulate: (random, age) => plain.simulate(random, aged(age)).map(birth.until),
  }
}
