import { sleep } from "@devicescript/core"

/** A name, and what is done in the same state again and again. */
export type Operation = [name: string, run: () => void]

const ROUNDS = 400
/** Operations between two pauses: the VM stops what runs too long. */
const PER_ROUND = 25

/**
 * Puts a structure through its operations, one after the other and over again: after the last it must
 * be as it was before the first. First twice for warming up; then once with a line printed before
 * and after each, for what it takes; then 10,000 operations between two lines, for what piles up.
 *
 * @param allocating Operations that allocate, as their documentation says: done three times with
 * lines around the last, and not among the 10,000.
 */
export async function operate(
    structure: string,
    operations: Operation[],
    allocating: Operation[] = [],
) {
    console.log(`structure ${structure}`)
    for (let warmUp = 0; warmUp < 2; warmUp++) {
        for (const operation of operations) operation[1]()
        await sleep(1)
    }
    for (const operation of operations) {
        const [name, run] = operation
        console.log(name)
        run()
        console.log("done")
    }
    await sleep(1)
    for (const operation of allocating) {
        const [name, run] = operation
        run()
        run()
        console.log(`allocating ${name}`)
        run()
        console.log("done")
        await sleep(1)
    }
    let next = 0
    console.log("steady")
    for (let round = 0; round < ROUNDS; round++) {
        for (let i = 0; i < PER_ROUND; i++) {
            operations[next][1]()
            next = next + 1 === operations.length ? 0 : next + 1
        }
        await sleep(1)
    }
    console.log("done")
}
