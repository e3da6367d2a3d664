import { resolve } from "node:path"
import { describeSkipped, RecordingReader } from "../recording/node/recording-reader"
import { formatDuration } from "../base/format-units"
import type { Source } from "../model/flow"
import { readSpeed, SPEED } from "./speed"
import type { SourceKind } from "./source-kind"
import { PlayPosition, replay } from "../recording/replay"

/** A recording, for the table. */
export const recording: SourceKind = {
    name: "replay",
    flag: "--replay <file>",
    text: "a recording",
    what: "a recording",
    flags: [SPEED],
    open: (value, { cwd, flags, notify }) =>
        watchRecording(String(value), {
            cwd,
            speed: readSpeed(flags.speed),
            onSkipped: notify,
        }),
}

/**
 * A recording, played again.
 * @param onSkipped told at the end what was left out, if anything was
 * @throws UserError when it cannot be read
 */
export function watchRecording(
    file: string,
    options: { cwd: string; speed: number; onSkipped: (text: string) => void },
): Source {
    const path = resolve(options.cwd, file)
    const first = new RecordingReader(path)
    const { speed } = options
    const position = new PlayPosition()
    return {
        about: first.header,
        how: `${file}${speed === 1 ? "" : ` at ${speed === Infinity ? "full speed" : `${speed}x`}`}`,
        isPast: true,
        async *events(signal) {
            let reader = first
            for (;;) {
                yield* replay(reader.events(), { speed, signal, position })
                if (!position.isBack) break
                position.restart()
                reader = new RecordingReader(path)
            }
            const skipped = describeSkipped(file, reader.skipped)
            if (skipped !== undefined) options.onSkipped(skipped)
        },
        capture: () => "a recording has no board to ask",
        control: {
            seek(byMs) {
                position.seekBy(byMs * (speed === Infinity ? 1 : speed))
                return `from ${formatDuration(Math.round(position.fromMs))} on`
            },
        },
    }
}
