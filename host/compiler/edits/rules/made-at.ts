import type { Advice } from "../../../documents/advice"
import type { StackFrame } from "../../../model/figures"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"

/** The places of an advice. */
export function placesOf({ at, alsoAt = [] }: Advice): StackFrame[] {
    return at ? [at, ...alsoAt] : []
}

/** Nodes of some kinds on the lines of an advice: they, or the statements that they are in, go over one. */
export function nodesAt(advice: Advice, code: ProgramCode, ...kinds: readonly string[]): Node[] {
    const found: Node[] = []
    for (const { file, line } of placesOf(advice)) {
        const tree = code.files.get(file)
        if (!tree) continue
        for (const node of code.all(tree))
            if (code.is(node, ...kinds) && isOver(code.statementOf(node), line, code))
                found.push(node)
    }
    return found
}

/** The program's own classes that are made on the lines of an advice. */
export function classesMadeAt(advice: Advice, code: ProgramCode): Node[] {
    const classes = nodesAt(advice, code, "NewExpression")
        .map(({ expression }) => code.declarationOf(expression!))
        .filter(declaration => code.is(declaration, "ClassDeclaration") && code.isOwn(declaration))
    return [...new Set(classes as Node[])]
}

function isOver(node: Node, line: number, code: ProgramCode): boolean {
    return code.lineOf(node) <= line && line <= code.lastLineOf(node)
}
