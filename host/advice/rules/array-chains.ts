import { eachCall, sumOver, type CallNode } from "../calls"
import { placeOf, type Rule } from "../rule"

const ARRAY_LIBRARY = /@devicescript\/core\/src\/array\.ts$/
/** Methods of arrays that call a function for every element. */
const METHODS = ["map", "filter", "reduce", "forEach", "some", "every", "find", "findIndex"]
const LEAST_BYTES = 512

/** Array methods that call a function for every element: one loop makes no array and no frame. */
export const adviseFusing: Rule = context => {
    const byFunction = new Map<CallNode["within"], CallNode[]>()
    for (const node of outermost(context.calls))
        byFunction.set(node.within, [...(byFunction.get(node.within) ?? []), node])
    return [...byFunction.values()].flatMap(nodes => {
        const methods = new Set(nodes.flatMap(({ callees }) => callees.map(methodOf)))
        const names = [...methods].filter(name => name !== undefined)
        const before = sum(nodes, node => node.totalBytes)
        const after = sum(nodes, keptBytes)
        const calls = sum(nodes, node => sumOver(node, inner => inner.of("activation").blocks))
        if (before - after < LEAST_BYTES) return []
        const heaviest = nodes.toSorted((a, b) => b.totalBytes - a.totalBytes)[0]!
        return [
            {
                lesson: "iterator-chains",
                what: `${names.join(", ")} made ${calls} calls and the arrays between them: ${before} B`,
                instead: "take all steps with an element in one loop before the next one begins",
                ...placeOf(context, heaviest.pc + 1),
                count: calls,
                churn: { before, after },
                formula: `a loop makes no frame and no array; ${after} B are what the functions themselves make or return`,
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
    const isArray = within.file !== undefined && ARRAY_LIBRARY.test(within.file)
    return isArray && METHODS.includes(within.function) ? within.function : undefined
}

/** What stays when the calls go: what the functions called make, and what is still there. */
function keptBytes(call: CallNode): number {
    const inFunctions = sum([...eachCall(call.callees)], node =>
        node.isProgram ? node.ownBytes : 0,
    )
    const live = sum([...eachCall(call.callees)], node => (node.isProgram ? 0 : liveBytes(node)))
    return inFunctions + live
}

function liveBytes(node: CallNode): number {
    return sum([...node.churn.values()], ({ bytes, blocks, live }) =>
        blocks === 0 ? 0 : (bytes / blocks) * live,
    )
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
    return items.reduce((total, item) => total + of(item), 0)
}
