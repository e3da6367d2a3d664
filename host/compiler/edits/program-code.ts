import { refuse } from "./refusal"
import type { TextEdit } from "./text-edit"
import type { FileNode, Node, TreeChecker, TreeTools, TreeType } from "./tree"

const ALIAS = 1 << 21

export interface CodeParts {
    tools: TreeTools
    checker: TreeChecker
    /** The program's own files, which may be edited, by absolute path. */
    files: ReadonlyMap<string, FileNode>
}

/** A program's own sources with all that its names mean: what edits are worked out from. */
export class ProgramCode {
    private readonly kinds: readonly string[]
    private readonly pathOf = new Map<FileNode, string>()
    private readonly uses = new Map<Node, Node[]>()
    private readonly names = new Set<string>()
    private literals: Map<Node, Node[]> | undefined
    private readonly checker: TreeChecker
    readonly files: ReadonlyMap<string, FileNode>

    constructor(private readonly parts: CodeParts) {
        this.checker = parts.checker
        this.files = parts.files
        this.kinds = kindNames(parts.tools)
        for (const [path, file] of parts.files) this.pathOf.set(file, path)
        for (const node of this.all()) {
            if (!this.is(node, "Identifier")) continue
            this.names.add(node.text ?? "")
            for (const declaration of this.declarationsAt(node)) {
                const uses = this.uses.get(declaration)
                if (uses) uses.push(node)
                else this.uses.set(declaration, [node])
            }
        }
    }

    kind(node: Node): string {
        return this.kinds[node.kind] ?? "?"
    }

    /** Whether there is a node, and of one of these kinds. */
    is(node: Node, ...kinds: readonly string[]): boolean
    is(node: Node | undefined, ...kinds: readonly string[]): node is Node
    is(node: Node | undefined, ...kinds: readonly string[]): boolean {
        return node !== undefined && kinds.includes(this.kind(node))
    }

    /** All nodes of a tree, of all files by default, from the outside in. */
    *all(root?: Node): Generator<Node> {
        if (!root) {
            for (const file of this.files.values()) yield* this.all(file)
            return
        }
        yield root
        for (const child of this.children(root)) yield* this.all(child)
    }

    children(node: Node): Node[] {
        const children: Node[] = []
        this.parts.tools.forEachChild(node, child => void children.push(child))
        return children
    }

    /** The declaration that a name refers to, followed through imports; undefined outside this program. */
    declarationOf(node: Node): Node | undefined {
        return this.declarationsAt(node)[0]
    }

    /** Every use of what is declared, its own name included. */
    usesOf(declaration: Node): readonly Node[] {
        return this.uses.get(declaration) ?? []
    }

    typeOf(node: Node): TreeType {
        return this.checker.getTypeAtLocation(node)
    }

    /** A type as a program writes it. */
    typeText(node: Node): string {
        return this.checker.typeToString(this.typeOf(node))
    }

    /** Whether a use of a variable leaves it as it is. */
    isRead(use: Node): boolean {
        const { user, value } = this.userOf(use)
        if (this.is(user, "BinaryExpression"))
            return user.left !== value || !this.changes(user.operatorToken!)
        if (!this.is(user, "PrefixUnaryExpression", "PostfixUnaryExpression")) return true
        return !/^(PlusPlus|MinusMinus)Token$/.test(this.kind({ kind: user.operator! } as Node))
    }

    /** Whether all that a node does is to work something out: no call but of `Math`, nothing is changed. */
    isPure(node: Node): boolean {
        for (const one of this.all(node)) {
            if (this.is(one, "CallExpression") && one.expression?.expression?.getText() !== "Math")
                return false
            if (
                this.is(
                    one,
                    "NewExpression",
                    "AwaitExpression",
                    "YieldExpression",
                    "DeleteExpression",
                )
            )
                return false
            if (this.is(one, "BinaryExpression") && this.changes(one.operatorToken!)) return false
            if (!this.is(one, "PrefixUnaryExpression", "PostfixUnaryExpression")) continue
            if (/^(PlusPlus|MinusMinus)Token$/.test(this.kind({ kind: one.operator! } as Node)))
                return false
        }
        return true
    }

