import type { SyntaxNode, TypeScriptParser } from "../official-compiler"
import { kindOf, type Node } from "./syntax"

/** A source as far as costs are read from it: it may be half-typed. */
export interface Source {
    tree: Node
    text: string
    /** Interfaces, types, enums and classes at its top level, by name. */
    declarations: ReadonlyMap<string, Node>
    /** What it imports by name, by the name that it has here. */
    imports: ReadonlyMap<string, { name: string; from: string }>
}

const TYPES = ["InterfaceDeclaration", "TypeAliasDeclaration", "EnumDeclaration"]

/** Reads a text. Never fails: what is no TypeScript is left out. */
export function readSource(ts: TypeScriptParser, text: string): Source {
    const { ES2022 } = ts.ScriptTarget
    const parsed: SyntaxNode = ts.createSourceFile("source.ts", text, ES2022, true)
    const tree = parsed as Node
    const declarations = new Map<string, Node>()
    const imports = new Map<string, { name: string; from: string }>()
    for (const statement of tree.statements ?? []) {
        const kind = kindOf(ts, statement)
        if (TYPES.includes(kind) || kind === "ClassDeclaration") {
            if (statement.name?.text) declarations.set(statement.name.text, statement)
        } else if (kind === "ImportDeclaration") {
            const from = statement.moduleSpecifier?.text
            for (const one of statement.importClause?.namedBindings?.elements ?? [])
                if (from !== undefined && one.name?.text)
                    imports.set(one.name.text, {
                        name: one.propertyName?.text ?? one.name.text,
                        from,
                    })
        }
    }
    return { tree, text, declarations, imports }
}

/** The text of all that a source declares as a type, for who reads records from it. */
export function typeTexts(ts: TypeScriptParser, source: Source): Map<string, string> {
    const texts = new Map<string, string>()
    for (const [name, node] of source.declarations)
        if (TYPES.includes(kindOf(ts, node))) texts.set(name, node.getText())
    return texts
}
