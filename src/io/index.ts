export type { CodedEvents } from './codedEvents.ts'
export type { CsvColumns } from './csvColumns.ts'
// Streams of events: batches from files of any size.
export type { EventBatch } from './eventBatch.ts'
export type { EventColumnNames } from './eventColumnNames.ts'
export type { EventFormat } from './eventFormat.ts'
export type { EventSource } from './eventSource.ts'
export { type CsvTableColumns, type FormatCsvOptions, formatCsv } from './formatCsv.ts'
// Importers: records of a vendor into events, with an account of them.
export { type CloudEventKind, type CloudEventsOptions, fromCloudEvents } from './fromCloudEvents.ts'
export { fromGa4 } from './fromGa4.ts'
export { fromPostHog } from './fromPostHog.ts'
export { fromSegment } from './fromSegment.ts'
export { fromShopifyCsv, type ShopifyOptions } from './fromShopifyCsv.ts'
export { fromStripe, type StripeOptions } from './fromStripe.ts'
export { fromWooCommerce, type WooCommerceOptions } from './fromWooCommerce.ts'
export type {
  IgnoredKind,
  Imported,
  ImportedMoney,
  ImportLedger,
  RejectedRecord,
  RejectionCause,
} from './importLedger.ts'
export type { ImportOptions } from './importOptions.ts'
export { type CsvOptions, type CsvPurchases, readCsv } from './readCsv.ts'
export { type ReadEventsOptions, readEvents } from './readEvents.ts'
export { readTextFile } from './readTextFile.ts'
export type { RejectedRow } from './rejectedRow.ts'
export { type BatchesTable, type TableFromBatchesOptions, tableFromBatches } from './tableFromBatches.ts'
export { type FileContents, writeFiles } from './writeFiles.ts'
