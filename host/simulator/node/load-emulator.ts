import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { UserError } from "../../base/errors"
import type { Emulator } from "../served/emulated-board"

/** The version that is known to be completed rightly: what it lacks is put into its own parts. */
const VERSION = "1.4.1"

/**
 * The emulator of the RP2040, an optional package.
 * @throws UserError when it is not installed, or another version of it
 */
export function loadEmulator(): Emulator {
    const require = createRequire(import.meta.url)
    let found: string
    try {
        const file = join(dirname(require.resolve("rp2040js")), "../../package.json")
        found = (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version
    } catch {
        found = "none"
    }
    if (found !== VERSION)
        throw new UserError(
            "E_EMULATOR_MISSING",
            `The emulator of the RP2040, the npm package rp2040js ${VERSION}, is ${found === "none" ? "not installed" : `there in version ${found}`}: npm install --save-dev --save-exact rp2040js@${VERSION}`,
        )
    return require("rp2040js") as Emulator
}
