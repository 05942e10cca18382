import { readFileSync } from 'node:fs'

/** The most memory that this process has held, in bytes. `maxRSS` alone would begin with what its parent had. */
export function peakOfMemory() {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024
  } catch {
    return process.resourceUsage().maxRSS * 1024
  }
}
