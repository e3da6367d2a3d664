import type { FunctionPlace } from "../../documents/profile-report"

const ARRAY_LIBRARY = /@devicescript\/core\/src\/array\.ts$/
const METHODS = ["map", "filter", "reduce", "forEach", "some", "every", "find", "findIndex"]

/** A method of arrays that calls a function for every element: they are the runtime's library's. */
export function isElementMethod({ file, function: name }: Omit<FunctionPlace, "library">): boolean {
    return file !== undefined && ARRAY_LIBRARY.test(file) && METHODS.includes(name)
}

/** What a method does with all that is in a list: takes the first out, so that all others move, or looks for one. */
export type WholeUse = "shift" | "search"

/** What was done with lists. */
export interface ArrayUse extends Record<WholeUse, Uses> {
    /** Elements that were put at the end: counted by the VM, as no call of `push` has a frame. */
    pushed: number
}

/** Over all lists of a run: calls, elements, and what the frames and the running of these methods took. */
export type MethodFacts = Record<WholeUse, Uses & { frameBytes: number; ms: number }>

/** So many calls, the elements that the lists had in all of them, and the most of one. */
export interface Uses {
    calls: number
    elements: number
    most: number
}

/** A function that a pool of blocks is asked by: its object, then the bytes. */
export function isBlockRequest({ file, function: name }: Omit<FunctionPlace, "library">): boolean {
    return name === "allocate" && file !== undefined && /(^|\/)block-pool\.ts$/.test(file)
}

const USES: Readonly<Record<string, WholeUse>> = {
    shift: "shift",
    includes: "search",
    indexOf: "search",
    lastIndexOf: "search",
}

/** What a method does with all that is in its list, if it does. */
export function useOf({ file, function: name }: Omit<FunctionPlace, "library">) {
    return file !== undefined && ARRAY_LIBRARY.test(file) ? USES[name] : undefined
}
