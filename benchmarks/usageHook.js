// Loaded into a measured process by `--import`: leaves what it used in a file when it ends.
import { writeFileSync } from 'node:fs'
import { peakOfMemory } from './peakOfMemory.js'

process.on('exit', () => {
  writeFileSync(process.env.CLIENTELE_USAGE_FILE, JSON.stringify({ ...process.resourceUsage(), peak: peakOfMemory() }))
})
