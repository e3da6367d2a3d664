import { fromHex } from "../../base/hex"
import { parseSize } from "../../base/parse-units"
import { STEP_ACTIONS, type ScenarioStep } from "../../documents/scenario/scenario"
import type { WorldControl } from "../world/control"
import { QUANTITIES, type Quantity } from "../world/plan"
import type { Signal } from "../world/signals"
import { seedOf } from "../world/seed-of"
import { readPicture } from "./read-picture"
import { readI2c } from "./read-i2c"
import { readServer } from "./read-server"
import { readSignal } from "./read-signal"
import { instead } from "../../base/nearest"
import type { Path, Reading } from "./reading"
import { FIGURES, type Action, type Figure, type FigureTest, type Step } from "./scenario"

const PRESS_MS = 150
const EVERY_MS = 1_000
const WITHIN_MS = 10_000
/** The longest message that somebody publishes, in bytes. */
const MAX_MESSAGE_BYTES = 1_000_000
const MAX_PACKET_BYTES = 200

/** What goes with some actions alone. */
const GOES_WITH: Readonly<Partial<Record<keyof ScenarioStep, readonly string[]>>> = {
    for: ["press"],
    to: ["turn"],
    by: ["turn"],
    within: ["expectLog", "expectPicture"],
    display: ["expectPicture"],
    times: ["press", "turn", "publish", "cloud", "send"],
    every: ["press", "turn", "publish", "cloud", "send"],
}

/** A step of a scenario. @param beforeMs when the last step with a time of its own is. @throws UserError */
export function readStep(reading: Reading, path: Path, said: ScenarioStep, beforeMs: number): Step {
    const given = STEP_ACTIONS.filter(name => said[name] !== undefined)
    const [name] = given
    if (name === undefined)
        reading.refuse(path, `it does nothing: say one of ${STEP_ACTIONS.join(", ")}.`)
    if (given.length > 1)
        reading.refuse([...path, given[1]!], `there is ${name}, too: a step does one thing.`)
    for (const [key, actions] of Object.entries(GOES_WITH))
        if (said[key as keyof ScenarioStep] !== undefined && !actions.includes(name))
            reading.refuse([...path, key], `it goes with ${actions.join(", ")}, not with ${name}.`)
    const time = (key: "at" | "wait" | "for" | "every" | "within") =>
        said[key] === undefined ? undefined : reading.duration([...path, key], said[key])
    const atMs = time("at")
    if (atMs !== undefined && atMs < beforeMs)
        reading.refuse(
            [...path, "at"],
            `${said.at} is before the step above it: steps stand in order of time.`,
        )
    if (atMs !== undefined && said.wait !== undefined && said.after === undefined)
        reading.refuse([...path, "wait"], "at says when already: leave one of them out.")
    return {
        where: reading.where(path),
        words: wordsOf(name, said),
        ...(atMs !== undefined && { atMs }),
        ...(said.after !== undefined && { after: said.after }),
        waitMs: time("wait") ?? 0,
        action: readAction(reading, path, said, name, {
            withinMs: time("within") ?? WITHIN_MS,
            everyMs: time("every") ?? EVERY_MS,
            pressMs: time("for") ?? PRESS_MS,
        }),
    }
}

function wordsOf(name: (typeof STEP_ACTIONS)[number], said: ScenarioStep): string {
    const value = said[name]
    const text =
        typeof value === "string"
            ? value
            : JSON.stringify(value, (_, part: unknown) =>
                  typeof part === "function" ? "function" : part,
              )
    const short = text.length > 60 ? `${text.slice(0, 60)}…` : text
    const verb = name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
    return `${verb} ${name === "expectLog" ? JSON.stringify(short) : short}`
}

interface Times {
    withinMs: number
    everyMs: number
    pressMs: number
}

