import { resolve } from "node:path"
import { describeSkipped, RecordingReader } from "../recording/node/recording-reader"
import { replay } from "../recording/replay"
import type { WatchSource } from "./watch-source"

/**
 * A recording, played again.
 * @param onSkipped told at the end what was left out, if anything was
 * @throws UserError when it cannot be read
 */
export function watchRecording(
    file: string,
    options: { cwd: string; speed: number; onSkipped: (text: string) => void },
): WatchSource {
    const reader = new RecordingReader(resolve(options.cwd, file))
    const { speed } = options
    return {
        about: reader.header,
        how: `${file}${speed === 1 ? "" : ` at ${speed === Infinity ? "full speed" : `${speed}x`}`}`,
        async play(sink, signal) {
            await replay(reader.events(), { speed, signal, onEvent: sink })
            const skipped = describeSkipped(file, reader.skipped)
            if (skipped !== undefined) options.onSkipped(skipped)
            return { failed: false }
        },
        snapshot: () => "a recording has no board to ask",
    }
}
