import { eachCall, type CallNode } from "../call-nodes"
import { isOnlyRead } from "../only-read"
import { briefCopy, isWritten, type Copy } from "./brief-copy"
import { blockOf } from "../pure-function"
import { placeOf, type AdviceContext, type Rule } from "../rule"

const MIN_COPIES = 20
/** Copies that are there at the end, or that a collection met. */
const MAX_KEPT = 3
/** `const part = data.slice(`, `[...data]`, `a.concat(`, `Buffer.from(data)`: what it is called, and what of. */
const COPY =
    /^(?:const|let)\s+(?<name>[\w$]+)[^=]*=\s*(?:(?<of>[\w$.]+)\.(?:slice|concat)\(|\[\s*\.\.\.(?<list>[\w$.]+)\s*\]|Buffer\.from\(\s*(?<buffer>[a-zA-Z_$][\w$.]*)\s*\))/

/** Copies that nobody writes and nobody keeps: the original can be read. */
export const adviseCopies: Rule = context =>
    [...byLine(context)].flatMap(([, nodes]) => {
        const [first] = nodes
        const source = context.statementAt(first!.pc + 1)
        const copy: Copy | undefined = source
            ? (readOnlyCopy(source) ?? briefCopy(source))
            : undefined
        const isNamed = copy?.name !== undefined
        const sum = (of: (node: CallNode) => number) =>
            nodes.reduce((all, node) => all + of(node), 0)
        const made = (node: CallNode) => node.of("array").blocks + node.of("buffer").blocks
        // Of a statement that does more than to copy, all else is not the copy's.
        const parts = (node: CallNode) =>
            isNamed ? eachCall([node]) : [node, ...eachCall(node.callees.filter(isCopying))]
        const inside = (of: (node: CallNode) => number) =>
            sum(node => parts(node).reduce((all, one) => all + of(one), 0))
        const count = inside(made)
        const kept = inside(node =>
            ["array" as const, "buffer" as const].reduce(
                (all, type) => all + Math.max(node.of(type).live, node.of(type).survivors),
                0,
            ),
        )
        if (!copy || count < MIN_COPIES * context.starts || kept > MAX_KEPT) return []
        for (const { pc } of nodes.flatMap(parts)) context.claimed.pcs.add(pc)
        // The frame of a call is made where the caller stands.
        const isWhole = (node: CallNode) =>
            isNamed || isCopying(node) || node.callees.some(isCopying)
        const before = inside(node => (isWhole(node) ? node.ownBytes : bytesOf(node)))
        return [
            {
                what: `${count} copies of ${copy.of} were made, read and dropped, ${Math.round(before / count)} B each`,
                instead: `read the original: nobody writes into ${copy.name ?? "the copy"}`,
                ...placeOf(context, first!.pc + 1),
                count,
                churn: { before, after: 0 },
                formula: "the original by index, from where the copy would begin: 0 B",
            },
        ]
    })

/** Where the program makes lists and buffers, or has one made, by line. */
function byLine({ calls, claimed }: AdviceContext): Map<string, CallNode[]> {
    const lines = new Map<string, CallNode[]>()
    const all = eachCall(calls)
    for (const node of all) {
        if (!node.isProgram || claimed.pcs.has(node.pc)) continue
        const makes = [node, ...node.callees.filter(({ isProgram }) => !isProgram)]
        if (!makes.some(one => one.of("array").blocks + one.of("buffer").blocks > 0)) continue
        const { place } = node.line
        lines.set(place, [...(lines.get(place) ?? []), node])
    }
    // A list that is spread into another gets its room by another instruction.
    for (const node of all)
        if (node.isProgram && node.of("bytes").blocks > 0) {
            const known = lines.get(node.line.place)
            if (known && !known.includes(node)) known.push(node)
        }
    return lines
}

/**
 * What a statement copies, when all that the rest of its block does with the copy is to read it: no
 * element is set, it is handed to nobody, and the original is not written meanwhile.
 * @param source from the statement on
 */
function readOnlyCopy(source: string): Copy | undefined {
    const { name, of, list, buffer } = COPY.exec(source)?.groups ?? {}
    const original = of ?? list ?? buffer
    if (!name || !original) return undefined
    const rest = blockOf(source)
    if (!isOnlyRead(rest, name)) return undefined
    return isWritten(rest, original) ? undefined : { name, of: original }
}

/** A method of the library's that makes the copy. */
function isCopying({ within, isProgram }: CallNode): boolean {
    return !isProgram && /^(slice|concat|from)$/.test(within.function)
}

/** Bytes of lists and buffers that were made at one instruction. */
function bytesOf(node: CallNode): number {
    return (["array", "buffer", "bytes"] as const).reduce(
        (sum, type) => sum + node.of(type).bytes,
        0,
    )
}
