import { ProgramImage } from "./program-image"

/** What a byte of a bytecode file belongs to. */
export const IMAGE_KINDS = [
    "function",
    "text",
    "buffer",
    "number",
    "service",
    "hardware",
    "header",
    "padding",
] as const
export type ImageKind = (typeof IMAGE_KINDS)[number]

/** A thing in a bytecode file. */
export interface ImageItem {
    kind: ImageKind
    /** In its table: of functions, of ASCII texts, ...; 0 where there is only one. */
    index: number
    /** Name of a function or service; a text; undefined where there is none. */
    name?: string
    /** Bytes that are its own: its code or content, and its entry in a table. */
    bytes: number
    /** Its content lies here in the file; undefined where it is in several places. */
    start?: number
    end?: number
    /** Of functions and services: handles of the texts that they are named by, their packets' included. */
    nameHandles?: number[]
    /** Of texts: those in ASCII and those in UTF-8 have tables of their own. */
    table?: "ascii" | "utf8"
}

/** Offsets of the sections' descriptions in the header (`devs_img_header_t`): start and length, 32 bits each. */
const SECTION = {
    ...{ functions: 32, code: 40, floats: 48, ascii: 64, utf8: 72, buffers: 80 },
    ...{ data: 88, specs: 96, dcfg: 104 },
} as const
const HEADER_BYTES = 112
const SPEC_COUNT = 14
const ENTRY = { function: 16, float: 8, ascii: 2, utf8: 4, buffer: 8, spec: 16, packet: 8 } as const
const FUNCTION_NAME = 12
const SPEC = { packets: 8, offset: 10 } as const
/** A UTF-8 text has a table of offsets, one for 16 characters. */
const JUMP_SHIFT = 4

/**
 * All bytes of a bytecode file, each charged to one thing: their sum is the file's length. Bytes that nothing
 * owns are padding; those that two things claim belong to the first. Damaged files give what can be told.
 */
export function imageLayout(bytecode: Uint8Array): ImageItem[] {
    const file = new Claims(bytecode)
    const image = ProgramImage.of(bytecode)
    file.claim(file.add("header", 0), 0, HEADER_BYTES)
    const data = file.section(SECTION.data).start
    for (const [index, at] of file.rows(SECTION.functions, ENTRY.function)) {
        const item = file.add("function", index, image.functionName(index))
        item.nameHandles = [file.half(at + FUNCTION_NAME)]
        file.claim(item, at, ENTRY.function)
        file.claimContent(item, file.word(at), file.word(at + 4))
    }
    for (const [index, at] of file.rows(SECTION.floats, ENTRY.float))
        file.claim(file.add("number", index), at, ENTRY.float)
    for (const [index, at] of file.rows(SECTION.utf8, ENTRY.utf8)) {
        const start = data + file.word(at)
        const length = file.half(start + 2)
        const jumps = 2 * (length >>> JUMP_SHIFT)
        const item = file.add("text", index, image.string((3 << 14) | index))
        item.table = "utf8"
        file.claim(item, at, ENTRY.utf8)
        file.claimContent(item, start, 4 + jumps + file.half(start) + 1)
    }
    for (const [index, at] of file.rows(SECTION.buffers, ENTRY.buffer)) {
        const item = file.add("buffer", index)
        file.claim(item, at, ENTRY.buffer)
        file.claimContent(item, data + file.word(at), file.word(at + 4))
    }
    for (const [index, at] of file.rows(SECTION.ascii, ENTRY.ascii)) {
        // One entry too many, so that what follows is aligned: padding.
        if (index > 0 && file.half(at) === 0) break
        const start = data + file.half(at)
        const end = bytecode.indexOf(0, start)
        const item = file.add("text", index, image.string((2 << 14) | index))
        item.table = "ascii"
        file.claim(item, at, ENTRY.ascii)
        file.claimContent(item, start, Math.max(0, end - start) + 1)
    }
    claimServices(file, image)
    const dcfg = file.section(SECTION.dcfg)
    if (dcfg.length > 0) file.claim(file.add("hardware", 0), dcfg.start, dcfg.length)
    return file.all()
}

