import { sealFrame } from "../../../host/wire/jacdac-frame"
import { SeededRandom } from "../../../host/base/seeded-random"

/** Random bytes, the same for the same seed. */
export function randomBytes(seed: number, size: number): Uint8Array {
    const bytes = new Uint8Array(size)
    new SeededRandom(seed).fill(bytes)
    return bytes
}

/** A valid frame of this many bytes, 12 at least, with random contents; it is no frame of the bridge. */
export function randomFrame(seed: number, size: number): Uint8Array {
    const frame = randomBytes(seed, size)
    frame[2] = size - 12
    frame[3] = 0
    return sealFrame(frame)
}
