import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { loadScenario } from "../../../host/api/load-scenario"
import { readRunSettings } from "../../../host/api/run-settings"
import { UserError } from "../../../host/base/errors"
import { findBoard } from "../../../host/boards/node/find-board"

let folder: string
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-bad-scenario-"))
    writeFileSync(join(folder, "day.csv"), "time,attic\n0,12\n5s,many\n")
    writeFileSync(join(folder, "none.png"), "no picture")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function complaintAbout(text: string, name = "a.json", forMs = 60_000): Promise<string> {
    writeFileSync(join(folder, name), text)
    try {
        const scenario = await loadScenario(name, folder, { isAllowed: true })
        scenario.on(findBoard("pico"), forMs)
    } catch (error) {
        if (error instanceof UserError) return error.message
        throw error
    }
    return ""
}

/** A scenario of these steps, a line each, the first in line 3. */
const steps = (...lines: string[]) => `{\n"steps": [\n${lines.join(",\n")}\n]}`

describe("a scenario that is wrong", () => {
    it.each([
        ["{", "a.json: it is not JSON: "],
        ["[]", "a.json: it has to be an object, or to export one as its default"],
        ['{\n"stpes": []}', "a.json:2: stpes: there is no stpes: did you mean steps?"],
        [steps('{ "prss": "a" }'), "a.json:3: steps.0.prss: there is no prss: did you mean press?"],
        [steps('{ "at": "1s" }'), "a.json:3: steps.0: it does nothing: say one of press, turn"],
        [
            steps('{ "press": "a", "turn": "b" }'),
            "a.json:3: steps.0.turn: there is press, too: a step does one thing.",
        ],
        [
            steps('{ "at": "10 minutes", "press": "a" }'),
            'a.json:3: steps.0.at: "10 minutes" is not a duration: the unit "minutes" is unknown.',
        ],
        [
            steps('{ "at": "10s", "press": "a" }', '{ "at": "5s", "press": "a" }'),
            "a.json:4: steps.1.at: 5s is before the step above it: steps stand in order of time.",
        ],
        [
            steps('{ "at": "1s", "press": "a" }', '{ "at": "2m", "press": "a" }'),
            "a.json:4: steps.1.at: 2m never comes: the run takes 60000 ms.",
        ],
        [
            steps('{ "press": "GP99" }'),
            "a.json:3: steps.0.press: pico has no GP99: did you mean GP9?",
        ],
        [steps('{ "wifi": "up" }'), "a.json:3: steps.0.wifi: Expected drop or return"],
        [steps('{ "press": 5 }'), "a.json:3: steps.0.press: Expected a text, not 5."],
        [
            steps('{ "press": "a", "within": "5s" }'),
            "a.json:3: steps.0.within: it goes with expectLog, expectPicture, not with press.",
        ],
        [steps('{ "turn": "a" }'), "a.json:3: steps.0.turn: it does not say how far"],
        [
            steps('{ "assert": "liv < 20kB" }'),
            "a.json:3: steps.0.assert: there is no figure liv: did you mean live?",
        ],
        [
            steps('{ "assert": "live < 20k" }'),
            'a.json:3: steps.0.assert: "20k" is not a size: the unit "k" is unknown (1,000 or 1,024?).',
        ],
        [steps('{ "assert": "live" }'), 'a.json:3: steps.0.assert: "live" compares nothing'],
        [steps('{ "snapshot": "../x" }'), "a.json:3: steps.0.snapshot: it is a name"],
        [
            steps('{ "publish": { "topic": "a/#" } }'),
            "a.json:3: steps.0.publish.topic: nobody publishes on + or #.",
        ],
        [
            steps('{ "send": { "role": "a" } }'),
            "a.json:3: steps.0.send: a packet is an event or a command",
        ],
        [
            steps('{ "expectPicture": "none.png" }'),
            "a.json:3: steps.0.expectPicture: none.png is no PNG file.",
        ],
        [
            steps('{ "expectPicture": "missing.png" }'),
            "a.json:3: steps.0.expectPicture: missing.png does not exist.",
        ],
        [
            '{ "i2c": [\n{ "address": 80, "holds": true },\n{ "address": "0x50", "absent": true }] }',
            "a.json:3: i2c.1.address: there are two devices at 0x50: the other is at a.json:2.",
        ],
        [
            '{ "i2c": [{ "address": "0x99", "holds": true }] }',
            "a.json:1: i2c.0.address: 0x99 is no address of seven bits",
        ],
        [
            '{ "i2c": [{ "address": 80, "device": "SHT31" }] }',
            "a.json:1: i2c.0.device: the simulator has no SHT31: did you mean SHT30?",
        ],
        [
            '{ "i2c": [{ "address": 80 }] }',
            "a.json:1: i2c.0: it takes one of registers, replies, device, class, holds, absent",
        ],
        [
            '{ "signals": { "temprature": 20 } }',
            "a.json:1: signals.temprature: it is neither a quantity nor a pin: did you mean temperature?",
        ],
        [
            '{ "signals": { "temperature": "sinus 1..2 a day" } }',
            "a.json:1: signals.temperature: there is no signal sinus: did you mean sine?",
        ],
        [
            '{ "signals": { "temperature": "sine 26..18 a day" } }',
            "a.json:1: signals.temperature: 26 is more than 18: write the lower one first.",
        ],
        [
            '{ "signals": { "temperature": "sine 1..2" } }',
            "a.json:1: signals.temperature: it does not say how often",
        ],
        [
            '{ "signals": { "temperature": "csv day.csv" } }',
            "a.json:1: signals.temperature: day.csv:3 has no number in column 2.",
        ],
        [
            '{ "signals": { "temperature": "csv day.csv column atic" } }',
            "a.json:1: signals.temperature: day.csv has no column atic: did you mean attic?",
        ],
        ['{ "signals": { "temperature": "csv ../day.csv" } }', "../day.csv does not exist."],
        [
            '{ "servers": [{ "host": "https://a.com/x" }] }',
            "a.json:1: servers.0.host: https://a.com/x is no host's name",
        ],
        [
            '{ "servers": [{ "host": "a.com", "body": "x", "json": 1 }] }',
            "a.json:1: servers.0.json: there is body, too",
        ],
        [
            '{ "servers": [{ "host": "a.com", "status": 999 }] }',
            "a.json:1: servers.0.status: 999 is no code of HTTP.",
        ],
        [
            '{ "servers": [{ "host": "a.com", "size": "1GB" }] }',
            "a.json:1: servers.0.size: 1GB is more than the 16 MB that there may be.",
        ],
        ['{ "servers": [{ "body": "x" }] }', "a.json:1: servers.0.host: it is missing."],
        ['{ "for": "10" }', ""],
    ])("%s", async (text, message) => {
        const complaint = await complaintAbout(text)
        expect(complaint).toContain(message)
        if (message === "") expect(complaint).toBe("")
    })

    it("of code has its line, too, where it is written out", async () => {
        const code = (body: string) =>
            `import { defineScenario } from "heapscope/config"\nexport default defineScenario({\n${body}\n})\n`
        const written = code(
            "// a { in a comment\nsteps: [\n{ press: 'a' },\n{ wifi: 'up' as never },\n],",
        )
        expect(await complaintAbout(written, "b.ts")).toContain(
            "b.ts:6: steps.1.wifi: Expected drop",
        )
        const made = code("steps: [1, 2].map(() => ({ wifi: 'up' as never })),")
        expect(await complaintAbout(made, "b.ts")).toMatch(/^b\.ts: steps\.0\.wifi: Expected drop/)
    })

    it("is never more than one message, whatever is in it", async () => {
        const word = fc.constantFrom(
            ...["at", "press", "steps", "servers", "i2c", "set", "signals", "devices", "host"],
            ...["10s", "GP3", "sine 1..2 a day", "live < 2kB", "address", "replies", "wait"],
        )
        const value = fc.letrec(tie => ({
            any: fc.oneof(
                { depthSize: "small" },
                ...[word, fc.integer(), fc.boolean(), fc.constant(null)],
                fc.array(tie("any"), { maxLength: 3 }),
                fc.dictionary(word, tie("any"), { maxKeys: 4 }),
            ),
        }))
        await fc.assert(
            fc.asyncProperty(value.any, async data => {
                const message = await complaintAbout(JSON.stringify(data))
                expect(message).not.toMatch(/undefined|\[object|\n/)
            }),
            { numRuns: 200, seed: 1 },
        )
    })
})

it("a world in which nothing happens has no scenario", async () => {
    writeFileSync(join(folder, "a.json"), "{}")
    const scenario = await loadScenario("a.json", folder)
    expect(() => readRunSettings({ board: "pico", scenario, world: "none" })).toThrow(
        "scenario a.json contradicts world none",
    )
})

it("what a scenario says of the run is taken where nothing else is said", async () => {
    writeFileSync(join(folder, "a.json"), '{ "for": "3s", "seed": 7, "heap": "20KiB" }')
    const scenario = await loadScenario("a.json", folder)
    const read = readRunSettings({ board: "pico", scenario })
    expect([read.forMs, read.seed, read.board.heapBytes]).toEqual([3_000, 7, 20_480])
    const other = readRunSettings({ board: "pico", scenario, for: "5s", seed: 8, heap: "30KiB" })
    expect([other.forMs, other.seed, other.board.heapBytes]).toEqual([5_000, 8, 30_720])
})
