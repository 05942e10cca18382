import { ClienteleError } from '../core/errors.ts'

/**
 * Refuses models of another kind than a function can say anything of, which types alone do not keep away.
 *
 * @throws {ClienteleError} `BAD_OPTION`
 */
export function checkKind(caller: string, { kind }: { readonly kind: string }, kinds: readonly string[]): void {
  if (kinds.includes(kind)) return
  throw new ClienteleError('BAD_OPTION', `${caller}: the model must be one of ${kinds.join(', ')}, got ${kind}`)
}

/** The models of purchases in continuous time whose parameters are the same for all customers. */
export const PLAIN_KINDS: readonly string[] = ['bgNbd', 'mbgNbd', 'bgCnbdK', 'paretoNbd', 'nbd']

/** These, and those with covariates. */
export const SUMMARY_KINDS: readonly string[] = [...PLAIN_KINDS, 'purchaseCovariates', 'seasonalPurchases']
