import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { LifeAtHand } from "../../analysis/trend/program-forecast"
import { KnownLife, type ProgramLife } from "../../analysis/trend/program-life"
import { formatDuration } from "../../base/format-units"
import { packageRoot } from "../../base/node/package-root"
import type { Board } from "../../boards/board"
import { keepBounded } from "../../compiler/node/bounded-cache"
import { UserCache } from "../../compiler/node/user-cache"
import { hasAgent } from "../../link/agent/program-start"
import type { Program } from "../../model/program/program"
import { VM_FILE } from "../../simulator/instrument/vm-file"
import { loadVm } from "../../simulator/node/load-vm"
import { readRunSettings, type Duration } from "../run-settings"
import { runAll } from "./run-all"

/** Raise it when what is stored changes, or how a life is simulated. */
const FORMAT = 2
/** What lives longer than this in the simulator is taken not to die. */
const MOST = "72h"
const PATIENCE = "2m"

/** What is stored: a life, or none, and how long it was watched. */
interface StoredLife {
    life: ProgramLife | null
    ranMs: number
}

export interface ProgramLivesOptions {
    /** Where relative paths start. */
    cwd: string
    /** Tells people something. */
    notify(text: string): void
    /** Where lives are kept. Default: the user's own cache. */
    cache?: UserCache | undefined
    /** Real time that a life may take, half of it at rest. Default: two minutes. */
    patience?: Duration
}

/**
 * How programs live and die on boards: each is simulated once until it does, in a thread of its own that takes half a
 * core, one after the other, and kept for the next time. All boards that run it share what came of it.
 */
export class ProgramLives {
    private readonly known = new Map<string, { life: KnownLife | undefined }>()
    private readonly over = new AbortController()
    private queue: Promise<void> = Promise.resolve()
    private readonly cache: UserCache | undefined

    constructor(private readonly options: ProgramLivesOptions) {
        this.cache = options.cache ?? UserCache.open()
    }

    /** @returns what is there at once, or will be; undefined of a program that reports nothing */
    of(board: Board, program: Program): LifeAtHand | undefined {
        if (!hasAgent(program.bytecode)) return undefined
        const name = nameOf(board, program)
        const known = this.known.get(name)
        if (known) return known
        const made: { life: KnownLife | undefined } = { life: undefined }
        this.known.set(name, made)
        const stored = this.read(name)
        if (stored) this.tell(made, stored, program)
        else this.queue = this.queue.then(() => this.find(made, name, board, program))
        return made
    }

    /** Once all that was asked for is known. */
    settled(): Promise<void> {
        return this.queue
    }

    /** Ends what is under way. */
    async close(): Promise<void> {
        this.over.abort()
        await this.queue
    }

    private async find(
        made: { life: KnownLife | undefined },
        name: `${string}.life`,
        board: Board,
        program: Program,
    ): Promise<void> {
        const { cwd, notify, patience = PATIENCE } = this.options
        if (this.over.signal.aborted) return
        notify(
            `${program.entry} is simulated until it dies, once, to foretell the death of boards that run it`,
        )
        const request = { board, cwd, for: MOST, timeout: patience }
        const run = { ...readRunSettings(request, program), request }
        const { signal } = this.over
        let found: StoredLife | undefined
        try {
            await runAll("life", loadVm(), [{ program, run, wants: {} }], {
                ...{ jobs: 1, isApart: true, signal },
                onProgress: () => undefined,
                onDone: (_, { life, ranMs }) => (found = { life: life ?? null, ranMs }),
            })
        } catch (error) {
            // The fleet goes on without.
            notify(`${program.entry} cannot be simulated: ${(error as Error).message}`)
        }
        if (!found) return
        if (this.cache) keepBounded(this.cache, name, Buffer.from(JSON.stringify(found)))
        this.tell(made, found, program)
    }

    private tell(
        made: { life: KnownLife | undefined },
        { life, ranMs }: StoredLife,
        { entry }: Program,
    ): void {
        made.life = life ? new KnownLife(life) : undefined
        this.options.notify(
            life
                ? `${entry} runs out of memory after ${formatDuration(Math.round(life.deathsMs[0]!))} in the simulator: by that the death of boards that run it is foretold, at the pace of each`
                : `${entry} did not run out of memory in ${formatDuration(Math.round(ranMs))} in the simulator: the death of boards that run it is foretold by their reports alone`,
        )
    }

    private read(name: string): StoredLife | undefined {
        const bytes = this.cache?.read(name)
        return bytes && (JSON.parse(bytes.toString()) as StoredLife)
    }
}

/** All that a life depends on. */
function nameOf(board: Board, { bytecode, settings }: Program): `${string}.life` {
    const hash = createHash("sha256")
    const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
        version: string
    }
    const about = [FORMAT, version, board, Array.from(settings, ([key, value]) => [key, ...value])]
    const vm = readFileSync(join(packageRoot(), "dist", VM_FILE))
    for (const part of [JSON.stringify(about), bytecode, vm]) hash.update(part).update("\0")
    return `${hash.digest("hex").slice(0, 32)}.life`
}
