import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    setupFiles: ['./test/propertySeed.ts'],
    reporters: ['default', './test/closingLine.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