    /** Whether an operator assigns. */
    private changes(operator: Node): boolean {
        const kind = this.kind(operator)
        return (
            (kind.endsWith("EqualsToken") &&
                !/^(Equals|Exclamation|LessThan|GreaterThan)Equals/.test(kind)) ||
            kind === "EqualsToken" ||
            /^(LessThanLessThan|GreaterThanGreaterThan).*EqualsToken$/.test(kind)
        )
    }

    /** The class, interface or type literal that a type is made by. */
    typeDeclaration(type: TreeType | undefined): Node | undefined {
        const found = type?.symbol?.declarations ?? []
        return found.length === 1 ? found[0] : undefined
    }

    /** The type of the elements, of a list's. */
    elementType(type: TreeType): TreeType | undefined {
        if (type.symbol?.escapedName !== "Array") return undefined
        return this.checker.getTypeArguments(type)[0]
    }

    pathOfNode(node: Node): string {
        return this.pathOf.get(node.getSourceFile()) ?? refuse("it is made in a library")
    }

    /** Whether something is the program's own, which may be edited. */
    isOwn(node: Node): boolean {
        return this.pathOf.has(node.getSourceFile())
    }

    /** Line of a node in its file, from 1. */
    lineOf(node: Node): number {
        return node.getSourceFile().text.slice(0, node.getStart()).split("\n").length
    }

    lastLineOf(node: Node): number {
        return node.getSourceFile().text.slice(0, node.end).split("\n").length
    }

    /** The nearest node around one that is of a kind. */
    around(node: Node, ...kinds: readonly string[]): Node | undefined {
        for (let at: Node | undefined = node.parent; at; at = at.parent)
            if (kinds.includes(this.kind(at))) return at
        return undefined
    }

    /** The function around a node; undefined at the top of a file. */
    functionAround(node: Node): Node | undefined {
        return this.around(node, ...FUNCTIONS)
    }

    isFunction(node: Node): boolean {
        return FUNCTIONS.includes(this.kind(node))
    }

    isInside(node: Node, outer: Node): boolean {
        for (let at: Node | undefined = node; at; at = at.parent) if (at === outer) return true
        return false
    }

    /** Without the parentheses and `as` around it. */
    bare(node: Node): Node {
        let at = node
        while (this.is(at, "ParenthesizedExpression", "AsExpression", "NonNullExpression"))
            at = at.expression!
        return at
    }

    /** The place that a node's value goes to: its parent, parentheses aside. */
    userOf(node: Node): { user: Node; value: Node } {
        let value = node
        while (this.is(value.parent, "ParenthesizedExpression", "NonNullExpression"))
            value = value.parent
        return { user: value.parent, value }
    }

    replace(node: Node, text: string): TextEdit {
        return { file: this.pathOfNode(node), start: node.getStart(), end: node.end, text }
    }

    /** Puts text before a node, after the comments that belong to it. */
    insertBefore(node: Node, text: string): TextEdit {
        const start = node.getStart()
        return { file: this.pathOfNode(node), start, end: start, text }
    }

    /** Puts text before a statement and the comments above it. */
    insertAbove(node: Node, text: string): TextEdit {
        const file = node.getSourceFile()
        let start = node.pos
        while (/\s/.test(file.text[start] ?? "")) start++
        return { file: this.pathOfNode(node), start, end: start, text }
    }

    insertAfter(node: Node, text: string): TextEdit {
        return { file: this.pathOfNode(node), start: node.end, end: node.end, text }
    }

    /** Takes a statement out with its line; a comment right above it stays. */
    remove(node: Node): TextEdit {
        const { text } = node.getSourceFile()
        let [start, end] = [node.getStart(), node.end]
        while (start > 0 && /[ \t]/.test(text[start - 1]!)) start--
        while (/[ \t;]/.test(text[end] ?? "")) end++
        if (text[end] === "\n") end++
        // Of two empty lines around it one is enough.
        if (/(^|\n)\n$/.test(text.slice(0, start)) && text[end] === "\n") end++
        return { file: this.pathOfNode(node), start, end, text: "" }
    }

    /** The white space that the line of a node begins with. */
    indentOf(node: Node): string {
        const { text } = node.getSourceFile()
        const line = text.lastIndexOf("\n", node.getStart() - 1) + 1
        return /^[ \t]*/.exec(text.slice(line))![0]
    }

