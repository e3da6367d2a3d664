import type { Laid, LayoutReport, TypeReport } from "../../documents/layout/layout-report"
import type { NamedType, RecordType } from "./field-types"
import { placeBits } from "./place-bits"
import { place } from "./place-fields"
import { alignUp, type Placed } from "./placed"
import { declarationOf, reorderedRecord } from "./reordered-declaration"
import { waysOf } from "./vm-costs"

export interface LayoutOptions {
    /** The file as messages name it. */
    file: string
    /** How many of them; 1 is one alone. */
    counts: readonly number[]
    /** Multiples of what records begin at, in bytes: a power of two. */
    align?: number | undefined
    /** The boards, with what blocks can use of their heaps. */
    boards: readonly { id: string; heapBytes: number; capacityBytes: number }[]
}

/** What types take in each layout, and kept in each way on each board. */
export function layoutReport(types: readonly NamedType[], options: LayoutOptions): LayoutReport {
    const { file, boards } = options
    const sizes = [...new Map(boards.map(board => [board.heapBytes, board])).values()].sort(
        (a, b) => b.heapBytes - a.heapBytes,
    )
    const heaps = sizes.map(({ heapBytes }) => ({
        heapBytes,
        boards: boards.filter(board => board.heapBytes === heapBytes).map(({ id }) => id),
    }))
    return {
        ...{ schema: "heapscope/layout@1", file, heaps },
        types: types.map(type => typeReport(type, options, sizes)),
    }
}

function typeReport(
    type: NamedType,
    { counts, align }: LayoutOptions,
    heaps: LayoutOptions["boards"],
): TypeReport {
    const placed = place(type, { order: "declared", packed: false })
    const reordered = laid(place(type, { order: "reordered", packed: false }))
    return {
        ...{ name: type.name, line: type.line, kind: type.kind },
        declared: laid(placed),
        reordered,
        packed: laid(place(type, { order: "declared", packed: true })),
        ...(align !== undefined && { aligned: laid(alignedTo(placed, align)) }),
        bitPacked: placeBits(type),
        ...(type.kind === "record" && { better: betterOrder(type) }),
        ways: waysOf(type, counts, heaps),
    }
}

function betterOrder(type: RecordType): NonNullable<TypeReport["better"]> {
    const record = reorderedRecord(type)
    const { bytes } = place(record, { order: "declared", packed: false })
    return { bytes, declaration: declarationOf(record) }
}

function alignedTo({ used, ...placed }: Placed, align: number): Placed {
    const alignment = Math.max(placed.alignment, align)
    const bytes = alignUp(placed.bytes, alignment)
    return {
        ...placed,
        bytes,
        alignment,
        used: [...used, ...Array(bytes - used.length).fill(false)],
    }
}

function laid({ bytes, alignment, parts, used }: Placed): Laid {
    const holes: Laid["holes"] = []
    for (const [at, isUsed] of used.entries()) {
        if (isUsed) continue
        const last = holes.at(-1)
        if (last && last.at + last.bytes === at) last.bytes++
        else holes.push({ at, bytes: 1 })
    }
    return {
        ...{ bytes, alignment },
        paddingBytes: holes.reduce((total, hole) => total + hole.bytes, 0),
        holes,
        fields: parts.toSorted((a, b) => a.at - b.at),
    }
}
