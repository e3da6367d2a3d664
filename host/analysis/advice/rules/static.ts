import type { GraphNode } from "../../../model/graph/graph"
import type { BlockType } from "../../../model/heap/block"
import { eachCall } from "../call-nodes"
import { sumBytes } from "../advice-input"
import { makingBytes } from "../object-makers"
import { placeOf, type AdviceContext, type Rule } from "../rule"
import { widthOf } from "./packed-numbers"

const MIN_ROWS = 4
/** Characters of a statement that are looked through. */
const MAX_SOURCE = 20_000

/** Fewer numbers than this are no table. */
const MIN_NUMBERS = 16

/** Lists that are written out in the source: tables that can stay in flash. */
export const adviseStatic: Rule = context => [
    ...adviseNumberTables(context),
    ...adviseTextTables(context),
    ...adviseObjectTables(context),
]

/** Bytecode that a switch takes for each text more than a list does. */
const CASE_BYTES = 9
/** Bytecode that makes an object of a table, less what its row in flash takes. */
const ROW_BYTES = 17

/** Lists that still hold the numbers they were written with. */
const adviseNumberTables: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const { length = 0, pc = 0, bytes } = list
        if (length < MIN_NUMBERS || !isWritten(list, context.statementAt(pc))) return []
        context.claimed.nodes.add(list.id)
        const width = widthOf(list)
        return [
            {
                lesson: "static",
                what: `a list of ${length} numbers is written out in the source and takes ${bytes} B of heap`,
                instead: `keep the table in flash, if it never changes: hex\`...\` is a Buffer there${width ? `, ${width} B a number` : ""}`,
                ...placeOf(context, pc),
                count: length,
                live: { before: bytes, after: 0 },
                churn: { before: bytes, after: 0 },
                formula: "a literal in flash takes 0 B of heap",
            },
        ]
    })

/** Lists of texts that are written out: each text lies in flash, the list of them does not. */
const adviseTextTables: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const { length = 0, pc = 0, bytes } = list
        if (length < MIN_NUMBERS || !areWrittenTexts(list, context.statementAt(pc))) return []
        context.claimed.nodes.add(list.id)
        return [
            {
                lesson: "static",
                what: `a list of ${length} texts is written out in the source and takes ${bytes} B of heap`,
                instead:
                    "keep the table in flash, if it never changes: a switch that returns the texts, or one text with a separator and textRow, which makes a text a call",
                ...placeOf(context, pc),
                count: length,
                live: { before: bytes, after: 0 },
                churn: { before: bytes, after: 0 },
                flashBytes: { before: 0, after: length * CASE_BYTES },
                formula: "texts that are written in the program take 0 B of heap",
            },
        ]
    })

function areWrittenTexts({ scalars = [], edges }: GraphNode, source: string | undefined): boolean {
    if (!source || edges.length > 0 || !scalars.every(({ kind }) => kind === "string")) return false
    const text = source.slice(0, MAX_SOURCE)
    const values = scalars.map(({ value }) => value)
    const written = (inside: string) =>
        [...inside.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g)].map(
            ([, double, single]) => double ?? single,
        )
    return [...text.matchAll(/\[([^[\]]*)\]/g)].some(([, inside = ""]) => {
        const texts = written(inside)
        return texts.length === values.length && texts.every((one, i) => one === values[i])
    })
}

/** Whether the statement that made a list has its very elements in brackets. */
function isWritten({ scalars = [], edges }: GraphNode, source: string | undefined): boolean {
    if (!source || edges.length > 0 || !scalars.every(({ kind }) => kind === "number")) return false
    const values = scalars.map(({ value }) => value)
    const text = source.slice(0, MAX_SOURCE).replace(/\/\/.*|\/\*[^]*?\*\//g, "")
    return [...text.matchAll(/\[([^[\]]*)\]/g)].some(([, inside = ""]) => {
        const written = inside.split(",").map(item => item.trim())
        if (written.at(-1) === "") written.pop()
        return (
            written.length === values.length &&
            written.every((item, i) => item !== "" && Number(item) === values[i])
        )
    })
}

/** Lists of objects with nothing but constants in them. */
const adviseObjectTables: Rule = context => {
    const made = blocksByPc(context, "map")
    return context.index.ofType("array").flatMap(list => {
        const rows = rowsOf(context, list)
        const pcs = new Set(rows.map(({ pc }) => pc))
        // Every row has a place of its own in the source, which ran once.
        const areWritten =
            pcs.size === rows.length && rows.every(({ pc = 0 }) => made.get(pc - 1) === 1)
        if (rows.length < MIN_ROWS || !areWritten || !rows.every(isConstant)) return []
        for (const { id } of [list, ...rows]) context.claimed.nodes.add(id)
        const before = sumBytes([list, ...rows])
        return [
            {
                lesson: "static",
                what: `${rows.length} objects of ${rows[0]!.className} in a list are written out in the source and take ${before} B of heap`,
                instead: "keep the table in flash, if it never changes",
                ...placeOf(context, rows[0]!.pc ?? 0),
                count: rows.length,
                live: { before, after: 0 },
                churn: { before: makingBytes(context, rows) + list.bytes, after: 0 },
                flashBytes: { before: rows.length * ROW_BYTES, after: 0 },
                formula: "a literal in flash takes 0 B of heap",
            },
        ]
    })
}

function rowsOf({ index, claimed }: AdviceContext, list: GraphNode): GraphNode[] {
    if ((list.scalars ?? []).length > 0) return []
    const rows = list.edges.map(({ to }) => index.nodes[to]!)
    return rows.every(({ id, type }) => type === "map" && !claimed.nodes.has(id)) ? rows : []
}

function isConstant({ edges, scalars = [] }: GraphNode): boolean {
    const isPlain = edges.every(({ kind }) => kind === "internal")
    return isPlain && scalars.length > 0 && scalars.every(({ kind }) => kind !== "function")
}

/** How many blocks of a type each pc allocated over the run. */
function blocksByPc({ calls }: AdviceContext, type: BlockType): Map<number, number> {
    const counts = new Map<number, number>()
    for (const node of eachCall(calls))
        counts.set(node.pc, (counts.get(node.pc) ?? 0) + node.of(type).blocks)
    return counts
}
