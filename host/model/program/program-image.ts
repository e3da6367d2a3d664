import { BUILTIN_STRINGS } from "./builtin-names"

/** Sections of `devs_img_header_t` that are read here: offsets of their entries in the header. */
const SECTION = { functions: 32, ascii: 64, utf8: 72, buffers: 80, data: 88, specs: 96 } as const
const SPEC_COUNT = 14
/** `devs_function_desc_t`, and its name's handle. */
const FUNCTION_BYTES = 16
const FUNCTION_NAME = 12
/** `devs_service_spec_t`; its name's handle comes first. */
const SPEC_BYTES = 16
const SPEC = { name: 0, serviceClass: 4, packets: 8, offset: 10 } as const
/** `devs_packet_spec_t`, which follow the service specs: their offsets count words. */
const PACKET_SPEC_BYTES = 8
const PACKET_SPEC = { code: 2, flags: 4, format: 6 } as const
/** `DEVS_PACKETSPEC_FLAG_MULTI_FIELD`: it has more than one value. */
const MULTI_FIELD = 1
/** Code by which a sensor's reading is asked for. */
const GET_READING = 0x1101
const TABLE = { buffer: 0, builtin: 1, ascii: 2, utf8: 3 } as const
const TABLE_SHIFT = 14
/** A longer UTF-8 string has a table of byte offsets before its text, one entry for 16 characters. */
const JUMP_SHIFT = 4

/** A service as a program knows it. */
export interface ImageService {
    name: string
    /** Class in the Jacdac catalogue, or one of the project's own. */
    serviceClass: number
    /** `jd_numfmt` of its reading, when that is a single value. */
    reading: number | undefined
}

const images = new WeakMap<Uint8Array, ProgramImage>()

/**
 * What a program's bytecode says about itself: the names of its functions, the strings and buffers
 * that lie in flash. Everything out of range is `undefined`, never an error.
 */
export class ProgramImage {
    private readonly view: DataView
    private readonly decoder = new TextDecoder()
    /** By handle. */
    private readonly strings = new Map<number, string | undefined>()

    constructor(private readonly bytes: Uint8Array) {
        this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }

    /** The image in these bytes, which stay as they are: what was read of it once is known. */
    static of(bytes: Uint8Array): ProgramImage {
        let image = images.get(bytes)
        if (!image) images.set(bytes, (image = new ProgramImage(bytes)))
        return image
    }

    /** The text of a string in flash. @param handle as values and names have it */
    string(handle: number): string | undefined {
        if (this.strings.has(handle)) return this.strings.get(handle)
        const text = this.read(handle)
        this.strings.set(handle, text)
        return text
    }

    /** Every string that lies in flash. */
    texts(): string[] {
        const all: string[] = []
        for (const table of [TABLE.ascii, TABLE.utf8])
            for (let index = 0; ; index++) {
                const text = this.read((table << TABLE_SHIFT) | index)
                if (text === undefined || index >= 1 << TABLE_SHIFT) break
                all.push(text)
            }
        return all
    }

    private read(handle: number): string | undefined {
        const index = handle & ((1 << TABLE_SHIFT) - 1)
        switch ((handle & 0xffff) >> TABLE_SHIFT) {
            case TABLE.builtin:
                return BUILTIN_STRINGS[index]
            case TABLE.ascii:
                return this.asciiString(index)
            case TABLE.utf8:
                return this.utf8String(index)
            default:
                return undefined
        }
    }

    /** Offset in the image of a function's entry in the function table. */
    functionOffset(index: number): number | undefined {
        return this.entry(SECTION.functions, index, FUNCTION_BYTES)
    }

    /** Name of a function by its index in the function table. */
    functionName(index: number): string | undefined {
        const at = this.functionOffset(index)
        return at === undefined ? undefined : this.string(this.half(at + FUNCTION_NAME) ?? 0)
    }

    /** Index of the function whose table entry stands at this offset in the image. */
    functionIndexAt(offset: number): number | undefined {
        const index = (offset - (this.word(SECTION.functions) ?? 0)) / FUNCTION_BYTES
        return Number.isInteger(index) && index >= 0 ? index : undefined
    }

    /** Name of a service by its index among the image's specifications. */
    serviceName(index: number): string | undefined {
        const at = (this.word(SECTION.specs) ?? 0) + index * SPEC_BYTES
        const isOne = Number.isInteger(index) && index >= 0 && index < (this.half(SPEC_COUNT) ?? 0)
        return isOne ? this.string(this.half(at) ?? 0) : undefined
    }

    /** The services that the program knows, with the number format of their reading, if they have one. */
    services(): ImageService[] {
        const section = this.word(SECTION.specs) ?? 0
        return Array.from({ length: this.half(SPEC_COUNT) ?? 0 }, (_, index) => {
            const at = section + index * SPEC_BYTES
            const first = section + 4 * (this.half(at + SPEC.offset) ?? 0)
            const count = this.half(at + SPEC.packets) ?? 0
            const packets = Array.from({ length: count }, (_, i) => first + i * PACKET_SPEC_BYTES)
            const reading = packets.find(
                packet =>
                    this.half(packet + PACKET_SPEC.code) === GET_READING &&
                    ((this.half(packet + PACKET_SPEC.flags) ?? 0) & MULTI_FIELD) === 0,
            )
            return {
                name: this.serviceName(index) ?? "",
                serviceClass: this.word(at + SPEC.serviceClass) ?? 0,
                reading: reading && this.half(reading + PACKET_SPEC.format),
            }
        })
    }

    /** Index of the service whose specification stands at this offset in the image, if one does. */
    serviceIndexAt(offset: number): number {
        return (offset - (this.word(SECTION.specs) ?? 0)) / SPEC_BYTES
    }

    private asciiString(index: number): string | undefined {
        const entry = this.entry(SECTION.ascii, index, 2)
        const start = this.data(entry === undefined ? undefined : this.half(entry))
        if (start === undefined) return undefined
        const end = this.bytes.indexOf(0, start)
        return this.decoder.decode(this.bytes.subarray(start, end < 0 ? undefined : end))
    }

    private utf8String(index: number): string | undefined {
        const entry = this.entry(SECTION.utf8, index, 4)
        const start = this.data(entry === undefined ? undefined : this.word(entry))
        return start === undefined ? undefined : this.decodeUtf8(start)
    }

    private decodeUtf8(start: number): string | undefined {
        const size = this.half(start)
        const length = this.half(start + 2)
        if (size === undefined || length === undefined) return undefined
        const text = start + 4 + 2 * (length >>> JUMP_SHIFT)
        return this.decoder.decode(this.bytes.subarray(text, text + size))
    }

    private data(offset: number | undefined): number | undefined {
        const start = this.word(SECTION.data)
        return start === undefined || offset === undefined ? undefined : start + offset
    }

    private entry(section: number, index: number, size: number): number | undefined {
        const start = this.word(section)
        const length = this.word(section + 4)
        if (start === undefined || length === undefined || index < 0) return undefined
        return (index + 1) * size <= length ? start + index * size : undefined
    }

    private half(at: number): number | undefined {
        return at >= 0 && at + 2 <= this.bytes.length ? this.view.getUint16(at, true) : undefined
    }

    private word(at: number): number | undefined {
        return at >= 0 && at + 4 <= this.bytes.length ? this.view.getUint32(at, true) : undefined
    }
}
