import {
    exactFigures,
    type Snapshot,
    type SnapshotBlock,
    type SnapshotNode,
} from "../../documents/snapshot"
import { BLOCK_LOOKS, isFilledType } from "../block-looks"
import { INK, lightStyle, PALE_INK, PAPER, QUANTITIES } from "../palette"
import { snapshotTitle } from "../terminal/text/moment-text"
import { safeXml } from "./svg"
import { drawLegend, FONTS, GARBAGE_OPACITY, legendHeight, type LegendEntry } from "./svg-legend"
import { fit } from "../terminal/text/text-layout"
import { formatBytesExact, formatCount } from "../../base/format-units"

const MARGIN = 20
const AXIS = 58
const HEADER = 64
const MAP_WIDTH = 1024
const ROW_HEIGHT = 15
const ROW_GAP = 2
/** A row is a power of two of bytes: at most this many rows. */
const MAX_ROWS = 64
const MIN_ROW_BYTES = 256
/** Rows between two addresses at the side. */
const LABEL_EVERY = 4
const MAX_TEXT = 60
/** Characters of the title that are sure to fit beside each other. */
const MAX_TITLE = 96
/** Storage is a shade of what it belongs to. */
const STORAGE_OPACITY = 0.68

/**
 * The heap by address, low addresses first, as a self-contained SVG: every block in the colour of its kind,
 * garbage faded, free bytes grey. A block tells what it is and what holds it when the pointer rests on it.
 * @throws UserError for a snapshot of what the debugger can reach
 */
export function renderHeapMap(snapshot: Snapshot): string {
    const { blocks } = snapshot
    const heap = exactFigures(snapshot, "The map")
    const start = blocks[0]?.[0] ?? 0
    let rowBytes = MIN_ROW_BYTES
    while (heap.capacityBytes / rowBytes > MAX_ROWS) rowBytes *= 2
    const rows = Math.ceil(heap.capacityBytes / rowBytes)
    const owners = ownersOf(snapshot)
    const width = AXIS + MAP_WIDTH + 2 * MARGIN
    const legend = legendOf(snapshot, owners)
    const legendTop = HEADER + rows * (ROW_HEIGHT + ROW_GAP) + 24
    const height = legendTop + legendHeight(legend, width - 2 * MARGIN) + MARGIN

    const labels: string[] = []
    for (let row = 0; row < rows; row += LABEL_EVERY) {
        const y = rowTop(row) + ROW_HEIGHT - 4
        const offset = (row * rowBytes).toString(16).padStart(4, "0")
        labels.push(`<text x="${AXIS + MARGIN - 8}" y="${y}" text-anchor="end">+0x${offset}</text>`)
    }
    const { usedBytes, garbageBytes, freeBytes, largestFreeBytes } = heap
    const subtitle =
        `${formatBytesExact(usedBytes)} used, ${formatBytesExact(garbageBytes)} of it garbage; ` +
        `${formatBytesExact(freeBytes)} free, the largest free block ${formatBytesExact(largestFreeBytes)}. ` +
        `A row is ${formatBytesExact(rowBytes)}.`
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONTS}" font-size="12">`,
        `<title>${safeXml(snapshotTitle("Heap of", snapshot))}</title>`,
        lightStyle(),
        `<rect width="${width}" height="${height}" fill="${PAPER.dark}"/>`,
        `<text x="${MARGIN}" y="28" font-size="17" font-weight="600" fill="${INK.dark}">${safeXml(snapshotTitle("Heap of", snapshot, MAX_TITLE))}</text>`,
        `<text x="${MARGIN}" y="48" fill="${PALE_INK.dark}">${safeXml(subtitle)}</text>`,
        `<g font-size="11" fill="${PALE_INK.dark}">`,
        ...labels,
        "</g>",
        `<g transform="translate(${AXIS + MARGIN} 0)" shape-rendering="crispEdges">`,
        ...blocks.map(block => drawBlock(block, start, rowBytes, owners.get(block[0]), snapshot)),
        "</g>",
        `<g transform="translate(${MARGIN} ${legendTop})">`,
        ...drawLegend(legend, width - 2 * MARGIN),
        "</g>",
        "</svg>",
        "",
    ].join("\n")
}

function rowTop(row: number): number {
    return HEADER + row * (ROW_HEIGHT + ROW_GAP)
}

