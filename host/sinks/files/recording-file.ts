import { resolve } from "node:path"
import { RecordingWriter } from "../../recording/node/recording-writer"
import type { SinkKind } from "../sink-kind"

/** A recording, for `watch --replay`. */
export const recordingFile: SinkKind = {
    name: "record",
    flag: "--record <file>",
    text: "write every event as it comes, for --replay; packed if its name ends in .gz",
    isFile: true,
    isWanted: ({ flags }) => flags.record !== undefined,
    open: ({ cwd, flags, about }) => new RecordingWriter(resolve(cwd, String(flags.record)), about),
}
