import { UserError } from "../../base/errors"
import type { TypeScriptParser } from "../official-compiler"

/**
 * Parses a TypeScript text; what is wrong in it stands in the tree.
 * @throws UserError for a text that is nested deeper than the parser can follow
 */
export function parseText(
    ts: TypeScriptParser,
    text: string,
    file: string,
): ReturnType<TypeScriptParser["createSourceFile"]> {
    try {
        // By a name of its own: one that ends with .json would make JSON of it.
        return ts.createSourceFile("text.ts", text, ts.ScriptTarget.ES2022, true)
    } catch (error) {
        if (!(error instanceof RangeError)) throw error
        throw new UserError("E_SCHEMA", `${file} is nested too deeply to be read.`)
    }
}
