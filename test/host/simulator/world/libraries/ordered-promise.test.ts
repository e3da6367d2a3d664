import fc from "fast-check"
import { expect, it } from "vitest"
import {
    JobQueue,
    orderedPromise,
} from "../../../../../host/simulator/world/libraries/ordered-promise"

/** What a random program of promises does, told in the order in which it happens. */
type Step =
    | { kind: "then"; from: number; throws: boolean }
    | { kind: "catch"; from: number }
    | { kind: "finally"; from: number }
    | { kind: "new"; rejects: boolean }
    | { kind: "all"; from: number[] }
    | { kind: "nested"; from: number }

const from = fc.nat(30)
const steps = fc.array(
    fc.oneof(
        fc.record({ kind: fc.constant("then" as const), from, throws: fc.boolean() }),
        fc.record({ kind: fc.constant("catch" as const), from }),
        fc.record({ kind: fc.constant("finally" as const), from }),
        fc.record({ kind: fc.constant("new" as const), rejects: fc.boolean() }),
        fc.record({ kind: fc.constant("all" as const), from: fc.array(from, { maxLength: 3 }) }),
        fc.record({ kind: fc.constant("nested" as const), from }),
    ),
    { maxLength: 12 },
)

function play(Promises: PromiseConstructor, program: readonly Step[], told: string[]): void {
    const made: Promise<unknown>[] = [Promises.resolve(0)]
    const at = (index: number) => made[index % made.length]!
    for (const [i, step] of program.entries()) {
        const tell = (value: unknown) => {
            told.push(`${i}: ${value instanceof TypeError ? "cycle" : String(value)}`)
            return i
        }
        if (step.kind === "then")
            made.push(
                at(step.from).then(value => {
                    tell(value)
                    if (step.throws) throw new RangeError(`thrown by ${i}`)
                    return i
                }),
            )
        else if (step.kind === "catch") made.push(at(step.from).catch(tell))
        else if (step.kind === "finally") made.push(at(step.from).finally(() => void tell("over")))
        else if (step.kind === "all") made.push(Promises.all(step.from.map(at)))
        else if (step.kind === "nested") made.push(at(step.from).then(() => at(step.from + 1)))
        else made.push(new Promises((resolve, reject) => (step.rejects ? reject(i) : resolve(i))))
    }
    for (const [i, promise] of made.entries())
        promise.then(
            value => told.push(`end ${i}: ${String(value)}`),
            reason =>
                told.push(`end ${i}: ${reason instanceof TypeError ? "cycle" : String(reason)}`),
        )
}

it("settles all that the language's promises settle, with the same outcome", async () => {
    await fc.assert(
        fc.asyncProperty(steps, async program => {
            const expected: string[] = []
            play(Promise, program, expected)
            await new Promise(setImmediate)
            const told: string[] = []
            const jobs = new JobQueue()
            play(orderedPromise(jobs), program, told)
            expect(told).toEqual([])
            jobs.drain()
            // A promise given back takes the language one turn more: the order within a moment may differ.
            expect(told.sort()).toEqual(expected.sort())
        }),
        { numRuns: 200, seed: 14 },
    )
})
