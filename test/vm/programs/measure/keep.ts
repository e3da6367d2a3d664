import { sleep } from "@devicescript/core"

const SIZES = [0, 1, 10, 100, 1000]
/** Elements added between two pauses, less one: the VM stops what runs too long. */
const PER_TURN = 31

/** What is measured: the host looks at the heap at every line printed. */
let kept: unknown

/**
 * Makes a thing with room for n elements (for 1 where n is 0), puts n elements into it and prints a
 * line, for each n in turn; the thing before is dropped. Before all of them it prints a line. All programs of `kept/` and `plain/` differ
 * in the two functions alone, so that the difference of two heaps is that of the things.
 */
export async function keepEachSize<Thing>(
    make: (capacity: number) => Thing,
    add: (thing: Thing, i: number) => void,
) {
    // By then the VM has made all that it makes by itself.
    await sleep(1000)
    console.log("loaded")
    for (const size of SIZES) {
        kept = make(size === 0 ? 1 : size)
        for (let i = 0; i < size; i++) {
            add(kept as Thing, i)
            // Not the remainder of a division: that makes the VM's Math object, which costs 16 bytes.
            if ((i & PER_TURN) === 0) await sleep(1)
        }
        console.log("kept")
        kept = undefined
    }
}
