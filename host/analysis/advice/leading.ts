import type { Advice } from "../../documents/advice"
import type { Judgement } from "../../documents/judgement"
import { leakItems, type Leak } from "../../documents/leak"
import type { StackFrame } from "../../model/figures"
import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import { arrayBytes, bufferBytes, textBytes } from "../../model/heap/object-sizes"
import { objectsByPath } from "../leaks/live-by-path"
import { ObjectPath } from "../leaks/object-path"
import { limitOf, type SourceOf } from "../outcome/growth-in-source"
import { ONE_REQUEST } from "../outcome/judge"

/** What the advice that ends a fault is made of. */
export interface LeadingFacts {
    judgement: Judgement
    /** What grew, the one that takes most first. */
    leaks: readonly Leak[]
    /** The objects at the end of the run. */
    graph: HeapGraph
    /** The contents of the buffers in it, by id of their node. */
    contents: ReadonlyMap<number, Uint8Array>
    capacityBytes: number
    sourceOf: SourceOf
}

/** One growth, and what is known of where. */
interface Growth {
    path: string
    /** The last name of the path: what the program calls it. */
    name: string
    kind: Leak["kind"]
    at: StackFrame | undefined
    /** The line that fills it, as it is written. */
    line: string
    items: number
    bytes: number
    containers: readonly GraphNode[]
    elements: readonly GraphNode[]
    /** The source takes something out of it. */
    isQueue: boolean
}

/** What to do instead, the code for it, and the bytes that it leaves. */
type Remedy = Pick<Advice, "lesson" | "instead" | "code" | "brings" | "formula"> & { after: number }

/** Numbers of items that people keep. */
const KEPT = [500, 200, 100, 50, 20, 10, 5] as const
/** What is kept may take this share of the heap. */
const KEPT_SHARE = 1 / 10
/** Characters of a log that are kept. */
const KEPT_TEXT = 1000
/** Buffers from this share of the heap on are pictures, or as large as one. */
const PICTURE_SHARE = 1 / 8

/**
 * The advice that ends what the judgement found: before all that only makes something smaller. Empty
 * when nothing is wrong, or nothing that anybody could say.
 */
export function leadingAdvice(facts: LeadingFacts): Advice[] {
    const { judgement } = facts
    switch (judgement.kind) {
        case "leak":
            return growthsOf(facts).map(growth => adviceFor(growth, facts))
        case "too-large":
            return isOneRequest(judgement) ? inParts(facts) : pictures(facts)
        case "fragmented":
            return largeFirst(facts)
        case "peak":
            return inParts(facts)
        default:
            return []
    }
}

function growthsOf({ judgement, leaks, graph, sourceOf }: LeadingFacts): Growth[] {
    const objects = objectsByPath(graph, ObjectPath.root())
    const byPath = new Map([...objects].map(([path, nodes]) => [path.text, nodes]))
    const paths =
        leaks.length > 0
            ? leaks.map(leak => ({ ...leak, at: leak.filledAt }))
            : [{ path: judgement.container ?? "", at: judgement.at }]
    return paths.flatMap((one: Partial<Leak> & { path: string; at: Growth["at"] }) => {
        const { path, kind, at, liveBytes, items } = one
        const containers = byPath.get(path) ?? []
        if (path === "") return []
        const inside = [...byPath]
            .filter(([text]) => text.startsWith(path))
            .flatMap(([, nodes]) => nodes)
        const name = /[\w$]+(?=[^\w$]*$)/.exec(path)?.[0] ?? path
        const source = at && sourceOf(at.file)
        return [
            {
                ...{ path, name, at, containers },
                kind: kind ?? kindOf(containers[0]),
                line: source?.split("\n")[at!.line - 1]?.trim() ?? "",
                // A program that has started itself anew since has less of it by now.
                items: Math.max(
                    items?.to ?? 0,
                    kind === "fibers" || kind === "objects"
                        ? containers.length
                        : sum(containers, node => node.length ?? 0),
                ),
                bytes: Math.max(
                    liveBytes?.to ?? 0,
                    sum(inside, node => node.bytes),
                ),
                elements: byPath.get(`${path}[]`) ?? byPath.get(`${path}[key]`) ?? [],
                isQueue: limitOf(path, at, sourceOf)?.kind === "removes",
            },
        ]
    })
}

