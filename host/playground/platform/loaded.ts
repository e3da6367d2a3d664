import type { OfficialCompiler } from "../../compiler/official-compiler"
import type { makeWorld } from "../../simulator/world/world"
import type { WorldLibraries } from "../../simulator/world/libraries/library"

/** What the tab has fetched by now: what is read from the disk elsewhere, when it is needed. */
export const loaded: {
    vm?: WebAssembly.Module
    /** Over when the package's sources are there, or cannot be fetched: programs import them. */
    sources?: Promise<void>
    libraries?: WorldLibraries
    makeWorld?: typeof makeWorld
    compiler?: OfficialCompiler
} = {}

/** @throws Error when it was not waited for: a fault of ours */
export function fetched<K extends keyof typeof loaded>(name: K): NonNullable<(typeof loaded)[K]> {
    const value = loaded[name]
    if (value === undefined) throw new Error(`the ${name} was not fetched in time`)
    return value
}
