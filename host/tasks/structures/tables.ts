import { formatCount } from "../../base/format-units"
import type { StructureEntry } from "./catalogue"
import { SIZES, type KeptBytes } from "./kept-bytes"
import type { StructureCosts } from "./operation-costs"

/** A program that keeps elements, measured: whole heap and whole program. */
export interface KeptProgram {
    kept: KeptBytes
    bytecodeBytes: number
}

/** What a structure keeps and what the plain way does, each with the whole of its program. */
export interface KeptStudy {
    entry: StructureEntry
    structure: KeptProgram
    plain: KeptProgram
}

/** How many orders fit on a board before it runs out of memory, either way. */
export interface FillStudy {
    heapBytes: number
    packed: number
    objects: number
}

/** The structure whose operations are those of others, written by hand. */
export const BY_HAND = "by hand"
/** Keeps the formatter from padding a table: one longer number would then change every line. */
const UNFORMATTED = "<!-- prettier-ignore -->"

/**
 * Live bytes of each structure and of the plain way, against a program that keeps nothing.
 * @param nothing that program
 */
export function keptTable(studies: readonly KeptStudy[], nothing: KeptProgram): string {
    const sizes = SIZES.map(size => `n = ${formatCount(size)}`)
    return table(
        [
            "structure",
            "what it is",
            "one element",
            ...sizes,
            "plain way",
            "in every program",
            "bytecode",
        ],
        "lll" + "r".repeat(sizes.length) + "lrr",
        studies.map(({ entry, structure, plain }) => [
            code(entry.name),
            entry.what,
            entry.element,
            ...SIZES.map((_, i) =>
                [structure, plain]
                    .map(program => bytesAgainst(nothing.kept.bySize[i], program.kept.bySize[i]))
                    .join(" / "),
            ),
            entry.plain.words,
            formatCount(structure.kept.loaded - nothing.kept.loaded),
            formatCount(structure.bytecodeBytes - nothing.bytecodeBytes),
        ]),
    )
}

/** From how many elements on each structure takes less heap than the plain way, and when not to take it. */
export function choiceTable(studies: readonly KeptStudy[]): string {
    return table(
        ["structure", "smaller from", "than", "take something else when"],
        "lrll",
        studies.map(({ entry, structure, plain }) => [
            code(entry.name),
            breakEven(structure.kept.bySize, plain.kept.bySize),
            entry.plain.words,
            entry.not,
        ]),
    )
}

/** Straight lines from one measured size to the next; out of memory is more than anything. */
function breakEven(ours: KeptBytes["bySize"], plain: KeptBytes["bySize"]): string {
    const gain = SIZES.map((_, i) => {
        const [own, other] = [ours[i], plain[i]]
        if (own === undefined) return -Infinity
        return (other ?? Infinity) - own
    })
    const first = gain.findIndex((_, i) => gain.slice(i).every(each => each > 0))
    if (first < 0) return "never"
    const [before, after] = [gain[first - 1] ?? 0, gain[first]!]
    if (first === 0 || after === Infinity) return `n = ${formatCount(SIZES[first]!)}`
    const [low, high] = [SIZES[first - 1]!, SIZES[first]!]
    const at = low + Math.floor((-before / (after - before)) * (high - low)) + 1
    return `n = ${formatCount(Math.min(at, high))}`
}

/** Frame bytes and instructions of each operation. */
export function operationTable(costs: readonly StructureCosts[]): string {
    return table(
        ["structure", "frame bytes of a call (instructions)"],
        "ll",
        costs
            .filter(({ structure }) => structure !== BY_HAND)
            .map(({ structure, operations }) => [
                structure,
                [...mostByName(operations)]
                    .map(
                        ([name, { frameBytes, instructions }]) =>
                            `${inState(name)} ${formatCount(frameBytes)} (${formatCount(instructions)})`,
                    )
                    .join(", "),
            ]),
    )
}