function kindOf(node: GraphNode | undefined): Leak["kind"] {
    if (node?.type === "array" || node?.type === "buffer") return node.type
    return node?.type === "string" || node?.type === "string-jmp" ? "string" : "map"
}

function adviceFor(growth: Growth, { capacityBytes }: LeadingFacts): Advice {
    const { at, items, bytes, path } = growth
    const { after, ...remedy } = remedyFor(growth, capacityBytes)
    return {
        ...remedy,
        what: `${path} never stops growing: ${items} ${leakItems(items, growth.kind)} at the end`,
        ...(at && { at }),
        count: items,
        live: { before: bytes, after: Math.min(bytes, Math.round(after)) },
    }
}

function remedyFor(growth: Growth, capacityBytes: number): Remedy {
    const { path, kind, name, line, elements, items, bytes } = growth
    const each = items > 0 ? bytes / items : bytes
    const most = Math.min((capacityBytes * KEPT_SHARE) / each, items / 2)
    const kept = KEPT.find(count => count <= most) ?? 1
    const keptText = `${kept} x ${Math.round(each)} B`
    if (/^(timeouts|intervals|timers)\b/.test(path) || /\bset(Interval|Timeout)\(/.test(line))
        return {
            instead:
                "clear the timer before another one is set: each goes on, and keeps what it uses",
            code: `clearInterval(timer)\ntimer = ${line || "setInterval(...)"}`,
            formula: "one timer",
            after: each,
        }
    if (/subscriptions?$|handlers?$|listeners?$/i.test(path) || /\.subscribe\(|\.on\(/.test(line))
        return {
            instead:
                "subscribe once, where the program starts, or end what is over: each subscription keeps its function and all that uses",
            code: `const unsubscribe = ${line.replace(/^(const|let)\s+[\w$]+\s*=\s*/, "") || "x.subscribe(...)"}\n// when it is over\nunsubscribe()`,
            formula: "one subscription",
            after: each,
        }
    if (kind === "fibers")
        return {
            instead: `let one ${name} go through a list, or end those that wait: each keeps its call and all that uses`,
            code: `if (waiting < ${kept}) ${line || `${name}.start()`}   // and count down where it ends`,
            formula: keptText,
            after: kept * each,
        }
    if (kind === "string")
        return {
            instead: `keep the last ${KEPT_TEXT} characters, or print each line and keep none: a longer text is made anew each time, beside the old one`,
            code: `${line}\nif (${name}.length > ${2 * KEPT_TEXT}) ${name} = ${name}.slice(${name}.length - ${KEPT_TEXT})`,
            formula: `${2 * KEPT_TEXT} characters and 1 B more for every 8 of them`,
            after: textBytes(2 * KEPT_TEXT),
        }
    if (kind === "map")
        return {
            instead: `forget what is old: keep ${kept} entries, in a ResultCache or by beginning anew`,
            code: `${line}\nif (++entries >= ${kept}) {\n    entries = 0\n    ${name} = {}\n}`,
            formula: keptText,
            after: kept * each,
        }
    if (kind === "objects")
        return {
            instead: `keep the last ${kept} in a PackedRing instead of a chain: each one keeps all before it`,
            code: `const last = packedRing(${kept}, 4)\nringOverwrite(last, value)`,
            brings: "PackedRing",
            formula: keptText,
            after: kept * each,
        }
    if (growth.isQueue)
        return {
            instead: `bound the queue at ${kept}, since it fills faster than it empties: drop what does not fit, or the oldest (numbers: in a PackedRing, by ringOverwrite)`,
            code: `if (${name}.length < ${kept}) ${line || `${name}.push(value)`}`,
            formula: keptText,
            after: kept * each,
        }
    const first = elements[0]
    if (first && elements.every(({ className }) => /Error/.test(className)))
        return {
            instead: `keep the last ${kept} messages, not the errors: each has its stack with it`,
            code: `${line.replace(/\bpush\((\w+)\)/, "push($1.message)")}\nif (${name}.length > ${kept}) ${name}.shift()`,
            formula: `${kept} messages`,
            after: kept * 40,
        }
    if (isClosures(growth))
        return {
            instead: `keep the values that are needed, not functions: each function keeps the whole call it was made in. And keep the last ${kept}`,
            code: `${name}.push(value)   // what the function would read\nif (${name}.length > ${kept}) ${name}.shift()`,
            formula: `${kept} x 8 B`,
            after: arrayBytes(kept),
        }
    return {
        instead: `keep the last ${kept} and drop the oldest: of numbers a PackedRing does, by ringOverwrite`,
        code: `${line || `${name}.push(value)`}\nif (${name}.length > ${kept}) ${name}.shift()`,
        formula: keptText,
        after: kept * each,
    }
}

function isClosures({ containers, elements }: Growth): boolean {
    const ofFunctions = containers.some(
        ({ edges }) =>
            edges.length > 0 && edges.every(({ functionName }) => functionName !== undefined),
    )
    return (
        ofFunctions ||
        (elements.length > 0 &&
            elements.every(({ type }) => type === "activation" || type === "bound-function"))
    )
}

/** One block was asked for that no heap like this can have. */
function isOneRequest({ headline }: Judgement): boolean {
    return headline.endsWith(ONE_REQUEST)
}

/** Large buffers: of equal size one may do, and few values a byte need few bits. */
function pictures({ graph, contents, capacityBytes, judgement }: LeadingFacts): Advice[] {
    const all = graph.nodes.filter(
        ({ type, bytes }) => type === "buffer" && bytes >= capacityBytes * PICTURE_SHARE,
    )
    const bytesOf = (some: readonly GraphNode[]) => sum(some, ({ bytes }) => bytes)
    // Buffers of different sizes have different uses: those that take most, all of one size.
    const [large = []] = [...new Set(all.map(({ length }) => length))]
        .map(size => all.filter(({ length }) => length === size))
        .sort((a, b) => bytesOf(b) - bytesOf(a))
    const [first] = large
    if (!first) return []
    const before = bytesOf(large)
    const length = first.length ?? 0
    const values = new Set(large.flatMap(({ id }) => [...new Set(contents.get(id) ?? [])]))
    const bits = values.size <= 2 ? 1 : values.size <= 16 ? 4 : 8
    const packed = bufferBytes(Math.ceil((length * bits) / 8))
    const at = judgement.at && { at: judgement.at }
    const common = { count: large.length, ...at }
    const what = `${large.length === 1 ? "a buffer" : `${large.length} buffers`} of ${length} bytes take ${before} B of the heap`
    return [
        ...(large.length > 1
            ? [
                  {
                      ...common,
                      what,
                      instead: "draw into one buffer again, instead of keeping several",
                      code: `const picture = Buffer.alloc(${length})   // once, at the start; picture.fillAt(0, ${length}, 0) clears it`,
                      live: { before, after: first.bytes },
                      formula: `one buffer of ${first.bytes} B`,
                  },
              ]
            : []),
        ...(bits < 8
            ? [
                  {
                      ...common,
                      lesson: "bit-packing",
                      what: `${what}, of ${values.size} different values`,
                      instead: `${bits === 1 ? "1 bit" : "4 bits"} a pixel is enough: ${packed} B instead of ${first.bytes} B`,
                      code: `const picture = Buffer.alloc(${Math.ceil((length * bits) / 8)})`,
                      live: { before, after: packed * large.length },
                      formula: `${length} x ${bits} / 8 bytes`,
                  },
              ]
            : []),
    ]
}

/** A large block that found no hole: made first, it has room, and the small ones come after it. */
function largeFirst({ judgement, sourceOf }: LeadingFacts): Advice[] {
    const { at } = judgement
    if (!at) return []
    const line = sourceOf(at.file)?.split("\n")[at.line - 1]?.trim() ?? ""
    return [
        {
            what: judgement.evidence[0]?.replace(/\.$/, "") ?? "a large block found no hole",
            instead:
                "make the large one first, at the start of the program, and use it again: what is small and stays comes after it",
            ...(line && { code: `// before anything else is made\n${line}` }),
            at,
            count: 1,
            formula: "made once, it needs no hole later",
        },
    ]
}

/** What one call has in hand at once. */
function inParts({ judgement, sourceOf }: LeadingFacts): Advice[] {
    const { at } = judgement
    const line = (at && sourceOf(at.file)?.split("\n")[at.line - 1]?.trim()) ?? ""
    const instead = /JSON\.parse/.test(line)
        ? "ask for less at a time, or take what is needed out of the text: parsing needs the whole text and all its objects at once"
        : "do it in parts: use up and drop each part before the next one is made"
    return [
        {
            what: judgement.headline,
            instead,
            ...(at && { at }),
            count: 1,
            formula: "one part at a time",
        },
    ]
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
    return items.reduce((total, item) => total + of(item), 0)
}
