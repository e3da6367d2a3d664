import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import { applyEdits, type TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { nodesAt } from "./made-at"

/** One step of a chain: a method and the function that it is given. */
interface Step {
    method: string
    parameters: readonly Node[]
    /** What the function works out. */
    body: Node
    /** Of `reduce`: what it begins with. */
    first?: Node
}

interface Chain {
    /** All of it, `.length` included. */
    node: Node
    /** The list that it begins with. */
    root: Node
    steps: Step[]
    asksLength: boolean
}

const METHODS = ["filter", "map", "reduce"]

/** Lists that are made between one step and the next give way to one loop that takes all steps. */
export function onePass(advice: Advice, code: ProgramCode): Proposal {
    const [at] = nodesAt(advice, code, "CallExpression")
    const scope = (at && code.functionAround(at)?.body) ?? (at && code.topStatement(at))
    if (!scope) return refuse("no method of a list is called there")
    const chains = chainsIn(scope, code)
    if (chains.length === 0)
        refuse(
            "its steps are not filter, map and reduce with functions that only work something out",
        )
    const edits = chains.flatMap(chain => fused(chain, code))
    const count = chains.length === 1 ? "a loop" : `${chains.length} loops`
    return {
        title: `${count} in place of ${chains.map(({ steps }) => steps.map(({ method }) => method).join(", ")).join("; ")}`,
        edits,
    }
}

/** Chains that can be taken apart, from the outside: what is in one is part of it. */
function chainsIn(scope: Node, code: ProgramCode): Chain[] {
    const chains: Chain[] = []
    for (const node of code.all(scope)) {
        if (chains.some(chain => code.isInside(node, chain.node))) continue
        const chain = chainOf(node, code)
        if (chain) chains.push(chain)
    }
    // One that only the next one asks is its beginning.
    for (const chain of [...chains]) {
        const before = chains.find(one => leadsTo(one, chain, code))
        if (!before) continue
        chain.steps.unshift(...before.steps)
        chain.root = before.root
        merged.set(chain, code.statementOf(before.node))
        chains.splice(chains.indexOf(before), 1)
    }
    return chains
}

/** Statements that went into the chain of the next one. */
const merged = new WeakMap<Chain, Node>()

function leadsTo(before: Chain, chain: Chain, code: ProgramCode): boolean {
    const declaration = before.node.parent
    if (before === chain || before.asksLength || before.steps.at(-1)!.method === "reduce")
        return false
    if (
        !code.is(declaration, "VariableDeclaration") ||
        code.declarationOf(chain.root) !== declaration
    )
        return false
    const [one, other] = [code.statementOf(before.node), code.statementOf(chain.node)]
    const list = one.parent.statements ?? []
    return (
        code.usesOf(declaration).length === 2 &&
        other.parent === one.parent &&
        list.indexOf(other) === list.indexOf(one) + 1
    )
}

function chainOf(given: Node, code: ProgramCode): Chain | undefined {
    const asksLength = code.is(given, "PropertyAccessExpression") && given.name?.text === "length"
    let node = asksLength ? given.expression! : given
    const steps: Step[] = []
    while (
        code.is(node, "CallExpression") &&
        code.is(node.expression, "PropertyAccessExpression")
    ) {
        const method = node.expression.name!.text!
        const owner = node.expression.expression!
        if (!METHODS.includes(method) || !code.elementType(code.typeOf(owner))) break
        const step = stepOf(method, node, code)
        if (!step) return undefined
        steps.unshift(step)
        node = owner
    }
    if (steps.length === 0 || steps.slice(0, -1).some(({ method }) => method === "reduce"))
        return undefined
    if (asksLength && steps.at(-1)!.method === "reduce") return undefined
    if (!code.is(node, "Identifier", "PropertyAccessExpression") || !stands(given, code))
        return undefined
    return { node: given, root: node, steps, asksLength }
}

function stepOf(method: string, call: Node, code: ProgramCode): Step | undefined {
    const [callback, first, more] = call.arguments ?? []
    const isReduce = method === "reduce"
    if (!callback || more || (first !== undefined) !== isReduce) return undefined
    if (!code.is(callback, "ArrowFunction") || (callback.modifiers ?? []).length > 0)
        return undefined
    const parameters = callback.parameters ?? []
    if (
        parameters.length !== (isReduce ? 2 : 1) ||
        parameters.some(({ name }) => !code.is(name, "Identifier"))
    )
        return undefined
    const block = callback.body!
    const [only, another] = block.statements ?? []
    const body = code.is(block, "Block") ? (another ? undefined : only?.expression) : block
    // Steps are taken for one element after the other, no more for all elements one step after the other.
    if (!body || !code.isPure(body) || [...code.all(body)].some(node => code.isFunction(node)))
        return undefined
    return { method, parameters, body, ...(first && { first }) }
}

/** Whether a loop may stand before the statement of a chain: nothing else in it is done before. */
function stands(chain: Node, code: ProgramCode): boolean {
    const statement = code.statementOf(chain)
    if (!code.is(statement, "VariableStatement", "ExpressionStatement", "ReturnStatement"))
        return false
    if (!code.is(statement.parent, "Block", "SourceFile")) return false
    for (let at = chain; at !== statement; at = at.parent) {
        if (code.is(at.parent, "ConditionalExpression") || code.isFunction(at)) return false
        if (
            code.is(at.parent, "BinaryExpression") &&
            code.is(at.parent.operatorToken, "AmpersandAmpersandToken", "BarBarToken")
        )
            return false
        // A call's own arguments and what it is called on come before it.
        for (const other of code.children(at.parent))
            if (
                other !== at &&
                !code.is(other, "Identifier") &&
                !code.isPure(other) &&
                !code.is(at.parent, "CallExpression")
            )
                return false
    }
    return true
}

function fused(chain: Chain, code: ProgramCode): TextEdit[] {
    const { node, root, steps, asksLength } = chain
    const statement = code.statementOf(node)
    const indent = code.indentOf(statement)
    const last = steps.at(-1)!
    const isReduced = last.method === "reduce"
    const declaration = node.parent
    // The variable that it is for may hold the result while it is made.
    const isOwn =
        code.is(declaration, "VariableDeclaration") &&
        statement.declarationList?.declarations?.length === 1
    const result =
        isOwn && !asksLength && !isReduced
            ? declaration.name!.text!
            : code.freshName(asksLength ? "count" : isReduced ? "total" : "picked")
    const lines: string[] = []
    if (isReduced) lines.push(`let ${result} = ${last.first!.getText()}`)
    else if (asksLength) lines.push(`let ${result} = 0`)
    else {
        // What is picked out is of the list's own type, which may have no name here.
        const isPicked =
            steps.every(({ method }) => method === "filter") && code.is(root, "Identifier")
        lines.push(
            `const ${result}: ${isPicked ? `typeof ${root.text}` : code.typeText(node)} = []`,
        )
    }
    let element = code.freshNameIn(
        code.functionAround(node),
        steps[0]!.parameters.at(-1)!.name!.text!,
    )
    lines.push(`for (const ${element} of ${root.getText()}) {`)
    let depth = 1
    const add = (text: string) => lines.push("    ".repeat(depth) + text)
    let conditions: string[] = []
    const test = () => {
        if (conditions.length === 0) return
        add(`if (${conditions.join(" && ")}) {`)
        depth++
        conditions = []
    }
    for (const [index, { method, parameters, body }] of steps.entries()) {
        const names = new Map([[parameters.at(-1)!, element]])
        if (method === "filter") {
            const text = renamed(body, names, code)
            conditions.push(
                code.is(body, "BinaryExpression") &&
                    steps.filter(step => step.method === "filter").length > 1 &&
                    code.is(body.operatorToken, "BarBarToken")
                    ? `(${text})`
                    : text,
            )
        } else if (method === "map") {
            const text = renamed(body, names, code)
            test()
            const isLast = index === steps.length - 1
            if (isLast && !asksLength) element = text
            else if (!/^[\w$.]+$/.test(text)) {
                const name = code.freshName("value")
                add(`const ${name} = ${text}`)
                element = name
            } else element = text
        } else {
            test()
            names.set(parameters[0]!, result)
            add(`${result} = ${renamed(body, names, code)}`)
        }
    }
    test()
    if (!isReduced) add(asksLength ? `${result}++` : `${result}.push(${element})`)
    for (; depth > 0; depth--) lines.push("    ".repeat(depth - 1) + "}")
    const text = lines.join(`\n${indent}`)
    const before = merged.get(chain)
    const edits = before ? [code.remove(before)] : []
    if (isOwn && result === declaration.name!.text) return [...edits, code.replace(statement, text)]
    return [
        ...edits,
        code.insertBefore(statement, `${text}\n${indent}`),
        code.replace(node, result),
    ]
}

/** An expression with other names for the parameters in it. */
function renamed(expression: Node, names: ReadonlyMap<Node, string>, code: ProgramCode): string {
    const start = expression.getStart()
    const edits = [...code.all(expression)].flatMap(node => {
        const text = code.is(node, "Identifier") ? names.get(code.declarationOf(node)!) : undefined
        if (text === undefined) return []
        const shown = code.is(node.parent, "ShorthandPropertyAssignment")
            ? `${node.text}: ${text}`
            : text
        return [{ start: node.getStart() - start, end: node.end - start, text: shown }]
    })
    return applyEdits(expression.getText(), edits)
}
