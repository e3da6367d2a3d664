import { lineAt } from "../schema/read-types"
import { kindOf, within, type Node } from "../cost/syntax"
import type { SyntaxNode, TypeScriptParser } from "../official-compiler"
import { isEffectless } from "./effectless"
import { reachOf } from "./reach"

/** What a program's source has, or a class of it. */
export interface Declared {
    kind: "function" | "class" | "method" | "variable"
    /** A method's with its class: `Shape.area`. */
    name: string
    path: string
    /** From 1. */
    line: number
    /** Where it is in its file, in UTF-16 code units; a variable's statement. */
    start: number
    end: number
    isExported: boolean
    /** Whether anybody else names it, where it can be meant. What only shares its name counts, too. */
    isNamed: boolean
}

/** A source of a program. */
export interface SourceText {
    path: string
    text: string
}

/**
 * What sources declare at their top, that is there when it runs, and the methods of their classes. Of
 * variables, those that are given what nothing has to be called for: another may be there for what that does.
 */
export function declarationsOf(
    ts: TypeScriptParser,
    sources: readonly SourceText[],
): readonly Declared[] {
    const read = sources.map(source => new SourceNames(ts, source))
    const reach = reachOf(read)
    return read.flatMap(source => {
        const users = read.filter(one => one !== source && reach(one, source))
        return source.declared.map(({ node, ...declared }) => {
            const name = declared.name.split(".").at(-1)!
            const isNamed =
                source.timesNamed(name) > source.timesNamed(name, node) ||
                users.some(user => user.timesNamed(name) > 0)
            const isExported = declared.isExported || source.exports.has(declared.name)
            return { ...declared, isExported, isNamed }
        })
    })
}

type Found = Omit<Declared, "isNamed"> & { node: Node }

/** A source with all names in it. */
export class SourceNames {
    readonly path: string
    readonly declared: Found[] = []
    /** Names that it gives away in a list, as they are. */
    readonly exports = new Set<string>()
    /** What it imports from, and what it passes on. */
    readonly imports: string[] = []
    readonly passedOn: string[] = []
    private readonly names: ReadonlyMap<string, number>

    constructor(
        private readonly ts: TypeScriptParser,
        { path, text }: SourceText,
    ) {
        this.path = path
        const parsed: SyntaxNode = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
        const tree = parsed as Node
        for (const statement of tree.statements ?? []) this.readStatement(statement, text)
        this.names = this.count(tree)
    }

    /** Whether all know its names, as nothing in it is imported or exported. */
    get isScript(): boolean {
        const { imports, passedOn, exports, declared } = this
        return (
            imports.length + passedOn.length + exports.size === 0 &&
            !declared.some(({ isExported }) => isExported)
        )
    }

    /** How often a name is there, or in one node alone. */
    timesNamed(name: string, inside?: Node): number {
        return (inside ? this.count(inside) : this.names).get(name) ?? 0
    }

    private count(root: Node): Map<string, number> {
        const names = new Map<string, number>()
        for (const node of within(this.ts, root)) {
            const kind = this.kind(node)
            const isName = kind === "Identifier" || kind === "StringLiteral"
            if (!isName || node.text === undefined || this.isOnlyExported(node)) continue
            names.set(node.text, (names.get(node.text) ?? 0) + 1)
        }
        return names
    }

    /** In `export { name }`, which is no use of it. */
    private isOnlyExported({ parent }: Node): boolean {
        return (
            parent !== undefined &&
            this.kind(parent) === "ExportSpecifier" &&
            parent.propertyName === undefined &&
            parent.parent?.parent?.moduleSpecifier === undefined
        )
    }

    private readStatement(node: Node, text: string): void {
        const { ts } = this
        const has = (word: string) =>
            (node.modifiers ?? []).some(one => this.kind(one) === `${word}Keyword`)
        if (has("Declare")) return
        const isExported = has("Export")
        const add = (kind: Found["kind"], name: string, of: Node, place = of) => {
            const start = place.getStart()
            const line = lineAt(text, start)
            const { path } = this
            const at = { path, line, start, end: place.end }
            this.declared.push({ kind, name, ...at, isExported, node: of })
        }
        const name = node.name?.text
        switch (this.kind(node)) {
            case "FunctionDeclaration":
                if (name !== undefined && node.body) add("function", name, node)
                break
            case "ClassDeclaration":
                if (name === undefined) break
                add("class", name, node)
                for (const member of node.members ?? [])
                    if (this.kind(member) === "MethodDeclaration" && member.body)
                        add("method", `${name}.${member.name?.text ?? ""}`, member)
                break
            case "VariableStatement": {
                const { declarations = [] } = node.declarationList ?? {}
                const [one] = declarations
                if (declarations.length !== 1 || !one?.initializer) break
                if (one.name?.text !== undefined && isEffectless(ts, one.initializer))
                    add("variable", one.name.text, one, node)
                break
            }
            case "ImportDeclaration":
                this.imports.push(node.moduleSpecifier?.text ?? "")
                break
            case "ExportDeclaration":
                if (node.moduleSpecifier) this.passedOn.push(node.moduleSpecifier.text ?? "")
                for (const one of node.exportClause?.elements ?? [])
                    if (!node.moduleSpecifier && one.name?.text) this.exports.add(one.name.text)
                break
            case "ExportAssignment":
                this.exports.add("default")
        }
    }

    private kind(node: Node): string {
        return kindOf(this.ts, node)
    }
}
