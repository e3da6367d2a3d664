import { FrameDecoder, encodeFrame } from "../../host/wire/framing"
import { randomFrame } from "../host/wire/frames"
import { loadOfficialFraming } from "../host/wire/official-framing"
import { promise, sideBySide } from "./side-by-side"

// Both decode the same stream, cut as a serial port gives it, and check every frame; the official
// client's decoder is the one of jacdac-ts, from its sources. Random contents are the hard case:
// one byte in 256 is escaped.
const FRAMES = 20_000
const PIECE_BYTES = 4096
// Many short rounds: what else the machine does meets a few of them, and not the median.
const ROUNDS = 151

const official = await loadOfficialFraming()
for (const size of [64, 200]) {
    const stream = Buffer.concat(
        Array.from({ length: FRAMES }, (_, seed) => encodeFrame(randomFrame(seed + 1, size))),
    )
    const pieces: Uint8Array[] = []
    for (let at = 0; at < stream.length; at += PIECE_BYTES)
        pieces.push(stream.subarray(at, at + PIECE_BYTES))

    const found = { ours: 0, theirs: 0 }
    const ours = new FrameDecoder({ frame: () => found.ours++, text: () => undefined })
    const theirs = official(() => found.theirs++)
    const pass = (decoder: { push(bytes: Uint8Array): void }) => () => {
        for (const piece of pieces) decoder.push(piece)
    }
    console.log(`  frames of ${size} bytes, ${(stream.length / 1e6).toFixed(1)} MB a round`)
    const ratio = await sideBySide(
        { name: "jacdac-ts", run: pass(theirs) },
        { name: "ours", run: pass(ours) },
        ROUNDS,
    )
    if (found.ours !== found.theirs || found.ours === 0)
        throw new Error(`ours found ${found.ours} frames, theirs ${found.theirs}`)
    promise(`of the official decoder's time for ${size}-byte frames`, ratio, 0.2)
}
