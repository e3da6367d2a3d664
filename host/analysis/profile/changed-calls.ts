import type { Order } from "../../documents/cost"
import type { ChangedCall, ChangedSite } from "../../documents/profile/profile-difference"
import type { CallNode, FunctionPlace, Site } from "../../documents/profile-report"
import { changedFirst, costs, placeOf } from "./changed-costs"
import { pairUp } from "./pair-up"

/**
 * Two call trees as one. Calls are the same by name and file under the same callers, several of a name by
 * their order; what is the same in all is left out.
 * @param fileOf of a call of the one tree or the other; `isOld` says which
 */
export function changedCall(
    before: CallNode | undefined,
    after: CallNode | undefined,
    by: Order,
    fileOf: (call: FunctionPlace, isOld: boolean) => string | undefined,
): ChangedCall {
    const children = pairUp(
        calls(before).map(call => ({ call, isOld: true })),
        calls(after).map(call => ({ call, isOld: false })),
        [({ call, isOld }) => [call.function, fileOf(call, isOld), call.library]],
    ).map(([a, b]) => changedCall(a?.call, b?.call, by, fileOf))
    const sites = pairUp(sitesOf(before), sitesOf(after), [({ type }) => [type]]).map(
        ([a, b]): ChangedSite => {
            const { line, type } = (b ?? a)!
            return { ...(line !== undefined && { line }), type, ...costs(a, b) }
        },
    )
    return {
        ...placeOf((after ?? before)!),
        ...costs(before?.total, after?.total),
        sites: changedFirst(sites, by),
        children: changedFirst(children, by, call => call.sites.length + call.children.length > 0),
    }
}

function calls(node: CallNode | undefined): CallNode[] {
    return (node?.children ?? []).toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

function sitesOf(node: CallNode | undefined): Site[] {
    return (node?.sites ?? []).toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}