function readAction(
    reading: Reading,
    path: Path,
    said: ScenarioStep,
    name: (typeof STEP_ACTIONS)[number],
    { withinMs, everyMs, pressMs }: Times,
): Action {
    const at = [...path, name]
    const act = (one: (control: WorldControl) => string | undefined | void): Action => ({
        ...{ kind: "act", times: said.times ?? 1, everyMs },
        act: control => one(control) ?? undefined,
    })
    switch (name) {
        case "press": {
            const pin = reading.pin(at, said.press!)
            return act(control =>
                pin === undefined
                    ? control.pressRole(said.press!, pressMs)
                    : control.pressPin(pin, pressMs),
            )
        }
        case "turn": {
            const pin = reading.pin(at, said.turn!)
            const { to, by } = said
            if (to === undefined && by === undefined)
                reading.refuse(
                    at,
                    "it does not say how far: to: 0.5 of a knob, by: 3 of an encoder.",
                )
            if (pin !== undefined && to === undefined)
                reading.refuse([...path, "by"], "a pin is a knob: say where to, to: 0.5.")
            return act(control =>
                pin === undefined
                    ? control.turnRole(said.turn!, to, by)
                    : control.setPin(pin, () => to!),
            )
        }
        case "set":
            return readSet(reading, at, said.set!, act)
        case "connect":
            return act(control => control.connect(said.connect!, true))
        case "disconnect":
            return act(control => control.connect(said.disconnect!, false))
        case "wifi":
            return act(control => control.wifi(said.wifi === "return"))
        case "answer": {
            const server = readServer(reading, at, said.answer!)
            return act(control => control.answer(server))
        }
        case "i2c": {
            const plan = readI2c(reading, at, said.i2c!)
            return act(control => control.i2c(plan))
        }
        case "publish": {
            const { topic } = said.publish!
            const { payload } = readMessage(reading, at, said.publish!)
            if (/[+#]/.test(topic)) reading.refuse([...at, "topic"], "nobody publishes on + or #.")
            return act(control => control.publish(topic, payload))
        }
        case "cloud": {
            const { payload, form } = readMessage(reading, at, said.cloud!)
            return act(control => control.cloud(said.cloud!.topic, form, payload))
        }
        case "send": {
            const { role, event, command, data = "" } = said.send!
            if ((event === undefined) === (command === undefined))
                reading.refuse(
                    at,
                    "a packet is an event or a command: say one of them, by its code.",
                )
            const bytes = fromHex(data.replace(/\s+/g, ""))
            if (bytes.length > MAX_PACKET_BYTES)
                reading.refuse([...at, "data"], `a packet takes ${MAX_PACKET_BYTES} bytes at most.`)
            const packet = {
                ...(event !== undefined && { event }),
                ...(command !== undefined && { command }),
            }
            return act(control => control.send(role, { ...packet, data: bytes }))
        }
        case "expectLog":
            return { kind: "expect-log", text: said.expectLog!, withinMs }
        case "expectPicture":
            return readPicture(reading, at, said.expectPicture!, said.display, withinMs)
        case "assert": {
            const tests = [said.assert!].flat().map(text => readTest(reading, at, text))
            return { kind: "assert", tests }
        }
        case "snapshot":
            if (!/^[\w-][\w.-]{0,60}$/.test(said.snapshot!))
                reading.refuse(
                    at,
                    "it is a name, of letters, digits, dots and dashes: before-rush.",
                )
            return { kind: "snapshot", name: said.snapshot! }
    }
}

/** Quantities, pins and roles, by their names. */
function readSet(
    reading: Reading,
    path: Path,
    set: NonNullable<ScenarioStep["set"]>,
    act: (one: (control: WorldControl) => string | undefined) => Action,
): Action {
    type One = (control: WorldControl) => string | undefined | void
    const all = Object.entries(set).map(([name, value]): One => {
        const at = [...path, name]
        const pin = reading.pin(at, name)
        const quantity = QUANTITIES.find(known => known === name)
        const isList = Array.isArray(value) || typeof value === "boolean"
        if (isList && (quantity !== undefined || (pin !== undefined && Array.isArray(value))))
            reading.refuse(at, "it has one number, or what it does.")
        if (isList && pin === undefined) {
            const values = [value].flat() as (number | boolean)[]
            return control => control.setRole(name, values)
        }
        const said = typeof value === "boolean" ? Number(value) : (value as string | number)
        const signal = readSignal(reading, at, said)(seedOf(1, name))
        return control => setTo(control, { name, pin, quantity }, said, signal)
    })
    return act(control => {
        for (const one of all) {
            const why = one(control)
            if (typeof why === "string") return why
        }
        return undefined
    })
}

function setTo(
    control: WorldControl,
    {
        name,
        pin,
        quantity,
    }: { name: string; pin: number | undefined; quantity: Quantity | undefined },
    said: string | number,
    signal: Signal,
): string | undefined | void {
    if (pin !== undefined) return control.setPin(pin, signal)
    if (typeof said === "number") {
        const why = control.setRole(name, [said])
        // A quantity of the room is felt by its sensors on a bus, and a role may have its name.
        if (quantity !== undefined) return control.setQuantity(quantity, signal)
        return why
    }
    if (quantity === undefined) return control.setRole(name, signal)
    control.setRole(name, signal)
    return control.setQuantity(quantity, signal)
}

function readMessage(
    reading: Reading,
    path: Path,
    { payload, json, size, madeUp }: NonNullable<ScenarioStep["publish"]>,
): { payload: Uint8Array; form: "json" | "binary" } {
    const encoder = new TextEncoder()
    if (madeUp !== undefined) {
        const length = reading.size([...path, "madeUp"], madeUp, MAX_MESSAGE_BYTES)
        const text = JSON.stringify({ value: 50, state: "ON", text: "x".repeat(length) })
        return { payload: encoder.encode(text), form: "json" }
    }
    if (json !== undefined) return { payload: encoder.encode(JSON.stringify(json)), form: "json" }
    if (size === undefined) return { payload: encoder.encode(payload ?? ""), form: "binary" }
    const bytes = reading.size([...path, "size"], size, MAX_MESSAGE_BYTES)
    return { payload: new Uint8Array(bytes).fill("x".charCodeAt(0)), form: "binary" }
}

function readTest(reading: Reading, path: Path, words: string): FigureTest {
    const [, name, compare, text] = /^(\w+)\s*(<=|>=|==|<|>)\s*(.+)$/.exec(words.trim()) ?? []
    if (name === undefined)
        reading.refuse(path, `${JSON.stringify(words)} compares nothing: write live < 20kB.`)
    if (!Object.hasOwn(FIGURES, name))
        reading.refuse(path, `there is no figure ${name}${instead(name, Object.keys(FIGURES))}`)
    const figure = name as Figure
    const value =
        FIGURES[figure].unit === "bytes"
            ? reading.read(path, () => parseSize(text!))
            : readShare(reading, path, text!)
    return { words, figure, compare: compare as FigureTest["compare"], value }
}

function readShare(reading: Reading, path: Path, text: string): number {
    const [, digits, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text) ?? []
    if (digits === undefined) reading.refuse(path, `${text} is no share: 20%, or 0.2.`)
    return percent ? Number(digits) / 100 : Number(digits)
}
