import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { distance } from "fastest-levenshtein"
import { UserError } from "../../base/errors"
import { packageRoot } from "../../base/node/package-root"
import { ARCHITECTURES } from "../architectures"
import { makeBoard, type Board } from "../board"
import { BOARD_FILE_SUFFIX, type BoardFile } from "../board-file"
import { DcfgError, type BoardDefinition } from "../dcfg"
import { officialBoards } from "./official-boards"
import {
    boardId,
    memoryFilePath,
    readBoardDefinition,
    readBoardFile,
    readMemoryFile,
} from "./read-board-file"

/** Every board we know, by id. */
export function listBoards(): Board[] {
    return boardIds().map(id => loadBoardFile(ownBoardFile(id)))
}

/** Ours and the official compiler's others, by id. */
export function* allBoards(): Generator<Board> {
    const ours = boardIds()
    for (const id of ours) yield loadBoardFile(ownBoardFile(id))
    for (const id of officialBoards().keys()) if (!ours.includes(id)) yield findBoard(id)
}

/**
 * The board with this id, ours or one of the official compiler's, or the board that stands for this chip
 * or architecture (`esp32s2`).
 * Case, dashes, underscores and spaces do not matter: "ESP32-S2" is `esp32s2`.
 * @throws UserError when there is none, naming those nearest to what was asked for.
 */
export function findBoard(idOrChip: string): Board {
    const wanted = simplified(idOrChip)
    const ids = boardIds()
    const id =
        ids.find(id => simplified(id) === wanted) ??
        Object.entries(ARCHITECTURES).find(([archId]) => archId === wanted)?.[1].board
    if (id !== undefined) return loadBoardFile(ownBoardFile(id))
    const official = officialBoards()
    const officialId = [...official.keys()].find(id => simplified(id) === wanted)
    if (officialId !== undefined) {
        const { file, definition, path } = official.get(officialId)!
        return boardOf(officialId, file, definition, path, standInMemory(file.archId))
    }
    const known = new Set([...ids, ...official.keys(), ...Object.keys(ARCHITECTURES)])
    const near = nearest(wanted, [...known])
    const suggestion = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ""
    throw new UserError(
        "E_UNKNOWN_BOARD",
        `There is no board "${idOrChip}".${suggestion} "heapscope boards" lists them all.`,
    )
}

/** The board whose firmware gives itself this product identifier, if we know it. */
export function findBoardOfProduct(productId: number | undefined): Board | undefined {
    const file = boardIds()
        .map(ownBoardFile)
        .find(path => readBoardFile(path).productId === productId)
    return file === undefined ? undefined : loadBoardFile(file)
}

/**
 * A board from its own `*.board.json`. Its memory comes from the `*.memory.json` beside it, or, when
 * there is none, from the board that stands for its architecture.
 * @throws UserError naming the file and the field when one of them cannot be used.
 */
export function loadBoardFile(path: string): Board {
    const file = readBoardFile(path)
    const beside = memoryFilePath(path)
    const memoryPath = existsSync(beside) ? beside : standInMemory(file.archId)
    return boardOf(boardId(path), file, readBoardDefinition(path), path, memoryPath)
}

function boardOf(
    id: string,
    file: BoardFile,
    definition: BoardDefinition,
    path: string,
    memoryPath: string,
): Board {
    const memory = readMemoryFile(memoryPath)
    try {
        return makeBoard(id, file, definition, memory, { board: path, memory: memoryPath })
    } catch (error) {
        if (error instanceof DcfgError)
            throw new UserError("E_BOARD_FILE", `${path}: ${error.message}.`)
        throw error
    }
}

/** The memory figures of the board of ours that stands for an architecture. */
function standInMemory(archId: string): string {
    return memoryFilePath(ownBoardFile(ARCHITECTURES[archId]!.board))
}

function boardsFolder(): string {
    return join(packageRoot(), "boards")
}

function ownBoardFile(id: string): string {
    return join(boardsFolder(), id + BOARD_FILE_SUFFIX)
}

function boardIds(): string[] {
    return readdirSync(boardsFolder())
        .filter(name => name.endsWith(BOARD_FILE_SUFFIX))
        .map(boardId)
        .sort()
}

function simplified(name: string): string {
    return name.toLowerCase().replace(/[-_\s]/g, "")
}

/** Up to three names close in spelling to what was typed, or that contain it. */
function nearest(wanted: string, names: string[]): string[] {
    const mostEdits = Math.max(2, Math.floor(wanted.length / 3))
    return names
        .map(name => ({ name, edits: editsTo(wanted, simplified(name)) }))
        .filter(({ edits }) => edits <= mostEdits)
        .sort((a, b) => a.edits - b.edits)
        .slice(0, 3)
        .map(({ name }) => name)
}

function editsTo(wanted: string, name: string): number {
    return wanted.length > 2 && name.includes(wanted) ? 1 : distance(wanted, name)
}
