import { setFlagsFromString } from "node:v8"

/** The last major version of V8 that is known to have the flags of `LATER`. */
const LAST_V8 = 13
/** The last that has `BUDGET`: no process starts with a flag that its V8 does not have. */
const LAST_V8_WITH_BUDGET = 11
/**
 * V8 optimizes what has run ten and seven times as long as it would wait for, and throws away no code that was
 * not used for a while: it would have to be compiled again, and be missing in what is kept for the next process.
 */
const LATER = ["--wasm-tiering-budget=18000000", "--no-flush-bytecode"]
const BUDGET = "--interrupt-budget=480000"

const major = Number.parseInt(process.versions.v8)

/** The same for a process of Node's own: what its command line has before the file. Empty for a newer V8. */
export const OPTIMIZE_LATER: readonly string[] =
    major > LAST_V8 ? [] : major > LAST_V8_WITH_BUDGET ? LATER : [...LATER, BUDGET]

/**
 * Has V8 optimize later, and keep, what is compiled from now on. Most commands, and most files of tests, are over
 * before it pays: the optimizing compilers took a third of a command's second. A long run is as fast as
 * ever.
 */
export function optimizeLater(): void {
    for (const flag of OPTIMIZE_LATER) setFlagsFromString(flag)
}
