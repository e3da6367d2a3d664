import { expect, it } from "vitest"
import type { Board } from "../../host/boards/board"
import { findBoard } from "../../host/boards/node/find-board"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { run } from "../../host/simulator/run"
import { makeWorld, type World } from "../../host/simulator/world/world"
import { build, printed, runProgram, vm } from "./harness"

const libraries = loadWorldLibraries()

async function simulate(
    features: Partial<Board["features"]> = {},
    { entry = "board-services", forMs = 30_000 } = {},
) {
    const pico = findBoard("pico")
    let world: World | undefined
    const { report } = await run(vm, {
        program: await build(entry),
        board: { ...pico, features: { ...pico.features, ...features } },
        forMs,
        makeWorld: seed => (world = makeWorld({ mode: "made-up", seed, libraries })),
    })
    const offered = world!.controls().map(({ name }) => name)
    return { report, offered, log: printed(report.log), world: report.world! }
}

it("are at the pins that their configuration names, as firmware starts them", async () => {
    const { report, log, world } = await simulate()
    expect(new Set(world.roles!.map(({ answeredBy }) => answeredBy))).toEqual(
        new Set(["the board itself"]),
    )
    expect(world.unanswered).toEqual([])
    expect(report.judgement).toMatchObject({ kind: "fine", evidence: [] })
    expect(log.slice(0, 3)).toEqual([
        "servo 45",
        "relay true",
        expect.stringMatching(/^chip \d\d$/),
    ])
    expect(log.find(line => line.startsWith("knob"))).toMatch(/^knob 0\.\d+$/)
    for (const line of ["light true", "down", "up", "on", "movement", "turned", "bent"])
        expect(log).toContain(line)
    const presses = log.filter(line => line === "down" || line === "up")
    presses.forEach((line, index) => expect(line).toBe(index % 2 === 0 ? "down" : "up"))

    const at = (pin: number, use: string) =>
        world.pins!.find(other => other.pin === pin && other.use === use)
    expect(at(2, "input")).toMatchObject({ part: "button" })
    expect(at(7, "output")).toMatchObject({ part: "relay", changes: 2 })
    // A quarter of the dimmer's pulses; the servo's between 600 us at 90 degrees and 2,500 us at -90.
    expect(at(9, "pulses")).toMatchObject({ part: "light", periodUs: 64, pulseUs: 16 })
    expect(at(11, "pulses")).toMatchObject({ part: "servo", periodUs: 20_000, pulseUs: 1075 })
    expect(at(13, "pulses")).toMatchObject({ part: "motor", changes: 16 })
    expect(at(12, "pulses")).toBeUndefined()
    expect(at(10, "pulses")).toMatchObject({ part: "buzzer", periodUs: 2273 })
    expect(world.madeUp).toContain("pin 26 (a knob)")
    expect(world.madeUp.some(name => name.includes("servo"))).toBe(false)
})

it("are gamepads of buttons and of a stick, and power for the bus, too", async () => {
    const { report, offered, log, world } = await simulate(
        {},
        {
            ...{ entry: "board-more-services", forMs: 8_000 },
        },
    )
    expect(new Set(world.roles!.map(({ answeredBy }) => answeredBy))).toEqual(
        new Set(["the board itself"]),
    )
    expect(report.judgement).toMatchObject({ kind: "fine", evidence: [] })
    // Left, right and A; a stick's arrows are none of its buttons.
    expect(log).toContain("buttons 21 0")
    // It powers before anybody listens, and stops when it is told to.
    expect(log.filter(line => line.startsWith("power"))).toEqual([
        "powering true",
        "powering false",
    ])
    expect(log.filter(line => line.startsWith("status"))).toEqual(["status 0"])
    expect(log).toContain("pulse 600 900")
    expect(log).toContain("left -1")
    expect(log.some(line => line.startsWith("a "))).toBe(true)
    expect(new Set(log.filter(line => line.startsWith("stick")))).toEqual(new Set(["stick true"]))

    const at = (pin: number, use: string) =>
        world.pins!.find(other => other.pin === pin && other.use === use)
    expect(at(2, "input")).toMatchObject({ part: "button" })
    expect(at(26, "analog")).toMatchObject({ part: "stick" })
    // Switched on through a transistor, whose output is low then, and off; the resistor that keeps
    // a battery pack awake is off from the first look on, for 20 seconds.
    expect(at(7, "output")).toMatchObject({ changes: 2 })
    expect(at(8, "output")).toMatchObject({ changes: 2 })
    expect(world.madeUp).toContain("pin 6 (a power limiter)")
    // Nobody presses that, so nobody is offered it.
    expect(offered).toContain("pin 2")
    expect(offered).not.toContain("pin 6")
})

it("are not there where the chip cannot have them, and the verdict says who waits", async () => {
    const { report, log, world } = await simulate({ analogPins: [], usb: false })
    expect(log).toContain("servo 45")
    expect(log.some(line => line.startsWith("knob"))).toBe(false)
    expect(world.unanswered).toEqual([
        "potentiometer_0[int:0]",
        "lightLevel_0[int:0]",
        "hidMouse_0[int:0]",
    ])
    expect(report.judgement.evidence.join()).toContain("hidMouse_0[int:0]")
})

it("keep a program going that only subscribes to one of the board's own", async () => {
    const { report } = await runProgram("uptime-only", { forMs: 20_000 })
    expect(report.outcome.kind).toBe("running")
    expect(report.simulated.ms).toBe(20_000)
    expect(printed(report.log).length).toBeGreaterThan(5)
})
