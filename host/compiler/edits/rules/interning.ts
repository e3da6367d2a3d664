import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import type { ProgramCode } from "../program-code"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import { nodesAt } from "./made-at"

/** So many different texts are looked for at most: more are hardly the same ones again and again. */
const MAX_TEXTS = 64
const ELEMENT_BYTES = 8
const ARRAY_BYTES = 16

/** Texts that come again and again are kept once: whoever keeps one keeps the one that is there already. */
export function textsOnce(advice: Advice, code: ProgramCode): Proposal {
    const sinks = [...listSinks(advice, code), ...fieldSinks(advice, code)]
    const [first] = sinks
    if (!first)
        return refuse("no text is put into a list or a field there by a statement of its own")
    const file = first.value.getSourceFile()
    if (sinks.some(({ value }) => value.getSourceFile() !== file))
        refuse("the texts are kept in more than one file")
    const texts = code.freshName("texts")
    const edits: TextEdit[] = sinks.flatMap(sink => keptOnce(sink, texts, code))
    const top = code.topStatement(first.holder)
    edits.push(
        code.insertAbove(
            top,
            `/** Each text that is kept, once. */\nconst ${texts}: string[] = []\n\n`,
        ),
    )
    const { live } = advice
    // The list refers to them as before.
    const list = first.isList ? ARRAY_BYTES + advice.count * ELEMENT_BYTES : 0
    const after = live && Math.min(live.before, live.after + list)
    return {
        title: `${advice.count} texts: each different one is kept once`,
        edits,
        ...(live && after !== undefined && { predicted: { live: { before: live.before, after } } }),
    }
}

interface TextSink {
    /** What is kept. */
    value: Node
    statement: Node
    /** What is declared at the top of the file before anything is kept. */
    holder: Node
    isList: boolean
}

/** `list[i] = text`, wherever the list that is made on the line gets one. */
function listSinks(advice: Advice, code: ProgramCode): TextSink[] {
    const lists = new Set<Node>()
    // A text may be cut out there and kept by a function that gets it.
    const called = nodesAt(advice, code, "CallExpression")
        .map(({ expression }) => code.declarationOf(expression!))
        .filter(one => one !== undefined && code.is(one, "FunctionDeclaration") && code.isOwn(one))
    const inside = called.flatMap(one => [...code.all(one!.body)])
    for (const node of [...nodesAt(advice, code, "Identifier"), ...inside]) {
        const list = code.is(node, "Identifier") ? code.declarationOf(node) : undefined
        const isList =
            list &&
            code.is(list, "VariableDeclaration") &&
            code.isOwn(list) &&
            code.typeText(list.name!) === "string[]" &&
            !code.functionAround(list)
        if (isList) lists.add(list)
    }
    return [...lists].flatMap(list =>
        code.usesOf(list).flatMap(use => {
            const access = use.parent
            const set = access.parent
            const isSet =
                code.is(access, "ElementAccessExpression") &&
                access.expression === use &&
                code.is(set, "BinaryExpression") &&
                set.left === access &&
                code.is(set.operatorToken, "EqualsToken") &&
                code.is(set.parent, "ExpressionStatement")
            return isSet && canBeKept(set.right!, code)
                ? [{ value: set.right!, statement: set.parent, holder: list, isList: true }]
                : []
        }),
    )
}

/** The texts of an object that is made on the line. */
function fieldSinks(advice: Advice, code: ProgramCode): TextSink[] {
    return nodesAt(advice, code, "PropertyAssignment").flatMap(property => {
        const value = property.initializer!
        const name = property.name!.getText()
        const statement = code.statementOf(property)
        if (!advice.what.includes(`as ${name} of`) || !canBeKept(value, code)) return []
        return [{ value, statement, holder: statement, isList: false }]
    })
}

/** Whether a value may be worked out before the rest of its statement. */
function canBeKept(value: Node, code: ProgramCode): boolean {
    return (
        code.isPure(value) &&
        !code.is(code.bare(value), "StringLiteral", "NoSubstitutionTemplateLiteral")
    )
}

function keptOnce({ value, statement }: TextSink, texts: string, code: ProgramCode): TextEdit[] {
    if (!code.is(statement.parent, "Block", "SourceFile"))
        return refuse(`line ${code.lineOf(statement)} has no block of its own`)
    const indent = code.indentOf(statement)
    const known = code.freshName("known")
    const isName = code.is(value, "Identifier")
    const text = isName ? value.text! : code.freshName("text")
    const lines = [
        ...(isName ? [] : [`const ${text} = ${value.getText()}`]),
        `let ${known} = 0`,
        `while (${known} < ${texts}.length && ${texts}[${known}] !== ${text}) ${known}++`,
        `if (${known} === ${texts}.length && ${known} < ${MAX_TEXTS}) ${texts}.push(${text})`,
    ]
    return [
        code.insertBefore(statement, lines.map(line => `${line}\n${indent}`).join("")),
        code.replace(value, `${known} < ${texts}.length ? ${texts}[${known}] : ${text}`),
    ]
}
