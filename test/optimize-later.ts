import { setFlagsFromString } from "node:v8"

/** The last major version of V8 that is known to have these flags. */
const LAST_V8 = 13

// As the command has it (host/cli/start.ts): most files of tests are over before it pays that V8
// optimizes what they run, which took a fifth of their time.
if (Number.parseInt(process.versions.v8) <= LAST_V8)
    for (const flag of ["--wasm-tiering-budget=18000000", "--interrupt-budget=270000"])
        setFlagsFromString(flag)
