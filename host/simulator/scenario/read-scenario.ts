import type { ScenarioFile, ScenarioStep } from "../../documents/scenario/scenario"
import { QUANTITIES, type PlannedSignal, type Quantity, type WorldPlan } from "../world/plan"
import { ProgramImage } from "../../model/program/program-image"
import { UserError } from "../../base/errors"
import { readI2c } from "./read-i2c"
import { readServer } from "./read-server"
import { readSignal } from "./read-signal"
import { readStep } from "./read-step"
import { instead } from "../../base/nearest"
import type { Path, Reading } from "./reading"
import type { Scenario, Step } from "./scenario"

/** Services that others are made of: nothing plays them alone. */
const BASES = new Set(["Base", "Sensor"])

/**
 * A scenario of what its file says, for a board.
 * @param forMs how long the run is
 * @throws UserError with file and line for what is wrong in it
 */
export function readScenario(
    reading: Reading,
    file: string,
    said: ScenarioFile,
    forMs: number,
): Scenario {
    const { about, signals = {}, devices = {}, servers = [], i2c = [], steps = [] } = said
    const quantities = new Map<Quantity, PlannedSignal>()
    const pins = new Map<number, PlannedSignal>()
    for (const [name, value] of Object.entries(signals)) {
        const path = ["signals", name]
        const signal = readSignal(reading, path, value)
        const pin = reading.pin(path, name)
        if (pin !== undefined) pins.set(pin, signal)
        else if (isQuantity(name)) quantities.set(name, signal)
        else
            reading.refuse(
                path,
                `it is neither a quantity nor a pin${instead(name, QUANTITIES)} What a device measures stands under devices.`,
            )
    }
    const planned = Object.entries(devices).map(([role, { reading: signal, connected = true }]) => {
        const path = ["devices", role, "reading"]
        return [
            role,
            {
                isConnected: connected,
                ...(signal !== undefined && { reading: readSignal(reading, path, signal) }),
            },
        ] as const
    })
    const buses = i2c.map((one, i) => readI2c(reading, ["i2c", i], one))
    for (const [i, { address }] of buses.entries()) {
        const before = buses.slice(0, i).findIndex(other => other.address === address)
        if (before >= 0)
            reading.refuse(
                ["i2c", i, "address"],
                `there are two devices at 0x${address.toString(16)}: the other is at ${reading.where(["i2c", before])}.`,
            )
    }
    return {
        file,
        ...(about !== undefined && { about }),
        plan: {
            ...{ quantities, pins, devices: new Map(planned), i2c: buses },
            servers: servers.map((one, i) => readServer(reading, ["servers", i], one)),
            ...(said.slower !== undefined && {
                slowerMs: reading.duration(["slower"], said.slower),
            }),
            ...inHands(reading, said),
        },
        steps: readSteps(reading, steps, forMs),
    }
}

function readSteps(reading: Reading, steps: readonly ScenarioStep[], forMs: number): Step[] {
    let beforeMs = 0
    return steps.map((said, i) => {
        const path = ["steps", i]
        const step = readStep(reading, path, said, beforeMs)
        const { atMs } = step
        if (atMs === undefined) return step
        if (atMs >= forMs)
            reading.refuse(
                [...path, "at"],
                `${said.at} never comes: the run takes ${forMs} ms. Give it a longer --for, or say for in the scenario.`,
            )
        beforeMs = atMs
        return step
    })
}

/** What the steps act on: nobody else does. */
function inHands(
    reading: Reading,
    { steps = [] }: ScenarioFile,
): Pick<WorldPlan, "handled" | "handlesWifi" | "topics"> {
    const names = steps.flatMap(({ press, turn, set = {} }, i) => [
        ...(press === undefined ? [] : [{ name: press, path: ["steps", i, "press"] as Path }]),
        ...(turn === undefined ? [] : [{ name: turn, path: ["steps", i, "turn"] as Path }]),
        ...Object.keys(set).map(name => ({ name, path: ["steps", i, "set", name] as Path })),
    ])
    const pins = new Set<number>()
    const roles = new Set<string>()
    for (const { name, path } of names) {
        const pin = reading.pin(path, name)
        if (pin === undefined) roles.add(name)
        else pins.add(pin)
    }
    return {
        handled: { pins, roles },
        handlesWifi: steps.some(({ wifi }) => wifi !== undefined),
        topics: steps.flatMap(({ publish, cloud }) => publish?.topic ?? cloud?.topic ?? []),
    }
}

/**
 * Sees to it that a program has the roles that a scenario names.
 * @throws UserError with file, line and the nearest name
 */
export function checkRoles(
    { devices = {}, steps = [] }: ScenarioFile,
    bytecode: Uint8Array,
    reading: Reading,
): void {
    const image = ProgramImage.of(bytecode)
    const texts = new Set(image.texts())
    // A role without a name has that of its service, and a number.
    const services = image.services().map(({ name }) => name)
    const isNumbered = (role: string) => services.includes(role.replace(/\d+$/, ""))
    const named: { role: string; path: Path }[] = [
        ...Object.keys(devices).map(role => ({ role, path: ["devices", role] })),
        ...steps.flatMap(({ press, turn, connect, disconnect, send, set = {} }, i) =>
            Object.entries({ press, turn, connect, disconnect, send: send?.role })
                .flatMap(([key, role]) =>
                    role === undefined ? [] : { role, path: ["steps", i, key] },
                )
                .concat(
                    Object.keys(set)
                        .filter(name => !isQuantity(name))
                        .map(role => ({ role, path: ["steps", i, "set", role] as never })),
                ),
        ),
    ]
    for (const { role, path } of named) {
        if (texts.has(role) || isNumbered(role) || reading.pin(path, role) !== undefined) continue
        // A role that stands in for one of the board's own has its name and more.
        if (role.includes("[")) continue
        const numbered = services.filter(name => !BASES.has(name)).map(name => `${name}0`)
        const near = instead(role, [
            ...numbered,
            ...[...texts].filter(text => /^\w{2,30}$/.test(text)),
        ])
        const isNear = near.startsWith(":")
        const has = numbered.length > 0 ? ` It has ${numbered.join(", ")}.` : ""
        throw new UserError(
            "E_SCENARIO",
            `${reading.where(path)}: ${path.map(String).join(".")}: the program has no role ${role}${isNear ? near : `, and the board no such pin.${has}`}`,
        )
    }
}

function isQuantity(name: string): name is Quantity {
    return (QUANTITIES as readonly string[]).includes(name)
}
