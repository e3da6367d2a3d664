import { existsSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import * as v from "valibot"
import { UserError } from "../../base/errors"
import { issueText } from "../../base/issue-text"
import { readText } from "../../base/node/read-file"
import {
    BOARD_FILE_SUFFIX,
    BoardFileSchema,
    MemoryFileSchema,
    type BoardFile,
    type MemoryFile,
} from "../board-file"
import { ChipFileSchema, HeaderFileSchema, type ChipFile } from "../chip-file"
import type { BoardDefinition } from "../dcfg"
import type { BoardHeader } from "../../documents/boards/boards-report"

/** DeviceScript's own board files have some 3,000 bytes. */
const MAX_FILE_BYTES = 1 << 20

/**
 * Reads and checks one board file.
 * @throws UserError naming the file and the field when it cannot be used.
 */
export function readBoardFile(path: string): BoardFile {
    if (!path.endsWith(BOARD_FILE_SUFFIX))
        throw new UserError(
            "E_BOARD_FILE",
            `${path}: the name of a board file must end in ${BOARD_FILE_SUFFIX}.`,
        )
    const file = readJson(path, BoardFileSchema)
    const id = boardId(path)
    if (!/^\w+$/.test(id))
        throw new UserError(
            "E_BOARD_FILE",
            `${path}: the name before ${BOARD_FILE_SUFFIX} is the board's id: use only letters, digits and underscores.`,
        )
    if (file.id !== undefined && file.id !== id)
        throw new UserError(
            "E_BOARD_FILE",
            `${path}: id: must be ${id}, as the file is called, not ${file.id}.`,
        )
    return file
}

/** All that a board file says, in its own order, and the board's id after it, as `devs dcfg` has it. */
export function readBoardDefinition(path: string): BoardDefinition {
    return { ...readJson(path, v.looseObject({})), id: boardId(path) }
}

/** The id of the board in a board file: its name without the ending. */
export function boardId(path: string): string {
    return basename(path, BOARD_FILE_SUFFIX)
}

/** Where the memory figures of the board in `path` stand. They need not exist. */
export function memoryFilePath(path: string): string {
    return join(dirname(path), `${boardId(path)}.memory.json`)
}

/**
 * Reads and checks one file of memory figures.
 * @throws UserError naming the file and the field when it cannot be used.
 */
export function readMemoryFile(path: string): MemoryFile {
    return readJson(path, MemoryFileSchema)
}

/**
 * Reads and checks what all boards of a chip have in common.
 * @throws UserError naming the file and the field when it cannot be used.
 */
export function readChipFile(path: string): ChipFile {
    return readJson(path, ChipFileSchema)
}

/**
 * Reads and checks where a board's pins lie.
 * @throws UserError naming the file and the field when it cannot be used.
 */
export function readHeaderFile(path: string): BoardHeader {
    return readJson(path, HeaderFileSchema)
}

function readJson<TSchema extends v.GenericSchema>(
    path: string,
    schema: TSchema,
): v.InferOutput<TSchema> {
    if (!existsSync(path)) throw new UserError("E_NO_FILE", `${path}: no such file.`)
    const text = readText(path, path, MAX_FILE_BYTES)
    let content: unknown
    try {
        content = JSON.parse(text)
    } catch (error) {
        throw new UserError(
            "E_BOARD_FILE",
            `${path}: ${error instanceof Error ? error.message : String(error)}`,
        )
    }
    const result = v.safeParse(schema, content, { abortPipeEarly: true })
    if (result.success) return result.output
    throw new UserError("E_BOARD_FILE", `${path}: ${issueText(result.issues[0])}.`)
}
