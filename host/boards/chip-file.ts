import * as v from "valibot"
import type { BoardHeader, FirmwareFacts } from "../documents/boards/boards-report"

/** The end of a chip file's name; what stands before it is an architecture of DeviceScript's. */
export const CHIP_FILE_SUFFIX = ".chip.json"
/** The end of the name of a file that says where a board's pins lie. */
export const HEADER_FILE_SUFFIX = ".header.json"

const text = v.pipe(v.string("must be a string"), v.nonEmpty("must not be empty"))
const address = v.pipe(
    v.number("must be a number"),
    v.integer("must be a whole number"),
    v.minValue(0, "must not be negative"),
)
const usbIds = v.array(
    v.pipe(v.string(), v.regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/, "must be a USB id, as 2e8a:420a")),
)

/** What all boards of a chip have in common (`boards/chips/*.chip.json`). Nothing else may stand there. */
export const ChipFileSchema = v.strictObject({
    flashBytes: v.strictObject({ value: v.pipe(address, v.minValue(1)), source: text }),
    usb: v.strictObject({ running: usbIds, bootMode: usbIds, source: text }),
    serial: v.strictObject({ baud: v.nullable(address), lines: text, source: text }),
    bootMode: v.strictObject({
        enter: v.array(text),
        leave: text,
        volume: v.exactOptional(text),
        source: text,
    }),
    image: v.strictObject({
        format: v.picklist(["uf2", "bin"]),
        ...{ offset: address, configurationOffset: address, storageOffset: address },
        ...{ target: address, source: text },
    }),
}) satisfies v.GenericSchema<unknown, ChipFile>

/** Where a board's pins lie (`boards/*.header.json`). */
export const HeaderFileSchema = v.strictObject({
    left: v.array(text),
    right: v.array(text),
    source: text,
}) satisfies v.GenericSchema<unknown, BoardHeader>

/** A `*.chip.json`: how firmware gets onto it, and the least flash that it needs. */
export interface ChipFile extends FirmwareFacts {
    flashBytes: { value: number; source: string }
}
