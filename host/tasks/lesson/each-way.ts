import { WAYS, type EachBetter, type EachWay, type Way } from "../../documents/lessons-report"

/** The ways for which there is something. */
export function waysOf(each: EachWay<unknown>): Way[] {
    return WAYS.filter(way => each[way] !== undefined)
}

/** The same for each program of a lesson. */
export function eachWay<T, U>(each: EachWay<T>, of: (value: T, way: Way) => U): EachWay<U> {
    const { wasteful, ...better } = each
    return { wasteful: of(wasteful, "wasteful"), ...eachBetter(better, of) }
}

/** The same for each program of a lesson but the ordinary one. */
export function eachBetter<T, U>(
    { byHand, structure }: EachBetter<T>,
    of: (value: T, way: Exclude<Way, "wasteful">) => U,
): EachBetter<U> {
    return {
        byHand: of(byHand, "byHand"),
        ...(structure !== undefined && { structure: of(structure, "structure") }),
    }
}
