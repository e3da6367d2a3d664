import { resolve } from "node:path"
import { UserError } from "../base/errors"
import { formatDuration } from "../base/format-units"
import { readText } from "../base/node/read-file"
import { writeWhole } from "../base/node/write-file"
import type { WorldRecord } from "../documents/world-record"
import { readWorldRecord } from "../recording/world-record"
import type { RunOptions, RunResult } from "../simulator/run"
import { playWorld } from "../simulator/world/record/played-world"
import { misfit, type Recorded } from "../simulator/world/record/record-header"
import { WorldRecorder } from "../simulator/world/record/world-recorder"

/** The flags that keep what comes through the board's door, and bring it again. */
export interface WorldRecordFlags {
    recordWorld?: string
    playWorld?: string
}

export const WORLD_RECORD_OPTIONS = [
    [
        "--record-world <file>",
        "write all that the world did to the board, to play the same run again without a world",
    ],
    ["--play-world <file>", "run in a world that --record-world wrote, in place of any other"],
] as const

/** Flags that say what a played world has said already. */
const SAID_BY_RECORD = ["world", "seed", "scenario"] as const

/** The record that is to be played. @throws UserError when it is none, or another flag disagrees */
export function readPlayed(
    { playWorld: name }: WorldRecordFlags,
    cwd: string,
    isGiven: (flag: string) => boolean,
): WorldRecord | undefined {
    if (name === undefined) return undefined
    for (const flag of SAID_BY_RECORD)
        if (isGiven(flag))
            throw new UserError(
                "E_FLAG_CONFLICT",
                `--play-world ${name} has its world and its chance in it: leave out --${flag}.`,
            )
    return readWorldRecord(readText(resolve(cwd, name), name), name)
}

/**
 * How a run in a played world gets it.
 * @throws UserError when the record is of another program or board, or not so long
 */
export function played(
    record: WorldRecord,
    name: string,
    run: Recorded,
    forMs: number,
): NonNullable<RunOptions["makeWorld"]> {
    const why = misfit(record.header, run)
    if (why !== undefined)
        throw new UserError("E_WORLD_RECORD", `${name} does not fit this run: ${why}.`)
    const { forMs: recordedMs } = record.header
    if (forMs > recordedMs)
        throw new UserError(
            "E_VALUE",
            `--for is longer than what ${name} holds: ${formatDuration(recordedMs)}.`,
        )
    return () => playWorld(record, name)
}

/** Has the world of a run recorded. */
export class WorldRecording {
    private recorder: WorldRecorder | undefined

    /** @param path of the file */
    constructor(private readonly path: string) {}

    /** The same, with the record made. */
    of(makeWorld: NonNullable<RunOptions["makeWorld"]>): NonNullable<RunOptions["makeWorld"]> {
        return (seed, program) => {
            this.recorder = new WorldRecorder(makeWorld(seed, program))
            return this.recorder.world
        }
    }

    /** Writes the record, once the run is over. @throws UserError when it cannot be written */
    async write(recorded: Recorded, forMs: number, { report, interrupted }: RunResult) {
        const isCutShort = interrupted || report.outcome.kind === "timed-out"
        const text = this.recorder?.text(recorded, isCutShort ? report.simulated.ms : forMs)
        if (text !== undefined) await writeWhole(this.path, text)
    }
}
