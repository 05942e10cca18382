import { type Dictionary, dictionary } from '../table/dictionary.ts'
import { type ByteDictionary, byteDictionary } from './byteDictionary.ts'
import { ownText } from './ownText.ts'

/** What numbers the customers and orders of batches. */
export interface BatchIds {
  readonly customers: Dictionary
  readonly orders: Dictionary
  /** Whether it serves all batches, as long as it is not large. */
  readonly isShared: boolean
  /** Whether it holds as much as it should. */
  isLarge(): boolean
}

/** Numbers of one batch, for readers that have texts. */
export function textIds(): BatchIds {
  return { customers: ownDictionary(), orders: ownDictionary(), isShared: false, isLarge: () => false }
}

/** Numbers for readers that have bytes. They last until there are so many that they would be all of the memory. */
export interface ByteIds extends BatchIds {
  readonly customers: ByteDictionary
  readonly orders: ByteDictionary
}

/** Empty numbers of bytes. */
export function byteIds(): ByteIds {
  const customers = byteDictionary()
  const orders = byteDictionary()
  return { customers, orders, isShared: true, isLarge: () => customers.isLarge() || orders.isLarge() }
}

/** A dictionary whose names do not keep the text alive from which they were cut. */
function ownDictionary(): Dictionary {
  const known = dictionary()
  let own: string[] = []
  return {
    ...known,
    names() {
      if (own.length < known.size()) own = known.names().map(ownText)
      return own
    },
  }
}
