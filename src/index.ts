// Re-exports only, one line a file, sorted. A class in here carries `@devsWhenUsed`, so that the
// compiler for the board leaves out the methods that a program does not call.
export * from "./bit-fields"
export * from "./byte-fields"
export * from "./check"
export * from "./compact-order-flags"
export * from "./flags"
export * from "./hex"
export * from "./overwriting-ring-buffer"
export * from "./ring-buffer"
export * from "./static-table"
export * from "./stats"
export * from "./string-builder"
