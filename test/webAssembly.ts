// `CLIENTELE_WEBASSEMBLY=off npm test`: everything must come out the same without WebAssembly.
if (process.env.CLIENTELE_WEBASSEMBLY === 'off') Reflect.deleteProperty(globalThis, 'WebAssembly')
