import { checkObject, checkPositive } from '../core/checks.ts'

/** A copy of the named parameters of a model; `BAD_OPTION` unless each is a finite number above 0. */
export function givenParams<Name extends string>(
  caller: string,
  params: Readonly<Record<Name, number>>,
  names: readonly Name[],
): Record<Name, number> {
  checkObject(caller, 'params', params)
  const checked = names.map((name) => [name, checkPositive(caller, `params.${name}`, params[name])] as const)
  return Object.fromEntries(checked) as Record<Name, number>
}
