import type { HeapBlock } from "../../model/heap/block"

/** A block that stays, between two holes that would be one without it. */
export interface Pin {
    address: number
    bytes: number
    /** Of the holes on both sides, garbage included. */
    joinedBytes: number
}

/** The holes that a collection would leave: what is free now, and garbage. */
export interface Holes {
    count: number
    freeBytes: number
    largestBytes: number
    /** Those that stand in the way most, each as if it alone were gone. */
    pins: Pin[]
}

/** A larger block between two holes does not pin them: it is what the memory is for. */
const MAX_PIN_BYTES = 1024
const MAX_PINS = 400

/** Neighbours that are all live, or would all be free. */
interface Run {
    live: boolean
    bytes: number
    address: number
}

/** What holes a collection would leave, and which live blocks keep them apart. */
export function holesOf(blocks: readonly HeapBlock[]): Holes {
    const runs: Run[] = []
    for (const { address, bytes, live } of blocks) {
        const last = runs.at(-1)
        if (last && last.live === !!live) last.bytes += bytes
        else runs.push({ live: !!live, bytes, address })
    }
    const holes = runs.filter(({ live }) => !live).map(({ bytes }) => bytes)
    return {
        count: holes.length,
        freeBytes: holes.reduce((sum, bytes) => sum + bytes, 0),
        largestBytes: Math.max(0, ...holes),
        pins: pinsOf(runs),
    }
}

function pinsOf(runs: readonly Run[]): Pin[] {
    const pins = runs.flatMap(({ live, bytes, address }, i): Pin[] => {
        const [before, after] = [runs[i - 1], runs[i + 1]]
        if (!live || !before || !after || bytes > MAX_PIN_BYTES) return []
        return [{ address, bytes, joinedBytes: before.bytes + bytes + after.bytes }]
    })
    return pins.sort((a, b) => b.joinedBytes - a.joinedBytes).slice(0, MAX_PINS)
}
