import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { distance } from "fastest-levenshtein"
import { UserError } from "../../base/errors"
import { packageRoot } from "../../base/node/package-root"
import { ARCHITECTURES } from "../architectures"
import { makeBoard, type Board } from "../board"
import { BOARD_FILE_SUFFIX, type BoardFile } from "../board-file"
import { CHIP_FILE_SUFFIX, HEADER_FILE_SUFFIX, type ChipFile } from "../chip-file"
import { DcfgError, type BoardDefinition } from "../dcfg"
import { officialBoards } from "./official-boards"
import { boardFiles, projectBoards } from "./project-boards"
import {
    boardId,
    memoryFilePath,
    readBoardDefinition,
    readBoardFile,
    readChipFile,
    readHeaderFile,
    readMemoryFile,
} from "./read-board-file"

/** The boards of this package, by id: those with figures of their own. */
export function listBoards(): Board[] {
    return [...ownBoards().values()].map(loadBoardFile)
}

/**
 * Ours and the official compiler's others, by id; those of the project that a folder is in come first,
 * and stand for others of the same id.
 * @param cwd without it, no project is looked at
 */
export function* allBoards(cwd?: string): Generator<Board> {
    const ids = new Set(cwd === undefined ? [] : projectBoards(cwd).keys())
    for (const id of ids) yield findBoard(id, cwd)
    for (const id of [...ownBoards().keys(), ...officialBoards().keys()]) {
        if (ids.has(id)) continue
        ids.add(id)
        yield findBoard(id)
    }
}

/**
 * The board with this id: one that the project defines, one of ours or of the official compiler's, or the
 * board that stands for this chip or architecture (`esp32s2`).
 * Case, dashes, underscores and spaces do not matter: "ESP32-S2" is `esp32s2`.
 * @param cwd a folder of the project; without it, no project is looked at
 * @throws UserError when there is none, naming those nearest to what was asked for.
 */
export function findBoard(idOrChip: string, cwd?: string): Board {
    const wanted = simplified(idOrChip)
    const isWanted = (id: string) => simplified(id) === wanted
    const project: ReadonlyMap<string, string> = cwd === undefined ? new Map() : projectBoards(cwd)
    const ofProject = [...project.keys()].find(isWanted)
    if (ofProject !== undefined) return loadBoardFile(project.get(ofProject)!)
    const own = ownBoards()
    const id =
        [...own.keys()].find(isWanted) ??
        Object.entries(ARCHITECTURES).find(([archId]) => archId === wanted)?.[1].board
    if (id !== undefined) return loadBoardFile(own.get(id)!)
    const official = officialBoards()
    const officialId = [...official.keys()].find(isWanted)
    if (officialId !== undefined) {
        const { file, definition, path } = official.get(officialId)!
        return boardOf(officialId, file, definition, {
            files: { board: path, memory: standInMemory(file.archId) },
            definedBy: "official",
        })
    }
    const known = new Set([
        ...project.keys(),
        ...own.keys(),
        ...official.keys(),
        ...Object.keys(ARCHITECTURES),
    ])
    const near = nearest(wanted, [...known])
    const suggestion = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ""
    throw new UserError(
        "E_UNKNOWN_BOARD",
        `There is no board "${idOrChip}".${suggestion} "heapscope boards" lists them all.`,
    )
}

/**
 * The board whose firmware gives itself this product identifier, if it is known.
 * @param cwd a folder of the project whose own boards may be the one
 */
export function findBoardOfProduct(
    productId: number | undefined,
    cwd = process.cwd(),
): Board | undefined {
    const files = [...projectBoards(cwd).values(), ...ownBoards().values()]
    const file = files.find(path => hasProduct(path, productId))
    if (file !== undefined) return loadBoardFile(file)
    const official = [...officialBoards()].find(([, { file }]) => file.productId === productId)
    return official && findBoard(official[0])
}

/** A file of the project's that cannot be used is told of where it is asked for. */
function hasProduct(path: string, productId: number | undefined): boolean {
    try {
        return readBoardFile(path).productId === productId
    } catch (error) {
        if (error instanceof UserError) return false
        throw error
    }
}

/**
 * A board from its own `*.board.json`. Its memory comes from the `*.memory.json` beside it, or, when
 * there is none, from the board that stands for its architecture.
 * @throws UserError naming the file and the field when one of them cannot be used.
 */
export function loadBoardFile(path: string): Board {
    const file = readBoardFile(path)
    const memory = memoryFilePath(path)
    const header = path.replace(BOARD_FILE_SUFFIX, HEADER_FILE_SUFFIX)
    return boardOf(boardId(path), file, readBoardDefinition(path), {
        files: {
            board: path,
            memory: existsSync(memory) ? memory : standInMemory(file.archId),
        },
        definedBy: dirname(path) === boardsFolder() ? "heapscope" : "project",
        ...(existsSync(header) && { header: readHeaderFile(header) }),
    })
}

function boardOf(
    id: string,
    file: BoardFile,
    definition: BoardDefinition,
    of: Pick<Board, "files" | "definedBy" | "header">,
): Board {
    const { flashBytes, ...memory } = readMemoryFile(of.files.memory)
    // The flash of a board that stands in says nothing of this one.
    const isOwn = of.files.memory === memoryFilePath(of.files.board)
    const figures = { ...memory, ...(isOwn && flashBytes && { flashBytes }) }
    try {
        return makeBoard(id, file, definition, figures, chipOf(file.archId), of)
    } catch (error) {
        if (error instanceof DcfgError)
            throw new UserError("E_BOARD_FILE", `${of.files.board}: ${error.message}.`)
        throw error
    }
}

/** What all boards of an architecture have in common. */
function chipOf(archId: string): ChipFile {
    return readChipFile(join(boardsFolder(), "chips", archId + CHIP_FILE_SUFFIX))
}

/** The memory figures of the board of ours that stands for an architecture. */
function standInMemory(archId: string): string {
    return memoryFilePath(join(boardsFolder(), ARCHITECTURES[archId]!.board + BOARD_FILE_SUFFIX))
}

function boardsFolder(): string {
    return join(packageRoot(), "boards")
}

function ownBoards(): ReadonlyMap<string, string> {
    return boardFiles(boardsFolder())
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
