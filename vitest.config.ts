import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These compare what comes out with WebAssembly and without.
    exclude: ['**/node_modules/**', ...(process.env.CLIENTELE_WEBASSEMBLY === 'off' ? ['test/table/compiled*'] : [])],
    setupFiles: ['./test/propertySeed.ts', './test/webAssembly.ts'],
    reporters: ['default', './test/closingLine.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
