import * as v from "valibot"
import { MAX_HEAP_BYTES, MIN_HEAP_BYTES } from "../model/heap/heap-memory"
import { ARCHITECTURES } from "./architectures"

/** The end of a board file's name; what stands before it is the board's id. */
export const BOARD_FILE_SUFFIX = ".board.json"

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
export const BoardFileSchema = v.looseObject({
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

/** Every figure, and nothing else. Flash may be left out: then it is the least that the firmware needs. */
export const MemoryFileSchema = v.strictObject({
    heapBytes: heapFigure,
    sramBytes: figure,
    storageFlashBytes: figure,
    programFlashBytes: figure,
    flashBytes: v.optional(figure),
})

/** A `*.board.json` as far as we use it. */
export type BoardFile = v.InferOutput<typeof BoardFileSchema>

/** A `*.memory.json`: each figure in bytes, and where it is from. */
export type MemoryFile = v.InferOutput<typeof MemoryFileSchema>
