import { UserError } from "../../base/errors"
import type { RecordingHeader } from "../../documents/recording-format"
import type { Source } from "../../model/flow"
import { readSpeed } from "../../tasks/speed"
import type { RunRequest } from "../board-messages"
import type { RunNotes } from "./run-on-board"

/**
 * A recording, played as `heapscope watch --replay` does. What it takes is fetched when one is opened.
 * @throws UserError when it cannot be read
 */
export function playRecording(
    { cwd, entry, flags }: RunRequest,
    { notice }: RunNotes,
): Promise<Source> {
    return withNames(cwd, async () => {
        const { watchRecording } = await import("../../tasks/watch-replay")
        return watchRecording(entry, { cwd, speed: readSpeed(flags.speed), onSkipped: notice })
    })
}

/** @throws UserError when it is none, or cannot be read */
export function headerOf({ cwd, entry }: RunRequest): Promise<RecordingHeader> {
    return withNames(cwd, async () => {
        const { RecordingReader } = await import("../../recording/node/recording-reader")
        const reader = new RecordingReader(`${cwd}/${entry}`)
        return reader.header
    })
}

/** The reader has named a file, and knows of no folder that it is in here. */
async function withNames<T>(folder: string, work: () => Promise<T>): Promise<T> {
    try {
        return await work()
    } catch (error) {
        if (!(error instanceof UserError)) throw error
        throw new UserError(error.code, error.message.replaceAll(`${folder}/`, ""))
    }
}
