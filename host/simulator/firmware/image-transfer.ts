import { GIMAGE } from "../../model/heap/layout"
import { BUILTIN_STRING, type VmValues } from "./vm-values"

const TAG_IMAGE = 13
const MODE_MASK = 0xf
const MODE = { mono: 0, rgb565: 1, monoReversed: 2 } as const
const BY_ROW = 0x10000
/** `devs_gimage_xfer_state_t` up to its data. */
const STATE_BYTES = 16
const MAX_BUFFER_BYTES = 1024

interface Image {
    width: number
    height: number
    stride: number
    /** One or four bits a pixel. */
    bitsPerPixel: number
    /** Columns of `stride` bytes, each with its first pixel in the lowest bits. */
    pixels: Uint8Array
}

/**
 * An image on its way to a display, as `devs_gimage_prep_xfer` and `devs_gimage_compute_xfer` of the
 * firmware's `impl_image.c` send it. The firmware keeps palette and buffer in a block on the program's
 * heap meanwhile: so do we, to the byte.
 */
export class ImageTransfer {
    private constructor(
        /** On the program's heap, to be freed when all is sent. */
        readonly block: number,
        private readonly image: Image,
        private readonly flags: number,
        /** Two bytes a colour as the display wants them, for four bits a pixel. */
        private readonly palette: Uint8Array | undefined,
    ) {}

    /** Undefined after the VM threw. */
    static prepare(
        values: VmValues,
        ctx: number,
        isReady: () => boolean,
    ): ImageTransfer | undefined {
        const image = imageOf(values, values.argument(ctx, 0))
        const palette = values.argument(ctx, 1)
        const flags = values.integer(ctx, 2)
        if (!image)
            return void values.throwExpecting(ctx, BUILTIN_STRING.image, values.argument(ctx, 0))
        if (!isReady()) return void values.throwRangeError(ctx, "SPI busy")
        if (image.height & 1) return void values.throwRangeError(ctx, "image height has to be even")
        const colors = 1 << image.bitsPerPixel
        const block = values.vm.devs_try_alloc(ctx, STATE_BYTES + colors * 2 + MAX_BUFFER_BYTES)
        if (block === 0) return undefined
        const mode = flags & MODE_MASK
        const make = (table?: Uint8Array) => new ImageTransfer(block, image, flags, table)
        if (mode === MODE.rgb565 && image.bitsPerPixel === 4) {
            const bytes = values.bufferAt(ctx, palette)?.bytes ?? new Uint8Array(0)
            // The firmware throws and sends all the same.
            if (bytes.length !== 3 * colors) values.throwRangeError(ctx, "invalid palette")
            return make(rgb565(bytes, colors))
        }
        if (mode !== MODE.rgb565 && mode <= MODE.monoReversed && image.bitsPerPixel === 1)
            return make()
        values.vm.devs_free(ctx, block)
        return void values.throwRangeError(ctx, "mode/bpp not supported")
    }

    /** What goes out, a buffer at a time. */
    *parts(): Generator<Uint8Array> {
        const { image, flags, palette } = this
        const isReversed = (flags & MODE_MASK) === MODE.monoReversed
        const byRow = (flags & BY_ROW) !== 0
        const lines = byRow ? image.height : image.width
        const line = (index: number) => {
            if (palette) return colorLine(image, palette, index, byRow)
            return byRow ? monoRow(image, index, isReversed) : monoColumn(image, index, isReversed)
        }
        const lineBytes = line(0).length
        let linesAtOnce = Math.max(1, Math.floor(MAX_BUFFER_BYTES / lineBytes))
        // Two rows of a colour image share their bytes.
        if (palette && byRow) linesAtOnce = Math.max(2, linesAtOnce & ~1)
        for (let first = 0; first < lines; first += linesAtOnce) {
            const count = Math.min(linesAtOnce, lines - first)
            const part = new Uint8Array(count * lineBytes)
            for (let i = 0; i < count; i++) part.set(line(first + i), i * lineBytes)
            yield part
        }
    }
}

function imageOf(values: VmValues, value: number): Image | undefined {
    const { words, bytes } = values
    const object = values.object(value)
    if (object === undefined || ((words[object >>> 2]! >>> 24) & 0xf) !== TAG_IMAGE)
        return undefined
    const u16 = (at: number) => bytes[object + at]! | (bytes[object + at + 1]! << 8)
    const [width, height, stride] = [u16(GIMAGE.width), u16(GIMAGE.height), u16(GIMAGE.stride)]
    const pixels = words[(object + GIMAGE.pixels) >>> 2]!
    return {
        ...{ width, height, stride },
        bitsPerPixel: bytes[object + GIMAGE.bitsPerPixel]!,
        pixels: bytes.slice(pixels, pixels + width * stride),
    }
}

/** Five, six and five bits a colour, the high byte first. */
function rgb565(palette: Uint8Array, colors: number): Uint8Array {
    const table = new Uint8Array(colors * 2)
    for (let i = 0; i < colors; i++) {
        const [red = 0, green = 0, blue = 0] = palette.subarray(3 * i, 3 * i + 3)
        table[2 * i] = (red & 0xf8) | (green >> 5)
        table[2 * i + 1] = ((green & 0x1c) << 3) | (blue >> 3)
    }
    return table
}

function colorLine(
    { width, height, stride, pixels }: Image,
    palette: Uint8Array,
    index: number,
    byRow: boolean,
): Uint8Array {
    const count = byRow ? width : height
    const line = new Uint8Array(count * 2)
    for (let i = 0; i < count; i++) {
        const [x, y] = byRow ? [i, index] : [index, i]
        const pair = pixels[x * stride + (y >> 1)]!
        const color = (y & 1) === 0 ? pair & 0xf : pair >> 4
        line[2 * i] = palette[2 * color]!
        line[2 * i + 1] = palette[2 * color + 1]!
    }
    return line
}

function monoColumn({ stride, pixels }: Image, x: number, isReversed: boolean): Uint8Array {
    const column = pixels.slice(x * stride, (x + 1) * stride)
    return isReversed ? column.map(reversed) : column
}

function monoRow({ width, stride, pixels }: Image, y: number, isReversed: boolean): Uint8Array {
    const row = new Uint8Array(width >> 3)
    for (let x = 0; x < row.length * 8; x++) {
        const bit = (pixels[x * stride + (y >> 3)]! >> (y & 7)) & 1
        row[x >> 3]! |= bit << (isReversed ? 7 - (x & 7) : x & 7)
    }
    return row
}

function reversed(byte: number): number {
    let result = 0
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) result |= 0x80 >> bit
    return result
}
