import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { UserError } from "../../base/errors"
import { readBytes, readText } from "../../base/node/read-file"
import { parseDebugInfo } from "../../model/program/debug-info"
import type { DebugInfo } from "../../model/program/debug-info"
import type { Entry } from "./project"

const MAGIC = 0xf1296e0a53766544n // "DevS", then four bytes that text never has
/** No board has flash for a tenth of it. */
const MAX_IMAGE_BYTES = 16 << 20
const HEADER_BYTES = 32
const SECTION_BYTES = 8
const SECTIONS = 10
/** The compiler fills an image up to a multiple of this. */
const SIZE_ALIGNMENT = 32
/** The release of the bytecode; its patch level changes nothing in the format. */
const VERSION = { major: 2, minor: 16 }

/**
 * Checks that bytes are a DeviceScript image of the release our VM runs: magic, version, and ten
 * sections that follow each other and end inside. Throws `UserError` naming `file`. What functions
 * do is for the VM's own verifier.
 */
export function checkImage(bytes: Uint8Array, file: string): void {
    const refuse = (why: string) =>
        new UserError("E_BYTECODE", `${file} ${why}. Build it again with "devs build".`)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const tableEnd = HEADER_BYTES + SECTIONS * SECTION_BYTES
    if (bytes.length < 8 || view.getBigUint64(0, true) !== MAGIC)
        throw refuse("is not DeviceScript bytecode")
    if (bytes.length < tableEnd) throw refuse("is damaged: its header is cut short")
    const version = view.getUint32(8, true)
    const [major, minor, patch] = [version >>> 24, (version >>> 16) & 0xff, version & 0xffff]
    if (major !== VERSION.major || minor !== VERSION.minor)
        throw refuse(
            `is bytecode of version ${major}.${minor}.${patch}, and ${VERSION.major}.${VERSION.minor} is needed`,
        )
    let end = tableEnd
    for (let at = HEADER_BYTES; at < tableEnd; at += SECTION_BYTES) {
        const start = view.getUint32(at, true)
        const length = view.getUint32(at + 4, true)
        if (start !== end || length % 4 !== 0) throw refuse("is damaged: its sections do not fit")
        end = start + length
    }
    const size = Math.ceil(end / SIZE_ALIGNMENT) * SIZE_ALIGNMENT
    if (bytes.length !== size)
        throw refuse(`is damaged: it has ${bytes.length} bytes where its header says ${size}`)
}

/**
 * Reads a compiled program, `x.devs`, and its debug information, `x-dbg.json` beside it, when that
 * is there. Throws `UserError` when either is damaged or they are not of the same build.
 */
export function readImage(entry: Entry): { bytecode: Uint8Array; debug: DebugInfo | undefined } {
    const bytecode = new Uint8Array(readBytes(entry.path, entry.name, MAX_IMAGE_BYTES))
    checkImage(bytecode, entry.name)
    const debugPath = debugFileOf(entry.path)
    if (!existsSync(debugPath)) return { bytecode, debug: undefined }
    const debugName = debugFileOf(entry.name)
    const debug = parseDebugInfo(readText(debugPath, debugName), debugName)
    const hash = createHash("sha256").update(bytecode).digest("hex")
    if (debug.binarySHA256 !== undefined && debug.binarySHA256 !== hash)
        throw new UserError(
            "E_BYTECODE",
            `${entry.name} is not what ${debugName} describes: one of them is damaged or from another build. ` +
                `Build it again, or remove ${debugName} to run without source lines.`,
        )
    return { bytecode, debug }
}

function debugFileOf(path: string): string {
    return path.replace(/\.devs$/, "-dbg.json")
}
