import { existsSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import * as v from "valibot"
import { UserError } from "../../base/errors"
import { readText } from "../../base/node/read-file"
import { MAX_HEAP_BYTES, MIN_HEAP_BYTES } from "../../model/heap/heap-memory"
import { ARCHITECTURES } from "../architectures"

/** The end of a board file's name; what stands before it is the board's id. */
export const BOARD_FILE_SUFFIX = ".board.json"

/** DeviceScript's own board files have some 3,000 bytes. */
const MAX_FILE_BYTES = 1 << 20

const integerOrHex = v.pipe(
    v.union(
        [v.number(), v.pipe(v.string(), v.transform(Number))],
        "must be an integer or a string holding one",
    ),
    v.integer("must be an integer or a string holding one"),
)

/**
 * What we rely on in DeviceScript's own board format (`deviceconfig.schema.json`). The compiler is
 * the judge of the rest, so other fields pass.
 */
const BoardFileSchema = v.looseObject({
    id: v.optional(v.string("must be a string")),
    devName: v.pipe(v.string("must be a string"), v.nonEmpty("must not be empty")),
    productId: v.pipe(
        integerOrHex,
        v.check(
            id => id >= 0x3000_0000 && id <= 0x3fff_ffff,
            "must be from 0x30000000 to 0x3fffffff",
        ),
    ),
    archId: v.picklist(
        Object.keys(ARCHITECTURES),
        `must be one of ${Object.keys(ARCHITECTURES).join(", ")}`,
    ),
    $description: v.optional(v.string("must be a string")),
    url: v.optional(v.string("must be a string")),
    pins: v.optional(
        v.record(
            v.string(),
            v.pipe(
                v.number("must be a pin number"),
                v.integer("must be a pin number"),
                v.minValue(0, "must be a pin number"),
            ),
            "must be an object of pin numbers by name",
        ),
    ),
})

const figure = v.strictObject(
    {
        value: v.pipe(
            v.number("must be a number of bytes"),
            v.integer("must be a whole number of bytes"),
            v.minValue(1, "must be a positive number of bytes"),
        ),
        source: v.pipe(
            v.string("must be a string"),
            v.nonEmpty("must say where the figure is from"),
        ),
    },
    "must be an object with value and source, and nothing else",
)

const heapFigure = v.pipe(
    figure,
    v.check(
        ({ value }) => value >= MIN_HEAP_BYTES && value <= MAX_HEAP_BYTES,
        `must be ${MIN_HEAP_BYTES} to ${MAX_HEAP_BYTES} bytes, as the VM has it`,
    ),
)

const MemoryFileSchema = v.strictObject({
    heapBytes: heapFigure,
    sramBytes: figure,
    storageFlashBytes: figure,
    programFlashBytes: figure,
})

/** A `*.board.json` as far as we use it. */
export type BoardFile = v.InferOutput<typeof BoardFileSchema>

/** A `*.memory.json`: each figure in bytes, and where it is from. */
export type MemoryFile = v.InferOutput<typeof MemoryFileSchema>

/**
 * Reads and checks one board file.
 * @throws UserError naming the file and the field when it cannot be used.
 */
export function readBoardFile(path: string): BoardFile {
    if (!path.endsWith(BOARD_FILE_SUFFIX))
        throw new UserError(`${path}: the name of a board file must end in ${BOARD_FILE_SUFFIX}.`)
    const file = readJson(path, BoardFileSchema)
    const id = boardId(path)
    if (!/^\w+$/.test(id))
        throw new UserError(
            `${path}: the name before ${BOARD_FILE_SUFFIX} is the board's id: use only letters, digits and underscores.`,
        )
    if (file.id !== undefined && file.id !== id)
        throw new UserError(`${path}: id: must be ${id}, as the file is called, not ${file.id}.`)
    return file
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

function readJson<TSchema extends v.GenericSchema>(
    path: string,
    schema: TSchema,
): v.InferOutput<TSchema> {
    if (!existsSync(path)) throw new UserError(`${path}: no such file.`)
    const text = readText(path, path, MAX_FILE_BYTES)
    let content: unknown
    try {
        content = JSON.parse(text)
    } catch (error) {
        throw new UserError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
    const result = v.safeParse(schema, content, { abortPipeEarly: true })
    if (result.success) return result.output
    throw new UserError(`${path}: ${describe(result.issues[0])}.`)
}

function describe(issue: v.BaseIssue<unknown>): string {
    const field = v.getDotPath(issue)
    if (field === null) return "must hold a JSON object"
    if (issue.kind === "schema" && issue.received === "undefined") return `${field}: is missing`
    if (issue.expected === "never") return `${field}: is not a field we know`
    return `${field}: ${issue.message}`
}
