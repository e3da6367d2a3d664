import { fstatSync, readFileSync, statSync, writeSync } from "node:fs"
import { join } from "node:path"

/** The list of commands as `prepare.mjs` has made it, with `SCHEMAS` where the folder of the schemas is told. */
interface MadeHelp {
    /** 80 columns wide, as where nobody knows how wide it is shown. */
    narrow: string
    /** No line of it is broken. */
    wide: string
}

const SCHEMAS = "{schemas}"
const NARROW = 80
/** What is shown as it is, whatever the terminal, its locale and its flags. */
const PLAIN = /^[\n\x20-\x7e]*$/

/**
 * Prints the list of commands as it was made with this build: to make it anew takes longer than Node's own
 * start.
 * @param dist the built command's folder
 * @returns false where it is to be made anew: it is to be of another width, or cannot be written; nothing has been printed then
 */
export function printMadeHelp(dist: string): boolean {
    try {
        const made = JSON.parse(readFileSync(join(dist, "help.json"), "utf8")) as MadeHelp
        const columns = columnsOfStdout()
        const chosen = columns === NARROW ? made.narrow : made.wide
        const text = chosen.replace(SCHEMAS, () => join(dist, "../host/documents/schemas"))
        const widest = Math.max(...text.split("\n").map(line => line.length))
        if (!PLAIN.test(text) || (columns !== NARROW && columns < widest)) return false
        const bytes = Buffer.from(text)
        const done = writeSync(1, bytes)
        if (done < bytes.length) process.stdout.write(bytes.subarray(done))
        return true
    } catch {
        return false
    }
}

/** @returns 0 of what its stream is to write to */
function columnsOfStdout(): number {
    const stats = fstatSync(1)
    if (stats.isFIFO()) return NARROW
    if (!stats.isCharacterDevice()) return 0
    // Node asks for a terminal with eight parts of its own.
    if (stats.rdev === statSync("/dev/null").rdev) return NARROW
    return process.stdout.isTTY ? process.stdout.columns : 0
}