    /** A name that nothing in the program has: this one, or with a number. */
    freshName(wanted: string): string {
        let name = wanted
        for (let count = 2; this.names.has(name) || RESERVED.has(name); count++)
            name = `${wanted}${count}`
        this.names.add(name)
        return name
    }

    /** The same of a name that may be elsewhere: nothing around it has it but small functions for themselves. */
    freshNameIn(scope: Node | undefined, wanted: string): string {
        for (const node of scope ? this.all(scope) : this.all()) {
            if (!this.is(node, "Identifier") || node.text !== wanted) continue
            const declaration = this.declarationOf(node)
            const isOwn =
                declaration &&
                this.is(declaration, "Parameter") &&
                this.is(declaration.parent, "ArrowFunction")
            if (!isOwn || declaration.parent === scope) return this.freshName(wanted)
        }
        return wanted
    }

    /** The statement at the top of its file that a node is in. */
    topStatement(node: Node): Node {
        let at = node
        while (!this.is(at.parent, "SourceFile")) at = at.parent
        return at
    }

    /** The smallest statement, or declaration in one, around a node. */
    statementOf(node: Node): Node {
        let at = node
        while (!this.kind(at).endsWith("Statement") && !this.is(at.parent, "SourceFile"))
            at = at.parent
        return at
    }

    /** A declaration that other files see, or that nobody but its own does. */
    isExported(declaration: Node): boolean {
        const statement = this.is(declaration, "VariableDeclaration")
            ? declaration.parent.parent
            : declaration
        return (statement.modifiers ?? []).some(modifier => this.is(modifier, "ExportKeyword"))
    }

    isConst(declaration: Node): boolean {
        return (
            this.is(declaration.parent, "VariableDeclarationList") &&
            (declaration.parent.flags & 2) !== 0
        )
    }

    /** The object literals that are of an interface, a class or a type that is declared. */
    literalsOf(declaration: Node): readonly Node[] {
        if (!this.literals) {
            this.literals = new Map()
            for (const node of this.all()) {
                if (!this.is(node, "ObjectLiteralExpression")) continue
                const made = this.madeBy(node)
                if (!made) continue
                const list = this.literals.get(made)
                if (list) list.push(node)
                else this.literals.set(made, [node])
            }
        }
        return this.literals.get(declaration) ?? []
    }

    /** The interface, the class or the type that an object literal is of. */
    madeBy(literal: Node): Node | undefined {
        return this.typeDeclaration(this.checker.getContextualType(literal) ?? this.typeOf(literal))
    }

    /** The expression that a literal has for a field. */
    fieldIn(literal: Node, field: string): Node | undefined {
        const property = literal.properties?.find(({ name }) => name?.getText() === field)
        if (!property) return undefined
        if (this.is(property, "PropertyAssignment")) return property.initializer
        return this.is(property, "ShorthandPropertyAssignment") ? property.name : undefined
    }

    private declarationsAt(node: Node): Node[] {
        // A short `{ name }` means a value first, and then a field.
        const symbols = [
            this.is(node.parent, "ShorthandPropertyAssignment")
                ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
                : undefined,
            this.checker.getSymbolAtLocation(node),
        ]
        return symbols.flatMap(symbol => {
            if (!symbol) return []
            const meant = symbol.flags & ALIAS ? this.checker.getAliasedSymbol(symbol) : symbol
            const declaration = meant.valueDeclaration ?? meant.declarations?.[0]
            return declaration ? [declaration] : []
        })
    }
}

const FUNCTIONS = [
    ...["FunctionDeclaration", "FunctionExpression", "ArrowFunction"],
    ...["MethodDeclaration", "Constructor", "GetAccessor", "SetAccessor"],
]

/** What a made name must not be. */
const RESERVED = new Set(["in", "new", "at", "of", "do", "if", "for", "let", "var"])

/** By number; several names of a kind are ranges of them. */
function kindNames({ SyntaxKind }: TreeTools): readonly string[] {
    const names: string[] = []
    for (const [name, kind] of Object.entries(SyntaxKind))
        if (typeof kind === "number" && !/^(First|Last)[A-Z]/.test(name)) names[kind] = name
    return names
}
