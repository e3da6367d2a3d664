import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { UserError } from "../../base/errors"
import { toJson } from "../../base/json"
import { reasonOf } from "../../base/node/destination"
import { writeWhole } from "../../base/node/write-file"
import type { Snapshot } from "../../documents/snapshot"
import type { RunOptions } from "../../simulator/run"
import { snapshotTaker } from "../../tasks/take-snapshots"

export const SNAPSHOTS_OPTION = [
    "--snapshots <folder>",
    "where the snapshots that a scenario takes are written, for `diff`",
] as const

/** The snapshots that a scenario's steps take, by their names. */
export class SnapshotFolder {
    private readonly taken = new Map<string, Snapshot>()
    private readonly takeOne: ReturnType<typeof snapshotTaker>

    /** @param folder where they are written; nowhere when nobody said where */
    constructor(
        private readonly folder: string | undefined,
        of: Pick<RunOptions, "program" | "board"> & { seed: number },
    ) {
        this.takeOne = snapshotTaker(of)
    }

    /** As a run calls it at each such step. */
    readonly take: NonNullable<RunOptions["onSnapshotStep"]> = (name, board, atMs) => {
        if (this.folder === undefined) return
        const snapshot = this.takeOne(board, { kind: "time", atMs })
        if (snapshot) this.taken.set(name, snapshot)
    }

    /** Writes them, once the run is over. @throws UserError when that cannot be */
    async write(cwd: string): Promise<void> {
        if (this.folder === undefined) return
        const folder = resolve(cwd, this.folder)
        try {
            mkdirSync(folder, { recursive: true })
        } catch (error) {
            throw new UserError(
                "E_WRITE",
                `--snapshots ${this.folder} cannot be made: ${reasonOf(error)}`,
            )
        }
        for (const [name, snapshot] of this.taken)
            await writeWhole(join(folder, `${name}.json`), toJson(snapshot) + "\n")
    }
}
