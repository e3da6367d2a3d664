import { createColors } from "picocolors"
import { expect, test } from "vitest"
import { diffSnapshots } from "../../../../host/analysis/snapshot/diff"
import { parseSnapshot } from "../../../../host/analysis/snapshot/snapshot-file"
import { SnapshotView } from "../../../../host/analysis/snapshot/snapshot-view"
import { renderDiff } from "../../../../host/sinks/terminal/diff-terminal"
import { edge, snapshotOf } from "./hostile-snapshot"
import { underLoad } from "../../../machine-load"

const COUNT = Number(process.env.HEAPSCOPE_HOSTILE_OBJECTS ?? 10_000)
/** What took minutes; linear it takes a second, on a machine that has other things to do three. */
const MAX_MS = 10_000
const PLAIN = { colors: createColors(false), width: 80 }

const next = (id: number) => (id < COUNT ? [edge(id + 1, `n${id}`)] : [])

test.each([
    ["a chain of different names", next],
    [
        "a chain of two names in turn",
        (id: number) => next(id).map(one => ({ ...one, name: `n${id % 2}` })),
    ],
    [
        "one object with all the others in it, and their keys",
        (id: number) =>
            id === 1
                ? Array.from({ length: COUNT - 1 }, (_, i) => [
                      edge(i + 2, `k${i}`),
                      edge(i + 2, `k${i}`, "key"),
                  ]).flat()
                : [],
    ],
    [
        "a chain that refers back at every step",
        (id: number) => [...next(id), edge(Math.max(1, id - 1)), edge(1 + ((id * 7919) % COUNT))],
    ],
    [
        "a ladder, whose dominators an iteration is long in finding",
        (id: number) => [
            ...next(id),
            ...(id === 1 ? [edge(COUNT)] : []),
            ...(id > COUNT / 2 ? [edge(id - 1), edge(COUNT - id + 2)] : []),
        ],
    ],
])(
    "thousands of objects take a moment: %s",
    (_name, edgesOf) => {
        const [a, b] = [
            snapshotOf(COUNT, edgesOf),
            snapshotOf(COUNT, edgesOf, id => 16 + (id % 5)),
        ].map(snapshot => parseSnapshot(JSON.stringify(snapshot), "hostile.json"))
        const began = performance.now()
        const report = diffSnapshots(new SnapshotView(a!), new SnapshotView(b!))
        const text = renderDiff(report, 10, PLAIN)
        expect(performance.now() - began).toBeLessThan(underLoad(MAX_MS))
        expect(report.objects.kept.objects).toBe(COUNT)
        expect(text.length).toBeLessThan(20_000)
    },
    60_000,
)
