import type { LoadedCompiler } from "../../../../compiler/node/load-compiler"
import { fetched } from "../../loaded"

export function loadCompiler(): LoadedCompiler {
    return { compiler: fetched("compiler"), keepCode: () => undefined }
}
