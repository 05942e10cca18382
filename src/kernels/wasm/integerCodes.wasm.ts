// Made of integerCodes.as.ts by `npm run wasm`: do not edit.
/** The WebAssembly of integerCodes.as.ts, in base64. */
export const INTEGERCODES_WASM: string =
  'AGFzbQEAAAABDQFgCH9/fH9/f39/AX8CDwEDZW52Bm1lbW9yeQIAAAMCAQAHGAILbnVtYmVyRGVuc2UAAAZtZW1vcnkCAAptAWsBBX8DQCABIAhKBEAgBCAIQQJ0IgogAGooAgAgA2siC0ECdGoiDCgCACIJRQRAIAYgB0EDdGogAiALuKA5AwAgB0EBaiIHIQkgDCAHNgIACyAFIApqIAlBAWs2AgAgCEEBaiEIDAELCyAHCw=='
