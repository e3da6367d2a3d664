import type { ProgramNames } from "../graph/graph"

/** The compiler's names with what it tells of where functions are in the source; `DebugInfo` is one. */
export interface PlacedNames extends ProgramNames {
    functions: readonly (ProgramNames["functions"][number] & {
        /** Position and length. */
        location?: readonly [number, number] | undefined
    })[]
}

/**
 * The function whose variables a closure sees, which the debugger does not tell: the innermost that is
 * written around it. Undefined when that is not known.
 */
export function enclosingFunction(names: PlacedNames, closure: number): number | undefined {
    const inner = names.functions[closure]?.location
    if (!inner) return undefined
    let parent: number | undefined
    let length = Infinity
    for (const [i, { location }] of names.functions.entries()) {
        if (!location || i === closure || location[1] >= length) continue
        if (!isAround(location, inner)) continue
        parent = i
        length = location[1]
    }
    // What is written in no other function is in the program's main one.
    return parent ?? 0
}

function isAround(outer: readonly [number, number], inner: readonly [number, number]): boolean {
    return outer[0] <= inner[0] && outer[0] + outer[1] >= inner[0] + inner[1] && outer[1] > inner[1]
}
