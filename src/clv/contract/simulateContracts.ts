import { checkList, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { checkSeed, type Random, randomFrom } from '../../core/random.ts'
import { logGammaVariate } from '../../core/variates.ts'
import { type ContractHistories, contractHistories } from './contractHistories.ts'
import { type ContractCurve, type ContractModel, contractCurve } from './contractModel.ts'

/** Options of `simulateContracts`. */
export interface SimulateContractsOptions {
  /** For each customer, the renewals that there were time for: whole numbers from 1 to 1,000,000. */
  readonly periods: ArrayLike<number>
  /** Determines every draw. @default 1 */
  readonly seed?: number
}

/**
 * Contracts of customers who behave as the model says. Linear in the customers.
 *
 * @throws {ClienteleError} `BAD_OPTION` for a seed that is none; `BAD_SHAPE` if periods are no such numbers
 * @see Fader & Hardie (2007), section 3; Fader et al. (2018), equation 4
 * @example
 * const simulated = simulateContracts(contract, { periods: new Uint32Array(1000).fill(7) })
 * simulated.stayed[6] // 486, of the 1,000 still there after seven renewals
 */
export function simulateContracts(model: ContractModel, options: SimulateContractsOptions): ContractHistories {
  const curve = contractCurve('simulateContracts', model)
  const { periods, seed = 1, ...others } = checkOptions('simulateContracts', options)
  checkNoOthers('simulateContracts', others)
  checkList('simulateContracts', 'periods', periods)
  const random = randomFrom(checkSeed('simulateContracts', seed))
  const faced = new Float64Array(periods.length)
  const left = new Uint8Array(periods.length)
  for (let customer = 0; customer < periods.length; customer++) {
    const most = periods[customer]!
    if (!(Number.isInteger(most) && most >= 1 && most <= 1_000_000)) {
      const rule = '"periods" must be whole numbers from 1 to 1000000'
      throw new ClienteleError('BAD_SHAPE', `simulateContracts: ${rule}, got ${most} for customer ${customer}`)
    }
    const lasts = drawLifetime(curve, random)
    left[customer] = lasts < most ? 1 : 0
    faced[customer] = lasts < most ? Math.floor(lasts) + 1 : most
  }
  return contractHistories({ periods: faced, left })
}

/** A time t with P(t > n) = S(n) for every whole number n of renewals. */
function drawLifetime(curve: ContractCurve, random: Random): number {
  if (curve.limit !== undefined) return curve.limit.onset * (1 - random.unit()) ** (-1 / curve.limit.exponent)
  const { alpha, beta, c } = curve
  // −ln(1 − θ), from the logarithm of the odds: chances too small for a double still end contracts.
  const hazard = Math.log1p(Math.exp(logGammaVariate(alpha, random) - logGammaVariate(beta, random)))
  return (-Math.log(1 - random.unit()) / hazard) ** (1 / c)
}
