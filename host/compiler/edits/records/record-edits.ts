import { refuse } from "../refusal"
import { applyEdits, type TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { accessOf, isWrite } from "../values/values"
import type { RecordField } from "./record-fields"
import type { RecordList } from "./record-list"

/** What is written to a record that is made: a text for each field. */
type Written = Map<RecordField, string>

/**
 * Rewrites a list of objects as records in one buffer. What stood for an object stands for the place of its
 * record in the buffer, in bytes: it may be kept, handed on, returned and compared as before.
 */
export class RecordEdits {
    private edits: TextEdit[] = []
    private readonly helpers: string[] = []
    private readonly textOfField = new Map<RecordField, string>()
    private readonly numberOfField = new Map<RecordField, string>()
    private readonly list: string
    private readonly counted: string
    private readonly first: number

    /**
     * @param bytes of a record
     * @param room records that a list that grows has room for at first
     */
    constructor(
        private readonly records: RecordList,
        private readonly fields: readonly RecordField[],
        private readonly bytes: number,
        private readonly code: ProgramCode,
        room: number,
    ) {
        this.list = records.name
        this.counted = records.kind === "grown" ? code.freshName(`${records.name}Count`) : ""
        this.first = Math.max(1, room)
    }

    all(): TextEdit[] {
        const { records, code, list } = this
        for (const field of this.fields) this.rewriteUses(field)
        for (const node of records.elements) this.rewriteElement(node)
        for (const node of records.lengths)
            this.add(code.replace(node, this.countText(this.above(node))))
        for (const loop of records.loops) this.rewriteLoop(loop)
        this.rewriteTypes()
        for (const { maker, returns } of records.makers) this.rewriteMaker(maker, returns)
        for (const put of records.puts) this.rewritePut(put)
        this.rewriteMaking()
        this.removeElement()
        if (this.helpers.length > 0) {
            const after = code.topStatement(records.list)
            this.add(code.insertAfter(after, this.helpers.map(text => `\n\n${text}`).join("")))
        }
        if (records.kind === "grown" && code.isExported(records.list))
            refuse(`${list} is used in other files`)
        return this.edits
    }

    private add(edit: TextEdit): void {
        this.edits.push(edit)
    }

    /** The text of a node with what was changed in it, which then is part of something larger. */
    private textOf(node: Node): string {
        const file = this.code.pathOfNode(node)
        const start = node.getStart()
        const isInside = (edit: TextEdit) =>
            edit.file === file && edit.start >= start && edit.end <= node.end
        const inside = this.edits.filter(isInside)
        this.edits = this.edits.filter(edit => !isInside(edit))
        return applyEdits(
            node.getText(),
            inside.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start })),
        )
    }

    private above(node: Node): Node {
        return this.code.userOf(node).user
    }

    private countText(user: Node): string {
        if (this.counted) return this.counted
        if (this.records.kind === "literal")
            return String(this.records.literals[0]!.elements!.length)
        if (this.bytes === 1) return `${this.list}.length`
        const text = `${this.list}.length / ${this.bytes}`
        return this.code.is(user, "BinaryExpression") ? `(${text})` : text
    }

    /** `i * 4`, where element i is. */
    private placeText(index: Node): string {
        const { code, bytes } = this
        const text = this.textOf(index)
        if (bytes === 1) return text
        const bare = code.bare(index)
        if (code.is(bare, "NumericLiteral")) return String(Number(bare.text) * bytes)
        return code.is(bare, "Identifier", "CallExpression", "PropertyAccessExpression")
            ? `${text} * ${bytes}`
            : `(${text}) * ${bytes}`
    }

    private rewriteElement(node: Node): void {
        const { code, bytes } = this
        const index = node.argumentExpression!
        const bare = code.bare(index)
        const user = this.above(node)
        if (code.is(bare, "NumericLiteral")) {
            this.add(code.replace(node, String(Number(bare.text) * bytes)))
            return
        }
        const isSimple =
            bytes === 1 ||
            code.is(bare, "Identifier", "CallExpression", "PropertyAccessExpression") ||
            code.is(index, "ParenthesizedExpression")
        const needsMore =
            bytes === 1 &&
            !code.is(bare, "Identifier", "CallExpression") &&
            code.is(user, "PropertyAccessExpression") &&
            !code.is(bare, "BinaryExpression")
        const [open, close] = isSimple && !needsMore ? ["", ""] : ["(", ")"]
        const path = code.pathOfNode(node)
        this.add({ file: path, start: node.getStart(), end: index.getStart(), text: open })
        this.add({
            file: path,
            start: index.end,
            end: node.end,
            text: bytes === 1 ? close : `${close} * ${bytes}`,
        })
    }

    /** `order.table` becomes what reads or writes it. */
    private rewriteUses(field: RecordField): void {
        const { code } = this
        for (const use of code.usesOf(field.declaration)) {
            if (
                use === field.declaration.name ||
                code.is(use.parent, "PropertyAssignment", "ShorthandPropertyAssignment")
            )
                continue
            const access = accessOf(code, use)
            // What a constructor does with its fields is part of what makes an object.
            if (code.is(code.functionAround(use) ?? use, "Constructor")) continue
            if (access === use)
                refuse(
                    `line ${code.lineOf(use)} takes ${field.name} out of an object in another way`,
                )
            if (access.questionDotToken)
                refuse(`line ${code.lineOf(use)} asks whether there is an object`)
            if (isWrite(code, use)) this.rewriteWrite(field, access)
            else this.rewriteRead(field, access)
        }
    }

    /** `orders[order + 2]`, around the text of the object that is there already. */
    private around(access: Node, before: string, after: string): void {
        const { code } = this
        const path = code.pathOfNode(access)
        const object = access.expression!
        this.add({ file: path, start: object.getStart(), end: object.getStart(), text: before })
        this.add({ file: path, start: object.end, end: access.end, text: after })
    }

    private plus({ offset }: RecordField): string {
        return offset === 0 ? "" : ` + ${offset}`
    }

    private rewriteRead(field: RecordField, access: Node): void {
        const { code, list } = this
        const { user, value } = code.userOf(access)
        const plus = this.plus(field)
        if (field.kind === "flag") {
            const isAlone =
                code.is(
                    user,
                    "IfStatement",
                    "CallExpression",
                    "VariableDeclaration",
                    "ReturnStatement",
                    "TemplateSpan",
                    "ConditionalExpression",
                ) || value !== access
            const isLogical =
                code.is(user, "BinaryExpression") &&
                code.is(user.operatorToken, "AmpersandAmpersandToken", "BarBarToken", "EqualsToken")
            if (code.is(user, "PrefixUnaryExpression") && user.getText().startsWith("!")) {
                const path = code.pathOfNode(user)
                this.add({
                    file: path,
                    start: user.getStart(),
                    end: user.operand!.getStart(),
                    text: "",
                })
                this.around(access, `(${list}[`, `${plus}] & ${field.mask}) === 0`)
                return
            }
            const [open, close] = isAlone || isLogical ? ["", ""] : ["(", ")"]
            this.around(access, `${open}(${list}[`, `${plus}] & ${field.mask}) !== 0${close}`)
        } else if (field.kind === "text") {
            const other = code.is(user, "BinaryExpression")
                ? user.left === value
                    ? user.right
                    : user.left
                : undefined
            const isCompared =
                other &&
                /^(Exclamation)?Equals/.test(code.kind(user.operatorToken!)) &&
                !code.is(user.operatorToken, "EqualsToken")
            if (isCompared && code.is(other, "StringLiteral")) {
                const number = field.texts.indexOf(other.text!)
                // It is never that text: there is a number that none of them has.
                this.add(
                    code.replace(
                        other,
                        `${number < 0 ? field.texts.length : number} /* ${other.text!.replace(/\*\//g, "")} */`,
                    ),
                )
                this.around(access, `${list}[`, `${plus}]`)
            } else this.around(access, `${this.textHelper(field)}(${list}[`, `${plus}])`)
        } else if (field.format === "u8") this.around(access, `${list}[`, `${plus}]`)
        else this.around(access, `${list}.getAt(`, `${plus}, "${field.format}")`)
    }

    private rewriteWrite(field: RecordField, access: Node): void {
        const { code, list } = this
        const { user, value } = code.userOf(access)
        const where = `line ${code.lineOf(access)}`
        const object = access.expression!
        const plus = this.plus(field)
        const path = code.pathOfNode(access)
        const isLoopStep = code.is(user.parent, "ForStatement") && user.parent.incrementor === user
        if (!code.is(user.parent, "ExpressionStatement") && !isLoopStep)
            refuse(`${where} uses what it sets ${field.name} to`)
        const isStep = !code.is(user, "BinaryExpression")
        const isPlain = !isStep && code.is(user.operatorToken, "EqualsToken")
        if (field.kind === "number" && field.format === "u8") {
            this.around(access, `${list}[`, `${plus}]`)
            return
        }
        if (!code.is(object, "Identifier") && !isPlain)
            refuse(`${where} works out the object and changes ${field.name}`)
        const at = `${object.getText()}${plus}`
        const between = (text: string, after: string) => {
            const right = user.right!
            this.add({ file: path, start: object.getStart(), end: object.getStart(), text: text })
            this.add({ file: path, start: object.end, end: right.getStart(), text: after })
        }
        if (field.kind === "number") {
            const old = `${list}.getAt(${at}, "${field.format}")`
            if (isPlain) {
                between(`${list}.setAt(`, `${plus}, "${field.format}", `)
                this.add(code.insertAfter(user.right!, ")"))
            } else if (isStep) {
                const sign = user.getText().includes("++") ? "+" : "-"
                this.add(
                    code.replace(user, `${list}.setAt(${at}, "${field.format}", ${old} ${sign} 1)`),
                )
            } else {
                const sign = user.operatorToken!.getText().slice(0, -1)
                between(`${list}.setAt(`, `${plus}, "${field.format}", ${old} ${sign} (`)
                this.add(code.insertAfter(user.right!, "))"))
            }
        } else if (field.kind === "flag") {
            if (!isPlain) refuse(`${where} works out ${field.name} from itself`)
            const right = code.bare(user.right!)
            if (code.is(right, "TrueKeyword", "FalseKeyword")) {
                const isOn = code.is(right, "TrueKeyword")
                this.around(access, `${list}[`, `${plus}]`)
                this.add({
                    ...{ file: path, start: value.end, end: user.end },
                    text: isOn ? ` |= ${field.mask}` : ` &= ${255 & ~field.mask}`,
                })
                return
            }
            if (!code.is(object, "Identifier"))
                refuse(`${where} works out the object and changes ${field.name}`)
            this.around(access, `${list}[`, `${plus}]`)
            const byte = `${list}[${at}]`
            const [open, close] = code.is(
                right,
                "Identifier",
                "CallExpression",
                "PropertyAccessExpression",
                "PrefixUnaryExpression",
            )
                ? ["", ""]
                : ["(", ")"]
            this.add(code.insertBefore(user.right!, open))
            this.add(
                code.insertAfter(
                    user.right!,
                    `${close} ? ${byte} | ${field.mask} : ${byte} & ${255 & ~field.mask}`,
                ),
            )
        } else {
            if (!isPlain) refuse(`${where} adds to ${field.name}`)
            this.around(access, `${list}[`, `${plus}]`)
            const right = code.bare(user.right!)
            if (code.is(right, "StringLiteral"))
                this.add(
                    code.replace(right, `${field.texts.indexOf(right.text!)} /* ${right.text!} */`),
                )
            else {
                this.add(code.insertBefore(user.right!, `${this.numberHelper(field)}(`))
                this.add(code.insertAfter(user.right!, ")"))
            }
        }
    }

    private rewriteLoop(loop: Node): void {
        const { code, bytes, list } = this
        const declaration = loop.initializer?.declarations?.[0]
        if (!declaration || !code.is(declaration.name, "Identifier"))
            return refuse(`the loop in line ${code.lineOf(loop)} has no variable of its own`)
        const { name } = declaration
        const uses = code.usesOf(declaration)
        if (uses.some(use => use !== name && isWrite(code, use)))
            refuse(`line ${code.lineOf(loop)} sets what it loops over`)
        const around = code.functionAround(loop)
        if (uses.some(use => code.functionAround(use) !== around))
            refuse(`line ${code.lineOf(loop)} keeps an object for later`)
        const grows = this.records.puts.some(({ statement }) =>
            code.isInside(statement, loop.statement!),
        )
        if (grows) refuse(`line ${code.lineOf(loop)} adds to what it loops over`)
        const text = name.text!
        const end =
            this.counted && bytes > 1
                ? `${this.counted} * ${bytes}`
                : this.counted || `${list}.length`
        const step = bytes === 1 ? `${text}++` : `${text} += ${bytes}`
        this.add({
            file: code.pathOfNode(loop),
            start: loop.getStart(),
            end: loop.statement!.getStart(),
            text: `for (let ${text} = 0; ${text} < ${end}; ${step})${loop
                .statement!.getSourceFile()
                .text.slice(loop.expression!.end, loop.statement!.getStart())
                .replace(/^\s*\)/, "")}`,
        })
    }

    /** Wherever the type of an object is named, a number is meant. */
    private rewriteTypes(): void {
        const { code, records } = this
        const owner = records.element
        for (const use of owner.name ? code.usesOf(owner) : []) {
            if (
                use === owner.name ||
                code.is(use.parent, "ImportSpecifier", "ExportSpecifier", "NewExpression")
            )
                continue
            const reference = use.parent
            if (!code.is(reference, "TypeReference"))
                refuse(`line ${code.lineOf(use)} uses ${owner.name!.text} in another way`)
            const outer = reference.parent
            if (code.is(outer, "ArrayType") && outer.parent === records.list) continue
            if (code.is(outer, "NewExpression") && records.sized.includes(outer)) continue
            if (code.is(outer, "TypeReference") && outer.parent === records.list) continue
            if (
                !code.is(
                    outer,
                    "VariableDeclaration",
                    "Parameter",
                    "FunctionDeclaration",
                    "ArrowFunction",
                )
            )
                refuse(`line ${code.lineOf(use)} has objects in something else`)
            if (records.makers.some(({ maker }) => maker === outer)) continue
            this.add(code.replace(reference, "number"))
        }
    }

    private rewriteMaker(maker: Node, returns: { statement: Node; made: Node }[]): void {
        const { code } = this
        const at = code.freshName("at")
        for (const { statement, made } of returns) {
            const writes = this.writes(made, at, code.indentOf(statement))
            const isLast = maker.body!.statements!.at(-1) === statement
            const indent = code.indentOf(statement)
            const text = [...writes, ...(isLast ? [] : ["return"])].join(`\n${indent}`)
            this.add(
                code.replace(
                    statement,
                    code.is(statement.parent, "Block")
                        ? text
                        : `{ ${text.replace(/\n\s*/g, "; ")} }`,
                ),
            )
        }
        const [first] = maker.parameters!
        if (first) this.add(code.insertBefore(first, `${at}: number, `))
        else {
            const open = maker.getSourceFile().text.indexOf("(", maker.name!.end) + 1
            this.add({
                file: code.pathOfNode(maker),
                start: open,
                end: open,
                text: `${at}: number`,
            })
        }
        if (maker.type) this.add(code.replace(maker.type, "void"))
    }

    private rewritePut({ statement, made, index }: RecordList["puts"][number]): void {
        const { code, bytes, list, counted } = this
        const indent = code.indentOf(statement)
        const isInBlock = code.is(
            statement.parent,
            "Block",
            "SourceFile",
            "CaseClause",
            "DefaultClause",
        )
        const { text: source } = statement.getSourceFile()
        const isOnOwnLine = source.slice(statement.pos, statement.getStart()).includes("\n")
        const inner = isInBlock || isOnOwnLine ? indent : `${indent}    `
        const lines: string[] = []
        let at: string
        if (index) {
            const place = this.placeText(index)
            const isName = bytes === 1 && code.is(code.bare(index), "Identifier", "NumericLiteral")
            at = isName || code.is(made, "CallExpression") ? place : code.freshName("at")
            if (at !== place) lines.push(`const ${at} = ${place}`)
        } else {
            const place = bytes === 1 ? counted : `${counted} * ${bytes}`
            lines.push(`if (${place} === ${list}.length) ${this.growHelper()}()`)
            at = bytes === 1 || code.is(made, "CallExpression") ? place : code.freshName("at")
            if (at !== place) lines.push(`const ${at} = ${place}`)
        }
        if (code.is(made, "CallExpression")) {
            const callee = made.expression!.getText()
            const args = (made.arguments ?? []).map(arg => this.textOf(arg))
            lines.push(`${callee}(${[at, ...args].join(", ")})`)
        } else lines.push(...this.writes(made, at, inner))
        if (!index) lines.push(`${counted}++`)
        this.textOf(statement)
        const text = lines.join(`\n${inner}`)
        if (isInBlock || lines.length === 1) this.add(code.replace(statement, text))
        else {
            const outer = code.indentOf(statement.parent)
            const path = code.pathOfNode(statement)
            // A comment may stand between: what is before it is the loop's, or the condition's.
            this.add({ file: path, start: statement.pos, end: statement.pos, text: " {" })
            this.add(
                code.replace(statement, `${isOnOwnLine ? "" : `\n${inner}`}${text}\n${outer}}`),
            )
        }
    }

    /** Statements that write a new record. */
    private writes(made: Node, at: string, indent: string): string[] {
        const { list } = this
        const { before, written } = this.writtenBy(made)
        const place = (offset: number) => {
            const fixed = /^\d+$/.test(at)
            return fixed ? String(Number(at) + offset) : offset === 0 ? at : `${at} + ${offset}`
        }
        const lines = [...before]
        const flags = new Map<number, string[]>()
        for (const [field, text] of written) {
            if (field.kind === "flag") {
                const bits = flags.get(field.offset) ?? []
                flags.set(field.offset, bits)
                if (text === "true") bits.push(String(field.mask))
                else if (text !== "false") bits.push(`(${text} ? ${field.mask} : 0)`)
            } else if (field.kind === "text") {
                const number = field.texts.indexOf(stringIn(text) ?? "\0")
                lines.push(
                    `${list}[${place(field.offset)}] = ${number < 0 ? `${this.numberHelper(field)}(${text})` : `${number} // ${field.name}: ${stringIn(text)}`}`,
                )
            } else if (field.format === "u8")
                lines.push(`${list}[${place(field.offset)}] = ${text}`)
            else lines.push(`${list}.setAt(${place(field.offset)}, "${field.format}", ${text})`)
        }
        for (const [offset, bits] of flags)
            lines.push(
                `${list}[${place(offset)}] =${bits.length === 0 ? " 0" : bits.length === 1 ? ` ${bits[0]}` : `\n${indent}    ${bits.join(` |\n${indent}    `)}`}`,
            )
        return lines
    }

    /** What an object is made with, by field, in the order in which it is worked out. */
    private writtenBy(made: Node): { before: string[]; written: Written } {
        const { code } = this
        const written: Written = new Map()
        const given = code.is(made, "NewExpression") ? (made.arguments ?? []) : code.children(made)
        // They are written in another order than they are worked out.
        if (given.filter(one => !code.isPure(one)).length > 1)
            refuse(`line ${code.lineOf(made)} calls several functions for one object`)
        if (code.is(made, "ObjectLiteralExpression")) {
            for (const property of made.properties!) {
                const field = this.fields.find(({ name }) => name === property.name?.getText())
                const value = field && code.fieldIn(made, field.name)
                if (!field || !value)
                    return refuse(`line ${code.lineOf(made)} makes an object in another way`)
                written.set(field, this.textOf(value))
            }
            if (written.size !== this.fields.length)
                refuse(`line ${code.lineOf(made)} leaves fields out`)
            return { before: [], written }
        }
        const constructor = (this.records.element.members ?? []).find(member =>
            code.is(member, "Constructor"),
        )
        const parameters = constructor?.parameters ?? []
        const before: string[] = []
        const names = new Map<Node, string>()
        for (const [index, parameter] of parameters.entries()) {
            const given = made.arguments?.[index] ?? parameter.initializer
            if (!given || code.is(given, "SpreadElement"))
                return refuse(`line ${code.lineOf(made)} leaves an argument out`)
            const isField = (parameter.modifiers ?? []).length > 0
            const uses = code
                .usesOf(parameter)
                .filter(
                    use =>
                        code.is(code.functionAround(use) ?? use, "Constructor") &&
                        use !== parameter.name,
                )
            let text = this.textOf(given)
            const isSimple = code.is(
                code.bare(given),
                "Identifier",
                "NumericLiteral",
                "StringLiteral",
                "TrueKeyword",
                "FalseKeyword",
            )
            if (!isSimple && uses.length + (isField ? 1 : 0) > 1) {
                const name = code.freshName(parameter.name!.text!)
                before.push(`const ${name} = ${text}`)
                text = name
            } else if (!isSimple && uses.length > 0) text = `(${text})`
            names.set(parameter, text)
            const field = isField && this.fields.find(one => one.declaration === parameter)
            if (field) written.set(field, text)
        }
        for (const field of this.fields)
            if (field.declaration.initializer && code.is(field.declaration, "PropertyDeclaration"))
                written.set(field, field.declaration.initializer.getText())
        for (const statement of constructor?.body?.statements ?? []) {
            const set = code.is(statement, "ExpressionStatement")
                ? statement.expression!
                : statement
            const target =
                code.is(set, "BinaryExpression") && code.is(set.operatorToken, "EqualsToken")
                    ? set.left!
                    : undefined
            const field =
                target &&
                code.is(target.expression, "ThisKeyword") &&
                this.fields.find(({ name }) => name === target.name?.text)
            if (!field)
                return refuse(
                    `the constructor in line ${code.lineOf(statement)} does more than to set fields`,
                )
            written.set(field, this.substituted(set.right!, names))
        }
        if (written.size !== this.fields.length)
            refuse(`line ${code.lineOf(made)} leaves fields out`)
        return { before, written }
    }

    private substituted(expression: Node, names: ReadonlyMap<Node, string>): string {
        const { code } = this
        const start = expression.getStart()
        const edits = []
        for (const node of code.all(expression)) {
            if (code.is(node, "ThisKeyword"))
                refuse("its constructor works out a field from another")
            const text = code.is(node, "Identifier")
                ? names.get(code.declarationOf(node)!)
                : undefined
            if (text !== undefined)
                edits.push({ start: node.getStart() - start, end: node.end - start, text })
        }
        return applyEdits(expression.getText(), edits)
    }

    /** The variable, and what makes the buffer. */
    private rewriteMaking(): void {
        const { code, records, bytes, list, first } = this
        const { list: variable, kind } = records
        if (kind === "literal") return this.rewriteLiteral(records.literals[0]!)
        if (variable.type) this.add(code.replace(variable.type, "Buffer"))
        for (const node of records.sized) {
            const [length] = node.arguments!
            this.add(code.replace(node, `Buffer.alloc(${this.placeText(length!)})`))
        }
        if (kind !== "grown") return
        const isInitial = (node: Node) => code.bare(variable.initializer ?? variable) === node
        for (const node of records.empty) {
            const room = `Buffer.alloc(${first * bytes})`
            this.add(code.replace(node, room))
            // Emptied later, it counts anew.
            if (!isInitial(node))
                this.add(
                    code.insertAfter(
                        code.statementOf(node),
                        `\n${code.indentOf(node)}${this.counted} = 0`,
                    ),
                )
        }
        if (records.empty.length === 0) refuse(`${list} is never made`)
        if (code.isConst(variable)) {
            const start = variable.parent.getStart()
            this.add({
                file: code.pathOfNode(variable),
                start,
                end: start + "const".length,
                text: "let",
            })
        }
        this.add(code.insertAfter(code.topStatement(variable), `\nlet ${this.counted} = 0`))
    }

    /** What is written out in the source and never changes goes to flash, as a literal of bytes. */
    private rewriteLiteral(literal: Node): void {
        const { code, records, bytes, list } = this
        const rows = literal.elements!.map(element => {
            const made = code.bare(element)
            const row = new Uint8Array(bytes)
            const view = new DataView(row.buffer)
            const { written } = this.writtenBy(made)
            for (const [field, text] of written) setConstant(view, field, text)
            return [...row].map(byte => byte.toString(16).padStart(2, "0")).join(" ")
        })
        for (const { declaration, name } of this.fields)
            if (
                code
                    .usesOf(declaration)
                    .some(
                        use =>
                            use !== declaration.name &&
                            !code.is(use.parent, "PropertyAssignment") &&
                            isWrite(code, use),
                    )
            )
                refuse(`${name} is changed while the program runs`)
        const table = `hex\`\n    ${rows.join("\n    ")}\n\``
        const variable = records.list
        const declared = variable.parent
        if (declared.declarations!.length > 1) refuse(`${list} is declared with others`)
        const statement = literal.parent === variable ? undefined : code.statementOf(literal)
        this.textOf(declared)
        this.add(code.replace(declared, `const ${list} = ${table}`))
        if (statement) {
            this.textOf(statement)
            this.add(
                code.is(statement.parent, "Block", "SourceFile")
                    ? code.remove(statement)
                    : code.replace(statement, "{}"),
            )
        }
    }

    private removeElement(): void {
        const { code, records } = this
        const { element } = records
        if (code.is(element, "TypeLiteral") || code.isExported(element)) return
        this.textOf(element)
        this.add(code.remove(element))
    }

    /** The function that gives the text of a number: its texts stay in flash. */
    private textHelper(field: RecordField): string {
        const known = this.textOfField.get(field)
        if (known) return known
        const { code } = this
        const name = code.freshName(`${field.name}Of${capital(this.list)}`)
        this.textOfField.set(field, name)
        const number = "number"
        const cases = field.texts.map((text, index) =>
            index === field.texts.length - 1
                ? `        default:\n            return ${JSON.stringify(text)}`
                : `        case ${index}:\n            return ${JSON.stringify(text)}`,
        )
        this.helpers.push(
            `function ${name}(${number}: number): string {\n    switch (${number}) {\n${cases.join("\n")}\n    }\n}`,
        )
        return name
    }

    /** The other way round. */
    private numberHelper(field: RecordField): string {
        const known = this.numberOfField.get(field)
        if (known) return known
        const name = this.code.freshName(`numberOf${capital(field.name)}`)
        this.numberOfField.set(field, name)
        const cases = field.texts
            .slice(1)
            .map((text, index) => `    if (text === ${JSON.stringify(text)}) return ${index + 1}\n`)
        this.helpers.push(
            `function ${name}(text: string): number {\n${cases.join("")}    return 0\n}`,
        )
        return name
    }

    /** The function that makes room for more. */
    private grower: string | undefined
    private growHelper(): string {
        if (this.grower) return this.grower
        const { list, code } = this
        this.grower = code.freshName(`grow${capital(list)}`)
        this.helpers.push(
            `function ${this.grower}(): void {\n    const larger = Buffer.alloc(2 * ${list}.length)\n    larger.blitAt(0, ${list}, 0, ${list}.length)\n    ${list} = larger\n}`,
        )
        return this.grower
    }
}

