/** A node of TypeScript's tree as edits read it: whatever a kind of node has may be there. */
export interface Node {
    kind: number
    pos: number
    end: number
    parent: Node
    flags: number
    getStart(file?: Node): number
    getText(file?: Node): string
    getSourceFile(): FileNode
    text?: string
    name?: Node
    type?: Node
    typeName?: Node
    elementType?: Node
    typeArguments?: readonly Node[]
    typeParameters?: readonly Node[]
    heritageClauses?: readonly Node[]
    modifiers?: readonly Node[]
    expression?: Node
    argumentExpression?: Node
    arguments?: readonly Node[]
    left?: Node
    right?: Node
    operatorToken?: Node
    operator?: number
    operand?: Node
    condition?: Node
    whenTrue?: Node
    whenFalse?: Node
    incrementor?: Node
    initializer?: Node
    statement?: Node
    statements?: readonly Node[]
    thenStatement?: Node
    elseStatement?: Node
    declarationList?: Node
    declarations?: readonly Node[]
    properties?: readonly Node[]
    elements?: readonly Node[]
    members?: readonly Node[]
    parameters?: readonly Node[]
    body?: Node
    head?: Node
    literal?: Node
    templateSpans?: readonly Node[]
    dotDotDotToken?: Node
    asteriskToken?: Node
    questionToken?: Node
    questionDotToken?: Node
    propertyName?: Node
}

export interface FileNode extends Node {
    fileName: string
    text: string
    isDeclarationFile: boolean
    statements: readonly Node[]
}

/** A name's meaning, as TypeScript's checker has it. */
export interface TreeSymbol {
    flags: number
    escapedName: string
    declarations?: readonly Node[]
    valueDeclaration?: Node
}

export interface TreeType {
    flags: number
    symbol?: TreeSymbol
    aliasSymbol?: TreeSymbol
}

/** The parts of the checker that edits ask. */
export interface TreeChecker {
    getSymbolAtLocation(node: Node): TreeSymbol | undefined
    getShorthandAssignmentValueSymbol(node: Node): TreeSymbol | undefined
    getAliasedSymbol(symbol: TreeSymbol): TreeSymbol
    getTypeAtLocation(node: Node): TreeType
    typeToString(type: TreeType): string
    getContextualType(node: Node): TreeType | undefined
    getTypeArguments(type: TreeType): readonly TreeType[]
}

/** The parts of TypeScript itself. */
export interface TreeTools {
    SyntaxKind: Readonly<Record<string, number | string>>
    forEachChild<T>(node: Node, visit: (child: Node) => T | undefined): T | undefined
}