/** Each service's description, its packets, and the fields of those that have several. */
function claimServices(file: Claims, image: ProgramImage): void {
    const { start, length } = file.section(SECTION.specs)
    const count = file.half(SPEC_COUNT)
    const firsts: number[] = []
    for (let index = 0; index < count; index++) {
        const at = start + index * ENTRY.spec
        const item = file.add("service", index, image.serviceName(index))
        file.claim(item, at, ENTRY.spec)
        const packets = start + 4 * file.half(at + SPEC.offset)
        const count = file.half(at + SPEC.packets)
        item.nameHandles = Array.from({ length: count }, (_, i) =>
            file.half(packets + i * ENTRY.packet),
        )
        item.nameHandles.push(file.half(at))
        file.claim(item, packets, count * ENTRY.packet)
        firsts.push(packets)
    }
    // A service's fields stand between the packets of the one before and its own.
    for (let index = 0; index < count; index++) {
        const at = start + (index - 1) * ENTRY.spec
        const before =
            index === 0
                ? start + count * ENTRY.spec
                : firsts[index - 1]! + file.half(at + SPEC.packets) * ENTRY.packet
        const item = file.find("service", index)
        if (item) file.claim(item, before, Math.max(0, firsts[index]! - before))
    }
    if (count > 0 && length > 0) {
        const at = start + (count - 1) * ENTRY.spec
        const end = firsts[count - 1]! + file.half(at + SPEC.packets) * ENTRY.packet
        const item = file.find("service", count - 1)
        if (item && end < start + length) file.claim(item, end, start + length - end)
    }
}

/** Who owns which byte. */
class Claims {
    private readonly items: ImageItem[] = []
    private readonly isOwned: Uint8Array
    private readonly view: DataView

    constructor(private readonly bytes: Uint8Array) {
        this.isOwned = new Uint8Array(bytes.length)
        this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }

    add(kind: ImageKind, index: number, name?: string): ImageItem {
        const item: ImageItem = { kind, index, bytes: 0, ...(name !== undefined && { name }) }
        this.items.push(item)
        return item
    }

    find(kind: ImageKind, index: number): ImageItem | undefined {
        return this.items.find(item => item.kind === kind && item.index === index)
    }

    claim(item: ImageItem, start: number, length: number): void {
        const end = Math.min(this.bytes.length, start + length)
        for (let at = Math.max(0, start); at < end; at++) {
            if (this.isOwned[at]) continue
            this.isOwned[at] = 1
            item.bytes++
        }
    }

    claimContent(item: ImageItem, start: number, length: number): void {
        item.start = start
        item.end = start + length
        this.claim(item, start, length)
    }

    /** All things, and what nobody owns. */
    all(): ImageItem[] {
        const owned = this.items.reduce((sum, { bytes }) => sum + bytes, 0)
        const padding = this.bytes.length - owned
        const rest: ImageItem[] = padding > 0 ? [{ kind: "padding", index: 0, bytes: padding }] : []
        return [...this.items, ...rest]
    }

    section(at: number): { start: number; length: number } {
        return { start: this.word(at), length: this.word(at + 4) }
    }

    /** The index and offset of each entry of a section's table. */
    *rows(section: number, entryBytes: number): Generator<[index: number, at: number]> {
        const { start, length } = this.section(section)
        const count = Math.min(Math.floor(length / entryBytes), this.bytes.length)
        for (let index = 0; index < count; index++) yield [index, start + index * entryBytes]
    }

    half(at: number): number {
        return at >= 0 && at + 2 <= this.bytes.length ? this.view.getUint16(at, true) : 0
    }

    word(at: number): number {
        return at >= 0 && at + 4 <= this.bytes.length ? this.view.getUint32(at, true) : 0
    }
}
