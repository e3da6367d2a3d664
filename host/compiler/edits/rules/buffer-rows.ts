import type { Advice } from "../../../documents/advice"
import { refuse } from "../refusal"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { nodesAt } from "./made-at"

/** A place in a row that is read or written. */
export interface RowAccess {
    /** The constant that names it; undefined for a number, or the beginning. */
    field: Node | undefined
    offset: number
    bytes: number
}

/** Rows of the same length in one buffer, and all that is ever done with them. */
export interface BufferRows {
    name: string
    /** The constant that is the length of a row. */
    stride: Node
    bytes: number
    accesses: RowAccess[]
}

const BYTES: Readonly<Record<string, number>> = {
    ...{
        u8: 1,
        i8: 1,
        u16: 2,
        i16: 2,
        u24: 3,
        i24: 3,
        u32: 4,
        i32: 4,
        f32: 4,
        u64: 8,
        i64: 8,
        f64: 8,
    },
}

/** The rows of the buffer that is made on the line of an advice. @throws Refusal unless all uses are plain */
export function bufferRows(advice: Advice, code: ProgramCode): BufferRows {
    const made = nodesAt(advice, code, "CallExpression").find(
        node => node.expression?.getText() === "Buffer.alloc",
    )
    const product = made?.arguments?.[0]
    const put = made?.parent
    const buffer = put && code.is(put, "BinaryExpression") ? code.declarationOf(put.left!) : put
    if (
        !made ||
        !code.is(product, "BinaryExpression") ||
        !code.is(product.operatorToken, "AsteriskToken") ||
        !code.is(buffer, "VariableDeclaration")
    )
        return refuse("no buffer of rows is made there")
    const stride = [product.left!, product.right!]
        .map(side => code.declarationOf(side))
        .find(
            side =>
                side &&
                code.is(side, "VariableDeclaration") &&
                code.isConst(side) &&
                isStride(side, made, code),
        )
    if (!stride) return refuse("the length of a row is no constant of its own")
    const name = buffer.name!.text!
    const accesses: RowAccess[] = []
    for (const use of code.usesOf(buffer)) {
        const { user, value } = code.userOf(use)
        const where = `line ${code.lineOf(use)}`
        if (use === buffer.name || user === put) continue
        if (code.is(user, "ElementAccessExpression") && user.expression === value)
            accesses.push({ ...placeIn(user.argumentExpression!, stride, code, where), bytes: 1 })
        else if (code.is(user, "PropertyAccessExpression") && /^[gs]etAt$/.test(user.name!.text!)) {
            const [index, format] = user.parent.arguments ?? []
            const bytes = BYTES[format?.text ?? ""]
            if (!index || bytes === undefined)
                return refuse(`${where} reads ${name} in another format`)
            accesses.push({ ...placeIn(index, stride, code, where), bytes })
        } else if (!code.is(user, "PropertyAccessExpression") || user.name!.text !== "length")
            refuse(`${where} does something else with ${name}`)
    }
    return { name, stride, bytes: Number(stride.initializer!.getText()), accesses }
}

/** Whether a constant is only ever what rows are counted in. */
function isStride(declaration: Node, made: Node, code: ProgramCode): boolean {
    if (!code.is(declaration.initializer, "NumericLiteral") || code.isExported(declaration))
        return false
    const uses = code.usesOf(declaration).filter(use => use !== declaration.name)
    // The other factor is how many rows there are: it is used for counting.
    const isCounted = uses.every(
        use =>
            code.is(use.parent, "BinaryExpression") &&
            code.is(use.parent.operatorToken, "AsteriskToken", "PlusEqualsToken"),
    )
    return isCounted && uses.some(use => !code.isInside(use, made))
}

/** `row + FIELD`, `row + 4`, `row`: a row's own place is a variable that is made with the length of rows. */
function placeIn(
    given: Node,
    stride: Node,
    code: ProgramCode,
    where: string,
): { field: Node | undefined; offset: number } {
    const index = code.bare(given)
    const isSum = code.is(index, "BinaryExpression") && code.is(index.operatorToken, "PlusToken")
    const row = code.bare(isSum ? index.left! : index)
    const declaration = code.is(row, "Identifier") ? code.declarationOf(row) : undefined
    if (!declaration || !isRow(declaration, stride, code))
        return refuse(`${where} does not tell which row it means`)
    if (!isSum) return { field: undefined, offset: 0 }
    const at = code.bare(index.right!)
    if (code.is(at, "NumericLiteral")) return { field: undefined, offset: Number(at.text) }
    const field = code.is(at, "Identifier") ? code.declarationOf(at) : undefined
    if (!field || !code.is(field.initializer, "NumericLiteral") || !code.isConst(field))
        return refuse(`${where} does not tell where in a row`)
    if (
        !code
            .usesOf(field)
            .every(
                use =>
                    use === field.name ||
                    (code.is(use.parent, "BinaryExpression") &&
                        code.is(use.parent.operatorToken, "PlusToken")),
            )
    )
        return refuse(`${field.name!.text} is used for something else, too`)
    return { field, offset: Number(field.initializer.text) }
}

/** Whether a variable is the beginning of a row: `i * STRIDE`, or a loop's from 0 in steps of rows. */
function isRow(declaration: Node, stride: Node, code: ProgramCode): boolean {
    if (!code.is(declaration, "VariableDeclaration") || !declaration.initializer) return false
    const names = (node: Node) =>
        [...code.all(node)].some(
            one => code.is(one, "Identifier") && code.declarationOf(one) === stride,
        )
    const loop = declaration.parent.parent
    if (code.is(loop, "ForStatement"))
        return (
            declaration.initializer.getText() === "0" &&
            code.is(loop.incrementor, "BinaryExpression") &&
            !code.is(loop.incrementor.right, "NumericLiteral")
        )
    const { initializer } = declaration
    return (
        code.isConst(declaration) &&
        code.is(initializer, "BinaryExpression") &&
        code.is(initializer.operatorToken, "AsteriskToken") &&
        names(initializer)
    )
}
