import { fetched } from "../../loaded"

export function loadVm(): WebAssembly.Module {
    return fetched("vm")
}
