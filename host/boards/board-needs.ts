import type { BoardNeeds } from "../model/program/program"
import { withPins, type Board } from "./board"

/** A board that was taken for a program which names none. */
export interface TakenBoard {
    board: Board
    /** What the usual one lacks, for people; empty where that was taken. */
    lacks: string[]
    /** Pins that no board has together, and that were given to the usual one. */
    added: number[]
}

/**
 * The first board that has all that a program uses. Where none has all its pins, it is written for
 * somebody's own: then it is the usual one with these pins as well, as far as its chip has them.
 * @param others are looked at only where the usual one lacks something
 */
export function boardFor(
    needs: BoardNeeds,
    usual: Board,
    others: () => Iterable<Board>,
): TakenBoard {
    const lacks = whatLacks(usual, needs)
    if (lacks.length === 0) return { board: usual, lacks, added: [] }
    for (const board of others())
        if (whatLacks(board, needs).length === 0) return { board, lacks, added: [] }
    const added = needs.pins.filter(pin => !exposes(usual, pin) && pin < usual.features.pins)
    const own = added.length > 0 ? withPins(usual, added) : usual
    return whatLacks(own, needs).length === 0
        ? { board: own, lacks, added }
        : { board: usual, lacks: [], added: [] }
}

/** What of a program's needs a board has not, in words that go on after its name. */
export function whatLacks(
    board: Board,
    { i2cBus, ledStrip, pins, analogPins, pinNames = [] }: BoardNeeds,
): string[] {
    const hidden = pins.filter(pin => !exposes(board, pin))
    const digital = analogPins.filter(pin => !board.features.analogPins.includes(pin))
    const unknown = pinNames.filter(name => !isPinName(board, name))
    return [
        ...(unknown.length > 0 ? [`no pin ${unknown.join(", ")}`] : []),
        ...(i2cBus && !hasI2c(board) ? ["no I2C bus unless configureHardware names its pins"] : []),
        ...(hidden.length > 0 ? [`no GPIO ${hidden.join(", ")} to connect anything to`] : []),
        ...(digital.length > 0 ? [`no analog input at GPIO ${digital.join(", ")}`] : []),
        ...(ledStrip && !board.features.ledStrip ? ["no strip of LEDs in its firmware"] : []),
    ]
}

/** Whether programs that are written for a board know a pin by this name; it may have a second one. */
function isPinName({ definition }: Board, name: string): boolean {
    return ["pins", "$pins"].some(of => Object.hasOwn((definition[of] ?? {}) as object, name))
}

function exposes({ definition }: Board, pin: number): boolean {
    return Object.values((definition["pins"] ?? {}) as object).includes(pin)
}

function hasI2c({ definition }: Board): boolean {
    return (definition["i2c"] as { pinSDA?: unknown } | undefined)?.pinSDA !== undefined
}
