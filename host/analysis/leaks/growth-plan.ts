import type { GraphNode } from "../../model/graph/graph"
import type { LiveByPath, PathSeries } from "./live-by-path"
import type { Container } from "./growing-containers"
import { change, paceOf, type Pace } from "./steady-growth"

/** Smaller shares of an object an item are noise. */
const MIN_COUNT = 0.02

/** What a container keeps its items in, and how that grows. */
export interface GrowingStorage {
    kind: "array" | "map" | "text"
    /** Address of the block that grows. */
    address: number
    length: number
    room: number
    /** A new one is made for every change, as large as it must be. */
    isCopied: boolean
}

/** Blocks that come with each item. */
export interface ItemPart {
    /** How many an item: 2.5 are two or three. */
    count: number
    bytes: number
}

/** One thing that grows: how fast, in what, and what each item of it takes. */
export interface GrowthPlan {
    /** Items a simulated millisecond. */
    pace: Pace
    /** Each item goes into one of every group: a map's keys and values, one of several lists. */
    storages: GrowingStorage[][]
    parts: ItemPart[]
}

/** What the looks at a growing container say about how it goes on. */
export function growthPlan(
    liveByPath: LiveByPath,
    { series, companions, isByItems }: Container,
): GrowthPlan | undefined {
    const { times } = liveByPath
    const pace = paceOf({ times, values: isByItems ? series.items : series.objects })
    if (!pace) return undefined
    const containers = isByItems ? [series, ...companions] : []
    const parts: ItemPart[] = []
    const inside = liveByPath.seriesWithin(series.path, ...companions.map(({ path }) => path))
    const items = change({ times, values: isByItems ? series.items : series.objects })!
    for (const one of inside) {
        if (containers.includes(one)) continue
        const more = change({ times, values: one.objects })
        const count = more ? (more.to - more.from) / (items.to - items.from) : 0
        const nodes = liveByPath.last.get(one.path) ?? []
        if (count < MIN_COUNT || nodes.length === 0) continue
        const storage = mean(nodes, node => node.storage?.bytes ?? 0)
        const own = mean(nodes, node => node.bytes) - storage
        if (own > 0) parts.push({ count, bytes: own })
        if (storage > 0) parts.push({ count, bytes: storage })
    }
    return {
        pace,
        storages: containers
            .map(one => storagesOf(liveByPath, one))
            .filter(group => group.length > 0),
        parts,
    }
}

/** Replaced at more than this share of the looks, a list is made anew with each change. */
const COPIED = 1 / 4

function storagesOf({ last, looks }: LiveByPath, { path, replaced }: PathSeries): GrowingStorage[] {
    const isReplaced = replaced > looks * COPIED
    return (last.get(path) ?? []).map(node => {
        const length = node.length ?? 0
        const isCopied = isReplaced && kindOf(node) !== "text"
        const address = node.storage?.address ?? node.address
        return { kind: kindOf(node), address, length, room: node.capacity ?? length, isCopied }
    })
}

function kindOf({ type }: GraphNode): GrowingStorage["kind"] {
    switch (type) {
        case "array":
            return "array"
        case "string":
        case "string-jmp":
        case "buffer":
            return "text"
        default:
            return "map"
    }
}

function mean(nodes: readonly GraphNode[], of: (node: GraphNode) => number): number {
    return nodes.reduce((sum, node) => sum + of(node), 0) / nodes.length
}
