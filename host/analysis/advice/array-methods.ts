import type { FunctionPlace } from "../../documents/profile-report"

const ARRAY_LIBRARY = /@devicescript\/core\/src\/array\.ts$/
const METHODS = ["map", "filter", "reduce", "forEach", "some", "every", "find", "findIndex"]

/** A method of arrays that calls a function for every element: they are the runtime's library's. */
export function isElementMethod({ file, function: name }: Omit<FunctionPlace, "library">): boolean {
    return file !== undefined && ARRAY_LIBRARY.test(file) && METHODS.includes(name)
}
