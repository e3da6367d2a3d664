import { fstatSync, statSync, type BigIntStats } from "node:fs"
import { basename, resolve } from "node:path"
import { UserError } from "../base/errors"
import { destinationOf, type Destination } from "../base/node/destination"
import { checkWritable } from "../base/node/write-file"

/** What a program is made of: an output in its place would be a slip of the hand. */
const SOURCE = /\.(?:tsx?|devs|board\.json|memory\.json)$|^(?:package|devsconfig)\.json$/

/** Besides its outputs. */
export interface BesideOutputs {
    /** What the command reads, from `cwd`. */
    inputs?: readonly unknown[]
    /** Stdout is one JSON document. */
    json?: boolean | undefined
}

/**
 * Finds out whether the files that a command is to write could be written, before a long run and not after
 * it; that none of them is another, and none is what the command reads.
 * @param outputs by flag, as the user gave them, from `cwd`; undefined for a file that is not asked for
 * @throws UserError naming the first that is not right
 */
export function checkOutputs(
    cwd: string,
    outputs: Record<string, string | undefined>,
    { inputs = [], json = false }: BesideOutputs = {},
): void {
    const taken = new Map<string, string>()
    for (const input of inputs) {
        const stats = typeof input === "string" ? statsOf(resolve(cwd, input)) : undefined
        if (stats) taken.set(identityOf(stats), "is what the command reads")
    }
    const stdout = stdoutStats()
    for (const [flag, name] of Object.entries(outputs)) {
        if (name === undefined) continue
        const path = resolve(cwd, name)
        const destination = destinationOf(path)
        const { stats } = destination
        const isFile = destination.kind === "file"
        if (isFile && stats && SOURCE.test(basename(path)))
            throw new UserError(
                "E_WRITE",
                `${flag} ${name} would replace a program. Name another file.`,
            )
        // A terminal and /dev/null take whatever comes.
        if (!stats?.isCharacterDevice()) {
            const identity = stats ? identityOf(stats) : pathOf(destination)
            if (stdout && identity === identityOf(stdout) && (isFile || json))
                taken.set(identity, "is where stdout goes")
            const other = taken.get(identity)
            if (other !== undefined)
                throw new UserError(
                    "E_FLAG_CONFLICT",
                    `${flag} ${name} ${other}, too. Name another file.`,
                )
            taken.set(identity, `is written by ${flag}`)
        }
        checkWritable(path)
    }
}

function identityOf({ dev, ino }: BigIntStats): string {
    return `${dev}:${ino}`
}

function pathOf(destination: Destination): string {
    return "path" in destination ? destination.path : ""
}

function statsOf(path: string): BigIntStats | undefined {
    try {
        return statSync(path, { bigint: true })
    } catch {
        // The command says so itself.
        return undefined
    }
}

function stdoutStats(): BigIntStats | undefined {
    try {
        return fstatSync(1, { bigint: true })
    } catch {
        return undefined
    }
}
