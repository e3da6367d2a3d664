import type { NamedType } from "../../analysis/layout/field-types"
import { UserError } from "../../base/errors"
import { instead } from "../../base/nearest"
import type { TypeScriptParser } from "../official-compiler"
import { parseText } from "./parse-text"
import { SchemaReader } from "./schema-reader"
import type { Declaration, Node } from "./syntax"

/** The records and unions that a file declares. */
export interface TypesFile {
    /** In the order of the file, those that could be read. */
    types: NamedType[]
}

/**
 * Reads the interfaces and types of a TypeScript text as records: the text alone, without what it imports.
 * @param file as messages name it
 * @param only the one that is wanted; else all that look like records, and what they are made of
 * @throws UserError naming the line of what is no record: a type that is none, a method, generics
 */
export function readTypes(
    ts: TypeScriptParser,
    text: string,
    file: string,
    only?: string,
): TypesFile {
    const tree = parseText(ts, text, file)
    const [wrong] = tree.parseDiagnostics
    if (wrong) {
        const { messageText: said } = wrong
        const line = lineAt(text, wrong.start)
        throw new UserError(
            "E_SCHEMA",
            `${file}:${line}: ${typeof said === "string" ? said : said.messageText}`,
        )
    }
    const declarations = new Map<string, Declaration>()
    for (const statement of tree.statements as readonly Node[]) {
        const kind = ts.SyntaxKind[statement.kind]
        if (
            kind === "InterfaceDeclaration" ||
            kind === "TypeAliasDeclaration" ||
            kind === "EnumDeclaration"
        )
            declarations.set(statement.name!.getText(), { kind, node: statement })
    }
    const reader = new SchemaReader(ts, { text, file, declarations })
    const names = [...declarations].flatMap(([name, { kind }]) =>
        kind === "EnumDeclaration" ? [] : [name],
    )
    if (only !== undefined && !names.includes(only))
        throw new UserError("E_SCHEMA", `${file} declares no type ${only}${instead(only, names)}`)
    const types = (only === undefined ? names : [only])
        .map(name => reader.named(name, only !== undefined))
        .filter(type => type !== undefined)
    if (types.length === 0)
        throw new UserError(
            "E_SCHEMA",
            `${file} declares no record: write an interface, as \`interface Order { id: u24; table: u8 }\`.`,
        )
    return { types }
}

/** Line of a place in a text, from 1. */
export function lineAt(text: string, place: number): number {
    return text.slice(0, place).split("\n").length
}
