import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"

/**
 * Texts that are put together step by step become one template a statement, and statements that add to the
 * same text one after the other become one.
 */
export function oneTemplate(_advice: Advice, code: ProgramCode): Proposal {
    const edits: TextEdit[] = []
    const taken: Node[] = []
    let joined = 0
    for (const node of code.all()) {
        if (taken.some(one => code.isInside(node, one))) continue
        const run = additionsFrom(node, code)
        if (run.length > 1) {
            const [first, last] = [run[0]!, run.at(-1)!]
            const parts = run.flatMap(({ expression }) => partsOf(expression!.right!, code))
            const target = first.expression!.left!.getText()
            edits.push({
                file: code.pathOfNode(node),
                start: first.getStart(),
                end: last.end,
                text: `${target} += ${template(parts, code)}`,
            })
            taken.push(...run)
            joined += run.length
            continue
        }
        if (!isPlus(node, code) || !isText(node, code)) continue
        const parts = partsOf(node, code)
        if (parts.length < 3 || parts.every(part => code.is(part, "StringLiteral"))) continue
        edits.push(code.replace(node, template(parts, code)))
        taken.push(node)
        joined++
    }
    if (edits.length === 0)
        return refuse("no text is put together of three parts or more in one statement")
    return { title: `${joined} texts are written as ${edits.length} templates`, edits }
}

/** One template of all parts, texts that are written out as they are. */
export function template(parts: readonly Node[], code: ProgramCode): string {
    const inside = parts.map(part => {
        const bare = code.bare(part)
        if (code.is(bare, "StringLiteral", "NoSubstitutionTemplateLiteral")) {
            const text = bare.getText().slice(1, -1)
            return text.replace(/\\(["'])/g, "$1").replace(/`|\$\{/g, found => `\\${found}`)
        }
        return code.is(bare, "TemplateExpression")
            ? bare.getText().slice(1, -1)
            : `\${${bare.getText()}}`
    })
    return `\`${inside.join("")}\``
}

function isPlus(node: Node, code: ProgramCode): boolean {
    return code.is(node, "BinaryExpression") && code.is(node.operatorToken, "PlusToken")
}

export function isText(node: Node, code: ProgramCode): boolean {
    return /^(string|["'`])/.test(code.typeText(node))
}

/** What is added up, as far as it is a text that is added to. */
export function partsOf(given: Node, code: ProgramCode): Node[] {
    const node = code.bare(given)
    if (!isPlus(node, code) || !isText(node, code)) return [given]
    const [left, right] = [node.left!, node.right!]
    // Numbers before the first text are a sum of their own.
    const before = isText(code.bare(left), code) ? partsOf(left, code) : [left]
    return [...before, ...(isText(code.bare(right), code) ? partsOf(right, code) : [right])]
}

/** Statements from one on that add to the same text. */
function additionsFrom(node: Node, code: ProgramCode): Node[] {
    const first = additionTo(node, code)
    if (!first) return []
    const statements = node.parent.statements ?? []
    const run = [node]
    for (let at = statements.indexOf(node) + 1; at > 0 && at < statements.length; at++) {
        if (additionTo(statements[at]!, code) !== first) break
        run.push(statements[at]!)
    }
    return run
}

/** The text that a statement adds to, if that is all that it does: what is added is not asked about it. */
function additionTo(statement: Node, code: ProgramCode): Node | undefined {
    const sum = code.is(statement, "ExpressionStatement") ? statement.expression : undefined
    if (
        !code.is(sum, "BinaryExpression") ||
        !code.is(sum.operatorToken, "PlusEqualsToken") ||
        !code.is(sum.left, "Identifier")
    )
        return undefined
    if (!isText(sum.left, code) || !code.isPure(sum.right!)) return undefined
    const declaration = code.declarationOf(sum.left)
    const asksItself = [...code.all(sum.right)].some(
        node => code.is(node, "Identifier") && code.declarationOf(node) === declaration,
    )
    return asksItself ? undefined : declaration
}
