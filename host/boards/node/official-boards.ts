import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as v from "valibot"
import { packageRoot } from "../../base/node/package-root"
import { ARCHITECTURES } from "../architectures"
import { BoardFileSchema, type BoardFile } from "../board-file"
import type { BoardDefinition } from "../dcfg"

/** Written when heapscope is prepared: `OfficialBoardsFile`. */
export const OFFICIAL_BOARDS_FILE = "official-boards.json"

/** What the official compiler knows of boards. */
export interface OfficialBoardsFile {
    /** Definitions by id. */
    boards: Record<string, BoardDefinition>
    /** Boards by the names that a library exports for one board alone: `PicoBricks`. */
    drivers: Record<string, string>
    /** Names that a library exports and that speak to the I2C bus: `startSHT30`. */
    i2cDrivers: string[]
}

/** A board of the official compiler: what it is, and all that its definition says. */
export interface OfficialBoard {
    file: BoardFile
    definition: BoardDefinition
    /** Where it stands. */
    path: string
}

/**
 * The boards that every program may import as `@dsboard/<id>`, by id: those of chips that we know the
 * memory of. Ours are among them, with figures of their own.
 */
export function officialBoards(): ReadonlyMap<string, OfficialBoard> {
    return (boards ??= readBoards())
}

/** The board that a library's class or function of this name is for; undefined for all others. */
export function boardOfDriver(name: string): string | undefined {
    const { drivers } = readFile()
    return Object.hasOwn(drivers, name) ? drivers[name] : undefined
}

/** Whether a library's class or function of this name speaks to the I2C bus. */
export function isI2cDriver(name: string): boolean {
    return readFile().i2cDrivers.includes(name)
}

let boards: ReadonlyMap<string, OfficialBoard> | undefined
let file: OfficialBoardsFile | undefined

function filePath(): string {
    return join(packageRoot(), "dist", OFFICIAL_BOARDS_FILE)
}

function readFile(): OfficialBoardsFile {
    if (file) return file
    const path = filePath()
    file = existsSync(path)
        ? (JSON.parse(readFileSync(path, "utf8")) as OfficialBoardsFile)
        : { boards: {}, drivers: {}, i2cDrivers: [] }
    return file
}

function readBoards(): ReadonlyMap<string, OfficialBoard> {
    const path = filePath()
    return new Map(
        Object.entries(readFile().boards)
            .filter(([, { archId }]) => typeof archId === "string" && archId in ARCHITECTURES)
            .map(([id, definition]) => [
                id,
                { file: v.parse(BoardFileSchema, definition), definition, path },
            ]),
    )
}
