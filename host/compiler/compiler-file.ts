/** Name of the prepared compiler in `dist/`. */
export const COMPILER_FILE = "devicescript-compiler.js"
