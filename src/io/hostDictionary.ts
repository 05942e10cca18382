import { firstSeen } from '../kernels/firstSeen.ts'
import { type Dictionary, dictionary } from '../table/dictionary.ts'

/** A dictionary that takes over the numbers of another one as long as they are what its own would be. */
export interface HostDictionary extends Dictionary {
  /**
   * Takes the texts of some rows by their numbers, and so without a look at any. `false`, and nothing is taken, if texts
   * came from elsewhere before, or are not numbered in the order of their first appearance.
   *
   * @param names - different texts; a list that grows is always the same one
   * @param codes - numbers in `names` plus `base`; what is below it stands for nothing
   */
  adopt(names: readonly string[], codes: Uint32Array, base: number): boolean
}

/** An empty dictionary. */
export function hostDictionary(): HostDictionary {
  let guests: readonly string[] = []
  let count = 0
  let own: Dictionary | undefined
  /** From here on texts get numbers here, the next ones after those that were taken over. */
  function settled(): Dictionary {
    if (own === undefined) {
      own = dictionary()
      own.codesInto(guests.slice(0, count), new Uint32Array(count))
    }
    return own
  }
  return {
    adopt(names, codes, base) {
      if (own !== undefined || (count > 0 && names !== guests)) return false
      const seen = firstSeen(codes, base, count)
      if (seen < 0 || seen > names.length) return false
      guests = names
      count = seen
      return true
    },
    codeOf: (text) => settled().codeOf(text),
    codesInto: (texts, codes) => settled().codesInto(texts, codes),
    names: () => own?.names() ?? guests.slice(0, count),
    size: () => own?.size() ?? count,
  }
}
