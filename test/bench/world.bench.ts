import { fromHex } from "../../host/base/hex"
import { findBoard } from "../../host/boards/node/find-board"
import { buildProgram } from "../../host/compiler/node/build"
import type { Program } from "../../host/model/program/program"
import { packageRoot } from "../../host/base/node/package-root"
import { readWorldRecord } from "../../host/recording/world-record"
import { loadVm } from "../../host/simulator/node/load-vm"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { run } from "../../host/simulator/run"
import { playWorld } from "../../host/simulator/world/record/played-world"
import { WorldRecorder } from "../../host/simulator/world/record/world-recorder"
import { makeWorld, type World } from "../../host/simulator/world/world"
import { runBareVm } from "./bare-vm"
import { aim, promise, sideBySide } from "./side-by-side"

const HOUR_MS = 3_600_000
const board = findBoard("pico")
const vm = loadVm()
const libraries = loadWorldLibraries()
const cwd = packageRoot()
const build = (entry: string) => buildProgram(entry, { cwd })
const madeUp = (seed: number) => makeWorld({ mode: "made-up", seed, libraries })
const simulate = (program: Program, forMs: number, world?: (seed: number) => World) =>
    run(vm, { program, board, forMs, ...(world && { makeWorld: world }) })

const station = await build("devs/station/main.ts")
for (const forMs of [10_000, HOUR_MS / 6]) {
    console.log(`the station for ${forMs / 1000} simulated seconds`)
    let recorder: WorldRecorder | undefined
    const recorded = (seed: number) => (recorder = new WorldRecorder(madeUp(seed))).world
    const { report } = await simulate(station, forMs, recorded)
    const alone = await simulate(station, forMs)
    const record = readWorldRecord(recorder!.text({ program: station, board }, forMs), "record")
    const rounds = 7
    // What people do with it is work for its board, too: as much of it is not the world's cost.
    const share = report.boardTime.ms / alone.report.boardTime.ms
    console.log(`  its board does ${share.toFixed(2)} times the work of one that nobody uses`)
    const cost = await sideBySide(
        { name: "the same board, played back", run: playedBack(record, forMs) },
        { name: "in a made-up world", run: () => simulate(station, forMs, madeUp) },
        rounds,
    )
    promise(`the station for ${forMs / 1000} s in its world, to the same played back`, cost, 1.2)
    if (forMs <= 10_000) continue
    const toNone = await sideBySide(
        {
            name: "no world, and nobody who uses it",
            run: () => simulate(station, forMs),
        },
        {
            name: "in a made-up world",
            run: () => simulate(station, forMs, madeUp),
        },
        rounds,
    )
    aim(`the station for ${forMs / 1000} s in its world, to \`--world none\``, toNone, 1.2)
    // What of it is the VM's, which nobody can make less.
    const comings = record.comings.flatMap(coming =>
        coming.kind === "frame" ? { atUs: coming.atUs, frame: fromHex(coming.bytes) } : [],
    )
    await sideBySide(
        {
            name: "the VM as it comes, nothing observed, and nobody who uses it",
            run: () => runBareVm(station, forMs),
        },
        {
            name: `the same when ${comings.length} frames come to it, as in that world`,
            run: () => runBareVm(station, forMs, comings),
        },
        rounds,
    )
}

for (const [what, entry, seconds] of [
    ["an hour of a sensor, read and drawn ten times a second", "drivers/speed-sensor", 5],
    ["an hour of a thermostat over two roles", "thermostat-two", 3],
] as const) {
    const program = await build(`test/vm/programs/${entry}.ts`)
    await simulate(program, 10_000, madeUp)
    const before = process.cpuUsage()
    const { report } = await simulate(program, HOUR_MS, madeUp)
    const { user, system } = process.cpuUsage(before)
    const took = (user + system) / 1e6
    console.log(
        `${what}: ${took.toFixed(1)} s of the processor, ${Math.round(3600 / took)} times real time`,
    )
    if (report.outcome.kind !== "running") throw new Error(report.judgement.headline)
    promise(`${what}, in seconds`, took, seconds)
}

function playedBack(record: ReturnType<typeof readWorldRecord>, forMs: number) {
    return () => simulate(station, forMs, () => playWorld(record, "record"))
}
