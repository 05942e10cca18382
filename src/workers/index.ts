export { type PoolSummaryOptions, type WorkerPool, type WorkerPoolOptions, workerPool } from './workerPool.ts'