function drawBlock(
    [address, bytes, type, state]: SnapshotBlock,
    heapStart: number,
    rowBytes: number,
    owner: Owner | undefined,
    snapshot: Snapshot,
): string {
    const scale = MAP_WIDTH / rowBytes
    const start = address - heapStart
    let path = ""
    for (let at = start; at < start + bytes;) {
        const row = Math.floor(at / rowBytes)
        const end = Math.min(start + bytes, (row + 1) * rowBytes)
        const x = (at - row * rowBytes) * scale
        // A block keeps a little distance from the next one, so that they can be told apart.
        const gap = end === start + bytes ? 1 : 0
        const width = (end - at) * scale - gap
        path += `M${round(x)} ${rowTop(row)}h${round(width)}v${ROW_HEIGHT}h${round(-width)}z`
        at = end
    }
    const { color, opacity } = appearanceOf(type, state, owner)
    const look = [
        `fill="${color.dark}"`,
        opacity === undefined ? "" : `fill-opacity="${opacity}"`,
        state === "pinned" ? `stroke="${INK.dark}"` : "",
    ]
    const offset = `+0x${start.toString(16)}`
    const title = `${wordsFor(type, state, owner, snapshot)} · ${formatBytesExact(bytes)} at ${offset}`
    return `<path ${look.filter(one => one !== "").join(" ")} d="${path}"><title>${safeXml(title)}</title></path>`
}

/** A block's node, and whether it is only its storage. */
interface Owner {
    node: SnapshotNode
    isStorage: boolean
}

function ownersOf({ nodes }: Snapshot): Map<number, Owner> {
    const owners = new Map<number, Owner>()
    for (const node of nodes) {
        if (node.address !== 0) owners.set(node.address, { node, isStorage: false })
        if (node.storage) owners.set(node.storage.address, { node, isStorage: true })
    }
    return owners
}

function wordsFor(
    type: SnapshotBlock[2],
    state: SnapshotBlock[3],
    owner: Owner | undefined,
    { places }: Snapshot,
): string {
    if (state === "free") return "free"
    if (!owner)
        return `${state === "garbage" ? "garbage: " : ""}${isFilledType(type) ? BLOCK_LOOKS[type].words : type}`
    const { node, isStorage } = owner
    const at = places[(isStorage ? node.grownAt : node.allocatedAt) ?? -1]
    const what = node.path === "" ? node.name : `${node.path} (${node.class})`
    return [
        isStorage ? `storage of ${what}` : what,
        node.text === undefined ? "" : JSON.stringify(fit(node.text, MAX_TEXT)),
        at ? `made at ${at.file}:${at.line}` : "",
        state === "pinned" ? "held by the VM" : "",
    ]
        .filter(part => part !== "")
        .join(" · ")
}

function legendOf(snapshot: Snapshot, owners: ReadonlyMap<number, Owner>): LegendEntry[] {
    const sums = new Map<string, { entry: LegendEntry; count: number; bytes: number }>()
    for (const [address, bytes, type, state] of snapshot.blocks) {
        const entry = appearanceOf(type, state, owners.get(address))
        const sum = sums.get(entry.words) ?? { entry, count: 0, bytes: 0 }
        sum.count++
        sum.bytes += bytes
        sums.set(entry.words, sum)
    }
    const entries = [...sums.values()]
        .sort((a, b) => b.bytes - a.bytes)
        .map(({ entry, count, bytes }) => ({
            ...entry,
            words: `${entry.words}: ${formatCount(count)}, ${formatBytesExact(bytes)}`,
        }))
    return [...entries, { color: PAPER, stroke: INK, words: "outlined: held by the VM itself" }]
}

/** How a block looks, and what the legend calls its like. */
function appearanceOf(
    type: SnapshotBlock[2],
    state: SnapshotBlock[3],
    owner: Owner | undefined,
): LegendEntry {
    if (state === "free" || !isFilledType(type)) return { color: QUANTITIES.free, words: "free" }
    const { color, words } = BLOCK_LOOKS[type]
    if (state === "garbage") return { color, opacity: GARBAGE_OPACITY, words: "garbage, faded" }
    const ownerType = owner?.node.type
    if (!owner?.isStorage || ownerType === undefined || !isFilledType(ownerType))
        return type === "bytes" ? { color, words: "the VM's tables" } : { color, words }
    const isArray = ownerType === "array"
    return {
        color: BLOCK_LOOKS[ownerType].color,
        opacity: STORAGE_OPACITY,
        words: isArray ? "elements of arrays" : "fields of objects",
    }
}

function round(value: number): number {
    return Math.round(value * 100) / 100
}
