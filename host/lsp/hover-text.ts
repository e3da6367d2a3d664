import { MAX_RECORD_BYTES, type NamedType } from "../analysis/layout/field-types"
import { layoutReport } from "../analysis/layout/layout-report"
import { formatBytesExact, formatCount, formatMemory } from "../base/format-units"
import { sanitize } from "../base/sanitize"
import type { Board } from "../boards/board"
import type { CostAt } from "../compiler/cost/cost-at"
import type { Way } from "../documents/layout/layout-report"
import { capacityFor } from "../model/heap/heap-memory"
import { bufferBytes } from "../model/heap/object-sizes"

/** The ways that a hover tells of, as it calls them. */
const WAYS: readonly (readonly [Way["name"], string])[] = [
    ["objects", "objects in an array"],
    ["records", "records in a buffer"],
    ["bitRecords", "bit-packed records"],
    ["numbers", "bits of a number each"],
]

/** What something costs, in words. */
export interface HoverText {
    markdown: string
    /** For editors that show no Markdown. */
    plain: string
}

/** @param board that it is to fit on */
export function hoverText(cost: CostAt, board: Board): HoverText {
    const { record, why } = cost
    const lines = [titleOf(cost), ...besidesOf(cost)]
    const rows = record ? layoutRows(record) : []
    const notes = record ? [fitting(record, board)] : []
    if (!record && why !== undefined) notes.push(`No packed layout: ${sanitize(why)}`)
    const table = rows.map(([name, value]) => `| ${name} | ${value} |`)
    return {
        markdown: [
            ...lines,
            ...(rows.length > 0
                ? [["| as one record | |", "| --- | ---: |", ...table].join("\n")]
                : []),
            ...notes.map(escaped),
        ].join("\n\n"),
        plain: [
            ...lines.map(line => line.replaceAll(/\*\*|`/g, "")),
            ...rows.map(([name, value]) => `${name}: ${value}`),
            ...notes,
        ].join("\n"),
    }
}

function titleOf({ kind, name, heap, flashBytes }: CostAt): string {
    const shown = `\`${sanitize(name).replaceAll("`", "'")}\``
    const { heapBytes, fullBytes } = heap
    const bytes = `**${formatBytesExact(heapBytes)}**`
    switch (kind) {
        case "type":
            return `${shown}: ${bytes} of heap as an object, with what it holds`
        case "class": {
            const more =
                fullBytes === undefined
                    ? ""
                    : `, ${formatBytesExact(fullBytes)} with all its fields set`
            return `${shown}: ${bytes} of heap when made${more}`
        }
        case "text":
        case "buffer":
            return `${shown}: **0 B** of heap, ${formatBytesExact(flashBytes!)} in flash`
        case "number":
            return `${shown}: **0 B** of heap, it is in the slot that holds it`
        default:
            return `${shown}: ${bytes} of heap${heapBytes === 0 ? "" : ", with what it holds"}`
    }
}

function besidesOf({ heap: { besides } }: CostAt): string[] {
    if (besides.length === 0) return []
    const names = besides.slice(0, 4).map(one => `\`${sanitize(one).replaceAll("`", "'")}\``)
    const more = besides.length > names.length ? ` and ${besides.length - names.length} more` : ""
    return [`Not in it: what ${names.join(", ")}${more} makes`]
}

/** What one takes in each layout. */
function layoutRows(type: NamedType): [string, string][] {
    const { declared, packed, bitPacked, better } = reportOf(type).types[0]!
    const padding =
        declared.paddingBytes === 0
            ? ""
            : `, ${formatBytesExact(declared.paddingBytes)} of it padding`
    const isBetter = better && better.bytes < declared.bytes
    return [
        ["packed", formatBytesExact(packed.bytes)],
        ["as C lays it out", `${formatBytesExact(declared.bytes)}${padding}`],
        ...(isBetter
            ? [
                  ["with its fields in order of size", formatBytesExact(better.bytes)] as [
                      string,
                      string,
                  ],
              ]
            : []),
        ...("bytes" in bitPacked
            ? [
                  [
                      "bit by bit",
                      `${formatBytesExact(bitPacked.bytes)} (${bitPacked.bits} bits)`,
                  ] as [string, string],
              ]
            : []),
        ...(packed.bytes <= MAX_RECORD_BYTES
            ? [
                  [
                      "packed, in a buffer of its own",
                      formatBytesExact(bufferBytes(packed.bytes)),
                  ] as [string, string],
              ]
            : []),
    ]
}

function fitting(type: NamedType, { name, id, heapBytes }: Board): string {
    const boards = [{ id, heapBytes, capacityBytes: capacityFor(heapBytes) }]
    const { ways } = reportOf(type, boards).types[0]!
    const counts = WAYS.flatMap(([way, words]) => {
        const count = ways.find(one => one.name === way)?.fits?.[0]?.count
        return count === undefined ? [] : [`${formatCount(count)} as ${words}`]
    })
    return `At most on ${name} (${formatMemory(heapBytes)} of heap, nothing else in it): ${counts.join(", ")}.`
}

function reportOf(type: NamedType, boards: Parameters<typeof layoutReport>[1]["boards"] = []) {
    return layoutReport([type], { file: "", counts: [1], boards })
}

/** What is text in Markdown. */
function escaped(text: string): string {
    return text.replaceAll(/[\\`*_{}[\]<>#|]/g, "\\$&")
}
