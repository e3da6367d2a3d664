import type { SourceKind } from "../../../host/tasks/source-kind"

/** A source that counts: all that a new one takes is such a file, and its line in the table. */
export const madeUpSource: SourceKind = {
    name: "count",
    flag: "--count <number>",
    text: "a board that collects so often",
    what: "a made-up one",
    open: value => ({
        about: {
            program: { entry: "counting" },
            board: { id: "none", chip: "none", heapBytes: 1024 },
            vm: { version: null },
        },
        how: "made up",
        async *events() {
            for (let i = 1; i <= Number(value); i++)
                yield { kind: "gc", atMs: i * 1000, liveBytes: i * 100 }
            yield { kind: "end", atMs: 9000, outcome: { kind: "finished" } }
        },
    }),
}
