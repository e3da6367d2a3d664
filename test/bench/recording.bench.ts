import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { packageRoot } from "../../host/base/node/package-root"
import type { MemoryEvent } from "../../host/model/events"
import { RecordingWriter } from "../../host/recording/node/recording-writer"
import { aim, median } from "./side-by-side"

/** 400,000 events a second. */
const MOST_US = 2.5
const MOST_MB_A_DAY = 30
/** A part of a day that tells of all of it. */
const PARTS_A_DAY = 72
const EVENTS = 200_000
const ROUNDS = 5

const folder = mkdtempSync(join(tmpdir(), "heapscope-bench-"))
const header = {
    program: { entry: "src/main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: "2.16.4" },
}
const events = Array.from({ length: EVENTS }, (_, i): MemoryEvent => ({
    ...{ kind: "sample", atMs: i * 100, usedBytes: 20_000 + (i % 9000), liveBytes: 7_220 },
    ...{ freeBytes: 45_524 - (i % 9000), largestFreeBytes: 40_000 - (i % 9000) },
    ...{ collections: i >> 6, allocations: i * 21, allocatedBytes: i * 1100 },
}))
try {
    for (const name of ["run.ndjson", "run.ndjson.gz"]) {
        const path = join(folder, name)
        const times: number[] = []
        for (let round = 0; round < ROUNDS; round++) {
            const { user } = process.cpuUsage()
            const writer = new RecordingWriter(path, header)
            for (const event of events) writer.add(event)
            await writer.close()
            times.push((process.cpuUsage().user - user) / EVENTS)
        }
        console.log(`${name}: ${(statSync(path).size / EVENTS).toFixed(0)} bytes an event`)
        console.log(`${median(times).toFixed(2)} microseconds of a processor an event`)
        const packed = name.endsWith(".gz") ? ", packed" : ""
        aim(`an event recorded${packed}, in microseconds of a processor`, median(times), MOST_US)
    }
    const day = join(folder, "day.ndjson.gz")
    const cli = join(packageRoot(), "dist/cli.js")
    const asked = ["sim", "devs/station/main.ts", "--for", "20m", "--sample", "100ms", "--quiet"]
    execFileSync(process.execPath, [cli, ...asked, "--record", day], {
        cwd: packageRoot(),
        stdio: "ignore",
    })
    const megabytes = (statSync(day).size * PARTS_A_DAY) / 1e6
    console.log(`${megabytes.toFixed(1)} MB a day of the station`)
    aim("a simulated day of the station recorded, packed, in MB", megabytes, MOST_MB_A_DAY)
} finally {
    rmSync(folder, { recursive: true })
}
