/** What has been compiled, by its base64: once compiled code has run for a while, it is at its best. */
const MODULES: Map<string, WebAssembly.Module> = new Map()

const PAGE_BYTES = 65_536

/** Most bytes of a memory of 32-bit addresses. */
const MOST_BYTES = 2 ** 32
const MOST_PAGES = MOST_BYTES / PAGE_BYTES

/** A module at work in a memory. */
export interface Compiled<Kernels, Buffer extends ArrayBufferLike = ArrayBuffer> {
  readonly kernels: Kernels
  readonly buffer: Buffer
}

/**
 * Sets a module to work that takes its memory from outside; nothing where there is no WebAssembly, where the security
 * policy of a page forbids to compile it, or where so much memory cannot be had. The caller then does the same without.
 *
 * @param bytes - of memory, zeros at first
 */
export function compiled<Kernels>(base64: string, bytes: number): Compiled<Kernels> | undefined {
  if (typeof WebAssembly !== 'object' || bytes > MOST_BYTES) return undefined
  try {
    const memory = new WebAssembly.Memory({ initial: pagesOf(bytes) })
    return { kernels: instance(base64, memory), buffer: memory.buffer }
  } catch {
    return undefined
  }
}

/** Memory for several threads, of that many bytes at least, with anything in them: `grown`, or new. Nothing as above. */
export function sharedMemory(bytes: number, grown?: WebAssembly.Memory): WebAssembly.Memory | undefined {
  if (typeof WebAssembly !== 'object' || bytes > MOST_BYTES) return undefined
  try {
    const memory = grown ?? new WebAssembly.Memory({ initial: pagesOf(bytes), maximum: MOST_PAGES, shared: true })
    const missing = pagesOf(bytes) - memory.buffer.byteLength / PAGE_BYTES
    if (missing > 0) memory.grow(missing)
    return memory
  } catch {
    return undefined
  }
}

/** Sets a module to work in memory that threads share, as long as it does not grow. Nothing as above. */
export function compiledShared<Kernels>(
  base64: string,
  memory: WebAssembly.Memory,
): Compiled<Kernels, ArrayBufferLike> | undefined {
  try {
    return { kernels: instance(base64, memory), buffer: memory.buffer }
  } catch {
    return undefined
  }
}

function instance<Kernels>(base64: string, memory: WebAssembly.Memory): Kernels {
  const module = MODULES.get(base64) ?? new WebAssembly.Module(bytesOf(base64))
  MODULES.set(base64, module)
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels
}

function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES)
}

/** Hands out places for columns in a memory, one after the other: addresses in bytes. */
export interface MemoryPlan {
  /** Room for some elements of so many bytes. */
  take(length: number, elementBytes: number): number
  /** Bytes handed out so far. */
  bytes(): number
}

/** A memory of which nothing is handed out yet; address 0 never is. */
export function memoryPlan(): MemoryPlan {
  let next = 8
  return {
    take(length, elementBytes) {
      const at = next
      next += 8 * Math.ceil((length * elementBytes) / 8)
      return at
    },
    bytes: () => next,
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))
}
