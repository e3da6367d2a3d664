import { HeapscopeError, UserError } from "../../base/errors"
import { instead } from "../../base/nearest"
import { parseDuration, parseSize } from "../../base/parse-units"
import { shorten } from "../../base/shorten"
import type { Picture } from "../../model/shown"

/** What a scenario file names beside it. Each throws a `UserError` for what is not there. */
export interface ScenarioFiles {
    text(name: string): string
    bytes(name: string): Uint8Array
    picture(name: string): Picture
    /** What a service measured, in a recording of a real board. @param service its short name in the catalogue. Default: the only one */
    recorded(name: string, service?: string): { times: number[]; values: number[] }
}

/** A place in a scenario file. */
export type Path = readonly PropertyKey[]

/** Reads what a scenario file says; what is wrong names its file and line. */
export class Reading {
    /**
     * @param where a place for messages: `evening.scenario.json:12`
     * @param pins of the board, by what is written on it
     */
    constructor(
        readonly files: ScenarioFiles,
        readonly where: (path: Path) => string,
        readonly pins: ReadonlyMap<string, number>,
        readonly boardId: string,
    ) {}

    /** @throws UserError that says what is wrong at a place */
    refuse(path: Path, why: string): never {
        const name = shorten(path.map(String).join("."))
        throw new UserError("E_SCENARIO", `${this.where(path)}: ${name}: ${why}`)
    }

    /** Simulated milliseconds. */
    duration(path: Path, value: string | number): number {
        return this.read(path, () =>
            parseDuration(typeof value === "number" ? `${value}ms` : value),
        )
    }

    /** Bytes, at most so many. */
    size(path: Path, value: string | number, most: number): number {
        const bytes = this.read(path, () => parseSize(String(value)))
        if (bytes > most)
            this.refuse(path, `${value} is more than the ${most / 1_000_000} MB that there may be.`)
        return bytes
    }

    /** What another reader makes of it, its complaint with the place. */
    read<T>(path: Path, read: () => T): T {
        try {
            return read()
        } catch (error) {
            if (!(error instanceof HeapscopeError)) throw error
            return this.refuse(path, error.message)
        }
    }

    /** A pin by its name on the board, `GP5`, or its number, `pin 5`; undefined for what is none. */
    pin(path: Path, name: string): number | undefined {
        const known = this.pins.get(name)
        if (known !== undefined) return known
        const [, digits] = /^(?:pin|gpio) ?(\d{1,3})$/i.exec(name) ?? []
        const looksLikeOne = /^(?:GP|GPIO|IO|[ADPDX])\d+$/.test(name)
        if (digits === undefined && !looksLikeOne) return undefined
        const number = Number(digits)
        if ([...this.pins.values()].includes(number)) return number
        const names = [...this.pins.keys()]
        return this.refuse(path, `${this.boardId} has no ${name}${instead(name, names)}`)
    }
}
