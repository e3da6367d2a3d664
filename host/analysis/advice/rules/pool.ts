import type { Advice } from "../../../documents/advice"
import { eachCall } from "../call-nodes"
import type { Maker } from "../object-makers"
import { freeMapBytes } from "../structure-costs"
import { placeOf, type AdviceContext, type Rule } from "../rule"

/** Fewer objects than this do not churn. */
const MIN_OBJECTS = 20
/** A collection may meet this many in use that are dropped as soon as the call goes on. */
const MAX_IN_CALL = 3
/** A parameter or local in a frame. */
const SLOT_BYTES = 8
/** More than this many at a time are rather kept than used. */
const MAX_POOLED = 16

/** Objects made and dropped again and again: locals if they are plain, a pool if they have parts. */
export const advisePool: Rule = context =>
    context.makers.flatMap(maker => {
        if (maker.count < MIN_OBJECTS * context.starts || isClaimed(context, maker)) return []
        const advice = maker.hasParts ? pooled(context, maker) : asLocals(context, maker)
        if (!advice) return []
        for (const pc of maker.pcs) context.claimed.pcs.add(pc)
        return [advice]
    })

/** What is kept of them has its own advice. */
function isClaimed({ index, claimed }: AdviceContext, maker: Maker): boolean {
    return [...claimed.nodes].some(id => maker.made(index.nodes[id]!))
}

function pooled(context: AdviceContext, maker: Maker): Advice | undefined {
    const { pc, count, bytes, kept } = maker
    const each = Math.round(bytes / count)
    const atOnce = Math.max(MAX_IN_CALL, kept)
    const made = freeMapBytes(atOnce)
    const after = atOnce * each + made
    if (kept > MAX_POOLED || after >= bytes) return undefined
    return {
        lesson: "pool",
        what: `${count} ${named(maker)} were made with all their parts, ${each} B each, and dropped`,
        instead: `make as many ${maker.name ?? "of the objects"} as are in use at once, and use them again: a FreeMap tells which are free, without a call`,
        brings: "FreeMap",
        ...placeOf(context, pc + 1),
        count,
        churn: { before: bytes, after },
        formula: `${atOnce} objects of ${each} B + ${made} B for the map and their list`,
    }
}

function asLocals(context: AdviceContext, maker: Maker): Advice | undefined {
    const { pc, count, kept } = maker
    const before = maker.bytes + frameBytes(context, maker)
    if (kept > MAX_IN_CALL) return undefined
    const statement = context.statementAt(pc + 1) ?? ""
    if (/^return\s+(new\b|\{)/.test(statement) && isForLocals(context, maker))
        return filled(context, maker)
    const use = useOf(maker, statement)
    // Who is handed an object has a parameter more for each of its fields but the first.
    const more = use === "argument" ? Math.max(0, (context.fields[pc] ?? 0) - 1) : 0
    const after = count * more * SLOT_BYTES
    return {
        lesson: "stack",
        what: `${count} ${named(maker)} were made, used and dropped, ${Math.round(before / count)} B each`,
        instead: INSTEAD[use](maker.name ?? "the object"),
        ...placeOf(context, pc + 1),
        count,
        churn: { before, after },
        formula:
            use === "local"
                ? `no object, no constructor's frame and no method's: 0 B, and ${SLOT_BYTES} B a call for a new local`
                : more > 0
                  ? `${count} x ${more} more arguments of ${SLOT_BYTES} B`
                  : "no object: 0 B",
    }
}

/** What a function returns, an object a call: it can fill one of its caller's. */
function filled(context: AdviceContext, maker: Maker): Advice {
    const { pc, count, bytes, kept } = maker
    const before = bytes + frameBytes(context, maker)
    const each = Math.round(bytes / count)
    const atOnce = Math.max(1, kept)
    // A literal that is returned has a slot of the frame as it is made: the parameter takes its place.
    const slots = maker.name === undefined ? 0 : count * SLOT_BYTES
    const after = slots + atOnce * each
    const name = context.lineOf(pc + 1)?.function
    return {
        lesson: "out-parameter",
        what: `${count} ${named(maker)} were made to be returned${name ? ` by ${name}` : ""}, read and dropped, ${Math.round(before / count)} B each`,
        instead: "fill an object that the caller has, made once",
        ...placeOf(context, pc + 1),
        count,
        churn: { before, after },
        formula: `${slots > 0 ? `${count} x ${SLOT_BYTES} B for the parameter + ` : ""}${atOnce} x ${each} B`,
    }
}

/** Whoever of the program calls the function puts the result into a local, or reads a field of it at once. */
function isForLocals({ calls, statementAt }: AdviceContext, maker: Maker): boolean {
    const start = maker.madeIn
    const callers = eachCall(calls).filter(({ callees }) =>
        callees.some(({ functionStart }) => start !== undefined && functionStart === start),
    )
    return (
        callers.length > 0 &&
        callers.every(({ pc, isProgram }) => {
            const [line = ""] = (statementAt(pc + 1) ?? "").split("\n")
            return (
                isProgram &&
                (/^(const|let)\s+[\w$]+[^=]*=\s*[\w$.]+\(/.test(line) ||
                    /\)\.\w+\b(?!\()/.test(line))
            )
        })
    )
}

type Use = "local" | "argument" | "result" | "json"

const INSTEAD: Record<Use, (name: string) => string> = {
    local: name => `keep the fields of ${name} in locals`,
    argument: () => "hand on the fields as arguments, where your own functions take the object",
    result: () => "return the fields in the bits of a number, or put them where they go",
    json: () => "write the JSON as one template, without an object",
}

/** What an object is made for, as far as the statement that makes it tells. */
function useOf({ name }: Maker, statement: string): Use {
    const [line = ""] = statement.split(/;|\n\s*\n/)
    if (name !== undefined) return "local"
    if (/^(const|let)\s+\w+(:\s*[^=]+)?\s*=\s*\{/.test(line)) return "local"
    if (/^return\s*\{/.test(line)) return "result"
    return /JSON\.stringify\(\s*\{/.test(line) ? "json" : "argument"
}

function named({ name }: Maker): string {
    return name === undefined ? "objects written as literals" : `objects of ${name}`
}

/** Frames of the constructor, and of the methods of its class if no object of it is kept. */
function frameBytes(context: AdviceContext, { name, constructorStart }: Maker): number {
    if (constructorStart === undefined) return 0
    const isKept = context.graph.nodes.some(({ className }) => className === name)
    const prototype = context.graph.nodes.find(
        node => node.className === "class prototype" && node.name === `${name}.prototype`,
    )
    const starts = new Set([constructorStart])
    for (const { kind, value } of isKept ? [] : (prototype?.scalars ?? []))
        if (kind === "function") starts.add(context.functionStarts[value as number] ?? -1)
    return [...starts].reduce((sum, start) => sum + (context.frames.get(start)?.bytes ?? 0), 0)
}
