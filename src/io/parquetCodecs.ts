import type { Compressors } from 'hyparquet'
import { zstdUnpacker } from './zstdFrame.ts'

/**
 * What unpacks the pages of Parquet files. The package of the usual codecs needs WebAssembly for Snappy, and cannot be loaded
 * without; then there is a plain Snappy, and files packed with Gzip, Brotli or LZ4 are refused.
 */
export async function parquetCodecs(): Promise<Compressors> {
  const ZSTD = await zstdUnpacker()
  try {
    const { compressors } = await import('hyparquet-compressors')
    return { ...compressors, ZSTD }
  } catch {
    return { SNAPPY: await plainSnappy(), ZSTD }
  }
}

async function plainSnappy(): Promise<NonNullable<Compressors['SNAPPY']>> {
  const { snappyUncompress } = await import('hyparquet')
  return (input, length) => {
    const output = new Uint8Array(length)
    snappyUncompress(input, output)
    return output
  }
}