function capital(name: string): string {
    return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The text of a literal. */
function stringIn(source: string): string | undefined {
    if (!/^(["']).*\1$/.test(source)) return undefined
    try {
        return JSON.parse(
            `"${source
                .slice(1, -1)
                .replace(/\\'/g, "'")
                .replace(/(^|[^\\])"/g, '$1\\"')}"`,
        ) as string
    } catch {
        return undefined
    }
}

function setConstant(view: DataView, field: RecordField, text: string): void {
    const at = field.offset
    if (field.kind === "flag") {
        if (text !== "true" && text !== "false")
            refuse(`${field.name} is worked out while the program runs`)
        if (text === "true") view.setUint8(at, view.getUint8(at) | field.mask)
        return
    }
    if (field.kind === "text") {
        const number = field.texts.indexOf(stringIn(text) ?? "\0")
        if (number < 0) refuse(`${field.name} is worked out while the program runs`)
        view.setUint8(at, number)
        return
    }
    const value = Number(text)
    if (text === "" || Number.isNaN(value))
        refuse(`${field.name} is worked out while the program runs`)
    if (field.format === "u8") view.setUint8(at, value)
    else if (field.format === "i8") view.setInt8(at, value)
    else if (field.format === "u16") view.setUint16(at, value, true)
    else if (field.format === "i16") view.setInt16(at, value, true)
    else if (field.format === "u32") view.setUint32(at, value, true)
    else if (field.format === "i32") view.setInt32(at, value, true)
    else view.setFloat64(at, value, true)
}
