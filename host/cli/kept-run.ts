import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { packageRoot } from "../base/node/package-root"
import { keepBounded } from "../compiler/node/bounded-cache"
import { codeIdOf } from "../compiler/node/kept-code"
import { UserCache } from "../compiler/node/user-cache"
import type { SimReport } from "../documents/sim-report"
import type { Program } from "../model/program/program"
import { VM_FILE } from "../simulator/instrument/vm-file"
import { noteKept } from "./kept-arguments"
import type { CommandContext } from "./command-context"

/** Raise it when what is stored changes. */
const FORMAT = 2
/** Turns it off, where a run is to be a run: in tests and benchmarks. */
const KEPT_VARIABLE = "HEAPSCOPE_KEPT"
/** An hour of the station takes two thirds of it. Bytes. */
const MAX_BYTES = 1 << 20

/**
 * The flags with which a run depends on nothing but its program, its board, its seed and our code, and does
 * nothing but report. With any other it is run anew.
 */
const PLAIN_FLAGS: ReadonlySet<string> = new Set([
    ...["board", "isSimulator", "heap", "seed", "world", "worldNetwork", "for", "sample"],
    ...["untilText", "failText", "leaks", "samples", "json", "quiet", "color", "trustConfig"],
])

/**
 * The report of a run that printed it as JSON, kept by all that the run depends on: a run is the same when
 * they are the same. For people it is run anew, however often.
 */
export class KeptRun {
    private constructor(
        private readonly cache: UserCache,
        private readonly name: `${string}.run`,
        private readonly cwd: string,
    ) {}

    /**
     * @param flags as they were given
     * @param made what they were made to: `JSON` tells one from another
     * @returns undefined of a run that is not to be kept
     */
    static of(
        flags: object,
        program: Program,
        made: object,
        { codeId, cwd }: Pick<CommandContext, "codeId" | "cwd">,
    ): KeptRun | undefined {
        const given = Object.entries(flags).filter(([, value]) => value !== undefined)
        const { json, world, worldNetwork, leaks, samples } = Object.fromEntries<unknown>(given)
        const isPlain = worldNetwork !== "real" && given.every(([name]) => PLAIN_FLAGS.has(name))
        if (codeId === undefined || !json || !isPlain) return undefined
        if (process.env[KEPT_VARIABLE] === "0") return undefined
        const cache = UserCache.open()
        if (!cache) return undefined
        const { entry, sourceFolder, board, needs, settings, debugJson } = program
        const hash = createHash("sha256")
        const ids = ["jacdac", "mqtt"].map(name =>
            codeIdOf(join(packageRoot(), "dist", "world", `${name}.cjs`)),
        )
        const { versions, platform, arch } = process
        const parts = [
            ...[FORMAT, codeId, ids, versions, platform, arch, cwd],
            ...[world, worldNetwork, !!leaks, !!samples, made],
            ...[entry, sourceFolder, board, needs, program.bytecode.length],
            Array.from(settings, ([name, value]) => [name, ...value]),
        ]
        const debug = debugJson ?? JSON.stringify(program.debug) ?? ""
        for (const part of [JSON.stringify(parts), program.bytecode, debug, vm()])
            hash.update(part).update("\0")
        return new KeptRun(cache, `${hash.digest("hex").slice(0, 32)}.run`, cwd)
    }

    /** What the same run found before, if that is still known. */
    read(): SimReport | undefined {
        const bytes = this.cache.read(this.name)
        if (!bytes) return undefined
        const report = JSON.parse(bytes.toString()) as SimReport
        report.wall.kept = true
        return report
    }

    /** Keeps what it found: not of a run that was ended before its time. */
    write(report: SimReport): void {
        const bytes = Buffer.from(JSON.stringify(report))
        if (bytes.length > MAX_BYTES) return
        noteKept(this.cache, process.argv.slice(2), this.cwd)
        keepBounded(this.cache, this.name, bytes)
    }
}

function vm(): Uint8Array {
    return readFileSync(join(packageRoot(), "dist", VM_FILE))
}
