import { formatBytes, formatBytesExact, formatCountOf } from "../../../base/format-units"
import type { Laid, LaidBits, TypeReport } from "../../../documents/layout/layout-report"
import type { KINDS } from "../../../sinks/palette"
import { layoutBoxes, type LayoutBox, type PlacedBits } from "../../../sinks/svg/layout-boxes"
import { TreemapName } from "../treemap-box"
import { useWidth } from "../use-width"

const ROW_PX = 26
/** In front of each row: the byte that it begins with. */
const PLACE_PX = 34
/** Less than this has no room for a byte's name. */
const BYTE_PX = 34
const BYTES_A_ROW = [16, 8, 4]
/** What is longer is a text or an array, and looks the same all over. */
const MAX_ROWS = 8
/** Neighbours never have the same; what no eyes tell apart has its name in it or under the pointer. */
const COLORS: readonly (keyof typeof KINDS)[] = [
    ...(["objects", "arrays", "frames", "texts", "storage", "buffers"] as const),
]

interface ByteMapProps {
    type: TypeReport
    title: string
    laid: Laid | LaidBits
}

/** The bytes of a record, a box for each field. */
export function ByteMap({ type, title, laid }: ByteMapProps) {
    const { place, width } = useWidth()
    const bytesARow = BYTES_A_ROW.find(some => some * BYTE_PX <= width - PLACE_PX) ?? 4
    const rows = Math.ceil(laid.bytes / bytesARow)
    const drawn = Math.min(rows, MAX_ROWS)
    const placed = placedOf(laid)
    const boxes = layoutBoxes(placed, laid.bytes * 8, bytesARow * 8).filter(one => one.row < drawn)
    const bitPx = Math.min(width - PLACE_PX, bytesARow * 44) / (bytesARow * 8)
    const names = type.declared.fields.map(({ name }) => name)
    return (
        <div ref={place} class="byte-map">
            <p>
                {title} <b>{formatBytes(laid.bytes)}</b>{" "}
                <span class="pale">{`${wordsOf(laid)}${rows > drawn ? `; ${formatBytes((rows - drawn) * bytesARow)} at the end are not drawn` : ""}`}</span>
            </p>
            <svg
                viewBox={`0 0 ${width} ${drawn * ROW_PX}`}
                width={width}
                height={drawn * ROW_PX}
                role="img"
                aria-label={`${title}: ${placed.map(told).join(", ")}`}
            >
                {Array.from({ length: drawn }, (_, row) => (
                    <text key={row} class="place" x={PLACE_PX - 6} y={row * ROW_PX + 17}>
                        {row * bytesARow}
                    </text>
                ))}
                {boxes.map(box => (
                    <Stretch
                        key={`${box.row} ${box.at}`}
                        box={box}
                        bitPx={bitPx}
                        placed={placed}
                        color={colorOf(box, names)}
                    />
                ))}
            </svg>
        </div>
    )
}

interface StretchProps {
    box: LayoutBox
    bitPx: number
    placed: readonly PlacedBits[]
    color: string
}

function Stretch({ box: { row, at, bits, fields }, bitPx, placed, color }: StretchProps) {
    const box = {
        ...{ x: PLACE_PX + at * bitPx, y: row * ROW_PX },
        ...{ width: bits * bitPx, height: ROW_PX },
    }
    const of = placed.filter(({ name }) => fields.includes(name)).map(told)
    const isPadding = fields.length === 0
    return (
        <g class={`tile ${isPadding ? "padding" : ""}`}>
            <title>{isPadding ? `padding: ${sizeOf(bits)}` : of.join(" or ")}</title>
            <rect
                x={box.x}
                y={box.y}
                width={Math.max(1, box.width - 1)}
                height={ROW_PX - 2}
                rx={2}
                style={{ "--kind": color }}
            />
            <TreemapName box={{ ...box, y: box.y + 2 }} name={shortNames(fields)} />
        </g>
    )
}

/** Without the variants that fields are of, which the pointer tells. */
function shortNames(fields: readonly string[]): string {
    return [...new Set(fields.map(name => name.replace(/.*\)\./, "")))].join(" | ")
}

function placedOf(laid: Laid | LaidBits): PlacedBits[] {
    if ("bits" in laid) return laid.fields
    return laid.fields.map(({ name, at, bytes }) => ({ name, at: at * 8, bits: bytes * 8 }))
}

function colorOf({ fields: [first] }: LayoutBox, names: readonly string[]): string {
    if (first === undefined) return "var(--free)"
    const color = COLORS[Math.max(0, names.indexOf(first)) % COLORS.length]!
    return `var(--kind-${color})`
}

function wordsOf(laid: Laid | LaidBits): string {
    if ("bits" in laid) return formatCountOf(laid.bits, "bit")
    return laid.paddingBytes === 0 ? "no padding" : `${formatBytes(laid.paddingBytes)} of padding`
}

/** A field in words: where it is, and how large. */
function told({ name, at, bits }: PlacedBits): string {
    const byte = Math.floor(at / 8)
    const place = at % 8 === 0 ? `byte ${byte}` : `byte ${byte}, bit ${at % 8}`
    return `${name}: ${sizeOf(bits)} at ${place}`
}

function sizeOf(bits: number): string {
    return bits % 8 === 0 ? formatBytesExact(bits / 8) : formatCountOf(bits, "bit")
}
