import { WasmReader } from "../../simulator/instrument/wasm-reader"

const HEADER_BYTES = 8
/** Id of what engines need not know (WebAssembly Core Specification, 5.5.3). */
const CUSTOM = 0

/**
 * A WebAssembly module without the names of its functions: they are for profiles and traces of the engine, and
 * five kB of the VM on its way to a tab.
 */
export function withoutNames(module: Uint8Array): Uint8Array<ArrayBuffer> {
    const kept = [module.subarray(0, HEADER_BYTES)]
    const reader = new WasmReader(module, HEADER_BYTES)
    while (reader.at < module.length) {
        const from = reader.at
        const id = reader.byte()
        const bytes = reader.number()
        const end = reader.at + bytes
        if (id !== CUSTOM || reader.name() !== "name") kept.push(module.subarray(from, end))
        reader.at = end
    }
    return Buffer.concat(kept)
}
