import { expect, test } from "vitest"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { NO_PLAN } from "../../host/simulator/world/plan"
import { makeWorld } from "../../host/simulator/world/world"
import type { HandAction, WorldControlled } from "../../host/model/controls"
import { findBoard } from "../../host/boards/node/find-board"
import { simulate } from "../../host/simulator/run"
import { build, vm } from "./harness"

const ENTRY = "test/vm/programs/recorded-day.ts"

/** Runs a program while somebody does something at each text of its log, and by whom it is heard. */
async function runWith(acts: Readonly<Record<string, HandAction>>) {
    const hands: HandAction[] = []
    const log: string[] = []
    let controls: WorldControlled[] = []
    // Nobody else touches the buttons.
    const handled = { pins: new Set([5, 26]), roles: new Set(["bell", "outside"]) }
    const events = simulate(vm, {
        ...{ program: await build(ENTRY), board: findBoard("pico"), forMs: 4_000, seed: 1 },
        makeWorld: seed =>
            makeWorld({
                ...{ mode: "made-up", seed, libraries: loadWorldLibraries() },
                plan: { ...NO_PLAN, handled },
            }),
        ...{ speed: Infinity, sampleMs: 100, controls: true, hands: () => hands.splice(0) },
    })
    for await (const event of events) {
        if (event.kind === "controls") controls = event.controls
        if (event.kind !== "log") continue
        log.push(event.text)
        for (const [text, action] of Object.entries(acts))
            if (event.text.includes(text)) hands.push(action)
    }
    return { log, controls }
}

test("what can be pressed, turned and set is told, and does what somebody does with it", async () => {
    const { log, controls } = await runWith({
        "set role bell": { name: "bell" },
        "bell up": { name: "pin 5" },
        "door up": { name: "outside", to: 31 },
        "outside 3": { name: "pin 26", to: 0.7 },
        "knob 7": { name: "nobody" },
    })
    expect(controls.map(({ name, how }) => `${how} ${name}`).sort()).toEqual([
        ...["press bell", "press pin 5", "set outside", "set pin 26"],
    ])
    const happened = log.filter(text => /^(bell|door) /.test(text))
    expect(happened).toEqual(["bell down", "bell up", "door down", "door up"])
    // A thermometer strays by its error.
    expect(log.some(text => /^outside 3[0-2]\d\d$/.test(text))).toBe(true)
    expect(log).toContain("knob 7")
    expect(log).toContain("heapscope: nobody: it is not there")
})
