import type { Snapshot } from "../../host/documents/snapshot"
import { takeSnapshots, type Moment } from "../../host/tasks/take-snapshots"
import { build, vm } from "./harness"

/** Runs a program on a Pico and takes snapshots at these moments, those that come. */
export async function snapshotsOf(
    name: string,
    moments: readonly Moment[],
    options: { heapBytes?: number; forMs?: number } = {},
) {
    const { heapBytes = 65_536, forMs = 60_000 } = options
    const board = { id: "test", chip: "rp2040", heapBytes }
    return takeSnapshots(vm, { program: await build(name), board, seed: 1, forMs }, moments)
}

/** One snapshot, or an error when the moment does not come. */
export async function snapshotOf(
    name: string,
    atMs: number,
    heapBytes = 65_536,
): Promise<Snapshot> {
    const { snapshots } = await snapshotsOf(name, [{ kind: "time", atMs }], { heapBytes })
    return snapshots[0]!
}
