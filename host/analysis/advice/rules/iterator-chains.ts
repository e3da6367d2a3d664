import { isElementMethod } from "../array-methods"
import { eachCall, sumOver, type CallNode, type Churn } from "../call-nodes"
import { placeOf, type Rule } from "../rule"

const MIN_BYTES = 512

/** Array methods that call a function for every element: one loop makes no array and no frame. */
export const adviseIteratorChains: Rule = context => {
    const byFunction = new Map<CallNode["within"], CallNode[]>()
    for (const node of outermost(context.calls))
        byFunction.set(node.within, [...(byFunction.get(node.within) ?? []), node])
    return [...byFunction.values()].flatMap(nodes => {
        const methods = new Set(nodes.flatMap(({ callees }) => callees.map(methodOf)))
        const names = [...methods].filter(name => name !== undefined)
        const before = sum(nodes, node => node.totalBytes)
        const after = sum(nodes, keptBytes)
        const calls = sum(nodes, node => sumOver(node, inner => inner.of("activation").blocks))
        if (before - after < MIN_BYTES) return []
        const heaviest = nodes.toSorted((a, b) => b.totalBytes - a.totalBytes)[0]!
        return [
            {
                lesson: "iterator-chains",
                what: `${names.join(", ")} made ${calls} calls and the lists between them, ${before} B`,
                instead: "take all steps with an element in one loop",
                ...placeOf(context, heaviest.pc + 1),
                count: calls,
                churn: { before, after },
                formula: `a loop makes no frame and no list between: 0 B${after > 0 ? ` + ${after} B for what the functions make and for lists that are used further` : ""}`,
            },
        ]
    })
}

/** The program's calls of such methods that are not inside another one. */
function* outermost(nodes: readonly CallNode[]): Generator<CallNode> {
    for (const node of nodes)
        if (node.isProgram && node.callees.some(callee => methodOf(callee) !== undefined))
            yield node
        else yield* outermost(node.callees)
}

function methodOf({ within }: CallNode): string | undefined {
    return isElementMethod(within) ? within.function : undefined
}

/** What stays when the calls go: what the functions make, and lists that no other method takes. */
function keptBytes({ callees }: CallNode): number {
    const methods = callees.filter(callee => methodOf(callee) !== undefined)
    const arrays = (of: (churn: Churn) => number) => sum(methods, node => of(node.of("array")))
    const made = arrays(({ blocks }) => blocks)
    const kept = Math.max(
        made - arrays(({ taken }) => taken),
        arrays(({ live }) => live),
    )
    const listBytes = arrays(({ bytes }) => bytes) + sum(methods, node => node.of("bytes").bytes)
    const inFunctions = sum([...eachCall(callees)], node => (node.isProgram ? node.ownBytes : 0))
    return inFunctions + (made === 0 ? 0 : Math.round((listBytes * kept) / made))
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
    return items.reduce((total, item) => total + of(item), 0)
}