/**
 * The hot operations beside the same by hand: `PackedArray: get` in the structure called `by hand`. By hand
 * is byte by byte, as it runs in Node too; what {@link BOARD_ALONE} makes of it stands in the last column.
 */
export function handTable(costs: readonly StructureCosts[]): string {
    return table(
        [
            "operation",
            "instructions",
            "by hand, same checks, in place",
            "times",
            "with the board's own `getAt`",
        ],
        "lrrrr",
        comparedByHand(costs).map(({ name, instructions, byHand, onBoard }) => [
            name,
            formatCount(instructions),
            formatCount(byHand),
            (instructions / byHand).toFixed(2),
            onBoard === undefined ? "" : formatCount(onBoard),
        ]),
    )
}

/** Behind the name of what is done by hand in a way that runs on a board alone. */
const BOARD_ALONE = " with getAt and setAt"

/** What an operation takes and what it takes by hand, in bytecode instructions. */
export function comparedByHand(
    costs: readonly StructureCosts[],
): { name: string; instructions: number; byHand: number; onBoard?: number }[] {
    const hand = costs.find(({ structure }) => structure === BY_HAND)?.operations ?? []
    const operations = hand.filter(({ name }) => name.includes(": ") && !name.endsWith(BOARD_ALONE))
    return operations.map(({ name, instructions: byHand }) => {
        const [structure, operation] = name.split(": ")
        const ours = costs
            .find(each => each.structure === structure)
            ?.operations.find(each => each.name.replace(",", "") === operation)
        if (!ours) throw new Error(`${name} was not measured`)
        const onBoard = hand.find(each => each.name === name + BOARD_ALONE)?.instructions
        return {
            name: `\`${structure}\`: ${operation}`,
            instructions: ours.instructions,
            byHand,
            ...(onBoard !== undefined && { onBoard }),
        }
    })
}

/** How many orders fit. */
export function fillTable({ heapBytes, packed, objects }: FillStudy): string {
    return table(["heap", "orders in `PackedList`s", "orders as objects"], "rrr", [
        [`${heapBytes / 1024} KiB`, formatCount(packed), formatCount(objects)],
    ])
}

/**
 * The document with each table in its place, between the lines `<!-- <name>: begin -->` and
 * `<!-- <name>: end -->`.
 * @throws Error when a table has no place
 */
export function withTables(document: string, tables: Record<string, string>): string {
    for (const [name, text] of Object.entries(tables)) {
        const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
        const from = document.indexOf(begin)
        const to = document.indexOf(end, from)
        if (from < 0 || to < 0) throw new Error(`there is no ${begin} with ${end} after it`)
        document = `${document.slice(0, from)}${begin}\n\n${UNFORMATTED}\n${text}\n\n${document.slice(to)}`
    }
    return document
}

/** An operation that is done in several states counts with its dearest. */
function mostByName(operations: StructureCosts["operations"]) {
    const most = new Map<string, { frameBytes: number; instructions: number }>()
    for (const { name, frameBytes, instructions } of operations) {
        const before = most.get(name)
        most.set(name, {
            frameBytes: Math.max(frameBytes, before?.frameBytes ?? 0),
            instructions: Math.max(instructions, before?.instructions ?? 0),
        })
    }
    return most
}

/** `push, refused`: the method and in which state. */
function inState(name: string): string {
    const [method, ...state] = name.split(", ")
    return [`\`${method}\``, ...state].join(" ")
}

function bytesAgainst(nothing: number | undefined, bytes: number | undefined): string {
    return bytes === undefined || nothing === undefined ? "-" : formatCount(bytes - nothing)
}

function code(text: string): string {
    return text
        .split(", ")
        .map(part => `\`${part}\``)
        .join(", ")
}

function table(
    head: readonly string[],
    align: string,
    rows: readonly (readonly string[])[],
): string {
    const rule = [...align].map(side => (side === "r" ? "--:" : "---"))
    return [head, rule, ...rows].map(cells => `| ${cells.join(" | ")} |`).join("\n")
}
