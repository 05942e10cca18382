import { sharedMemory } from '../core/webAssembly.ts'

/**
 * Memory that threads share while they work on a summary, kept for the next one: some 16 bytes an event. The first touch of
 * fresh memory takes the system as long as a third of the work.
 */
export interface SharedScratch {
  memory: WebAssembly.Memory | undefined
}

/** No memory yet. */
export function sharedScratch(): SharedScratch {
  return { memory: undefined }
}

/** That memory, of so many bytes at least, with anything in them; nothing, where it cannot be had. */
export function scratchOf(scratch: SharedScratch, bytes: number): WebAssembly.Memory | undefined {
  const memory = sharedMemory(bytes, scratch.memory)
  if (memory !== undefined) scratch.memory = memory
  return memory
}
