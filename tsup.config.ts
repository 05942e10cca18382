import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'clv/index': 'src/clv/index.ts',
    'metrics/index': 'src/metrics/index.ts',
    'io/index': 'src/io/index.ts',
    'plot/index': 'src/plot/index.ts',
    'report/index': 'src/report/index.ts',
    'workers/index': 'src/workers/index.ts',
    'workers/worker': 'src/workers/worker.ts',
    'cli/main': 'src/cli/main.ts',
  },
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  splitting: true,
  sourcemap: true,
  clean: true,
  dts: false, // tsc writes the declarations: see tsconfig.build.json
  external: [/^node:/],
})
