import type { SmallestHeap } from "../documents/scenario/worst-report"
import { HeapscopeError } from "../base/errors"
import { MAX_HEAP_BYTES, MIN_HEAP_BYTES } from "../model/heap/heap-memory"

/** Sizes of heaps that differ by less are the same to the VM's blocks. Bytes. */
const STEP_BYTES = 8
/** Sizes above the smallest that are tried, too: the nearest ones, and some up to the largest. */
const NEAR = 6
const FAR = 8

/**
 * The smallest heap that a run lives on. One that is smaller collects at other moments, and may live by luck
 * where a larger one dies: so sizes above are tried, and it has to be above all that are deadly.
 * @param runs what the run dies of on a heap of so many bytes; undefined when it lives. That it cannot
 * even begin on one is no error here
 */
export async function smallestHeap(
    runs: (heapBytes: number) => Promise<string | undefined>,
): Promise<SmallestHeap> {
    const known = new Map<number, string | undefined>()
    const dies = async (bytes: number) => {
        if (!known.has(bytes)) known.set(bytes, await deathOn(bytes, runs))
        return known.get(bytes)
    }
    const died = await dies(MAX_HEAP_BYTES)
    if (died !== undefined)
        return {
            smallestBytes: null,
            diesBelow: died,
            tried: [],
            lucky: [],
            deadly: [MAX_HEAP_BYTES],
        }
    // It dies on the first and lives on the second, always.
    let low = MIN_HEAP_BYTES - STEP_BYTES
    let high = MAX_HEAP_BYTES
    const lucky: number[] = []
    for (;;) {
        while (high - low > STEP_BYTES) {
            const middle = low + Math.floor((high - low) / 2 / STEP_BYTES) * STEP_BYTES
            if ((await dies(middle)) === undefined) high = middle
            else low = middle
        }
        let deadly: number | undefined
        for (const bytes of above(high)) if ((await dies(bytes)) !== undefined) deadly = bytes
        if (deadly === undefined) break
        lucky.push(
            ...[...known].flatMap(([at, why]) => (why === undefined && at < deadly ? at : [])),
        )
        low = deadly
        high = Math.min(
            ...[...known].flatMap(([at, why]) => (why === undefined && at > deadly ? at : [])),
        )
    }
    const of = (isWanted: (bytes: number, why: string | undefined) => boolean) =>
        [...known]
            .filter(([bytes, why]) => isWanted(bytes, why))
            .map(([bytes]) => bytes)
            .sort((a, b) => a - b)
    const below = high > MIN_HEAP_BYTES ? await dies(high - STEP_BYTES) : undefined
    const smallestLuck = Math.min(...lucky)
    return {
        smallestBytes: high,
        ...(below !== undefined && { diesBelow: below }),
        tried: of((bytes, why) => bytes > high && why === undefined),
        lucky: [...new Set(lucky)].sort((a, b) => a - b),
        deadly: of((bytes, why) => why !== undefined && bytes > smallestLuck),
    }
}

async function deathOn(
    heapBytes: number,
    runs: (heapBytes: number) => Promise<string | undefined>,
): Promise<string | undefined> {
    try {
        return await runs(heapBytes)
    } catch (error) {
        if (error instanceof HeapscopeError && error.code === "E_HEAP_TOO_SMALL")
            return "too small to start"
        throw error
    }
}

function above(bytes: number): number[] {
    const room = (MAX_HEAP_BYTES - bytes) / STEP_BYTES
    const near = Array.from({ length: NEAR }, (_, i) => i + 1)
    const far = Array.from({ length: FAR }, (_, i) => Math.round((room * (i + 1)) / (FAR + 1)))
    const steps = [...new Set([...near, ...far])].filter(step => step > 0 && step <= room)
    return steps.sort((a, b) => a - b).map(step => bytes + step * STEP_BYTES)
}
