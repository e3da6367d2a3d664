import { builtinModules } from "node:module"
import { posix } from "node:path"
import ts from "typescript"

/** The folders of `host/`, each with all that it may import before it. */
export const ORDER = [
    ...["base", "wire", "model", "documents", "analysis", "boards", "compiler", "recording"],
    ...["simulator", "link", "tasks", "sinks", "page", "api", "playground", "lsp", "cli", "editor"],
]

/** Folders that must run in a browser as they are; the compiler's own rooms `node/` aside. */
const PURE = ORDER.slice(0, ORDER.indexOf("tasks")).concat("page", "playground")
/** What is done at install, or serves a board to other programs. */
const NOT_PURE = [
    ...["simulator/instrument/", "simulator/served/"],
    // What runs on the tab's stand-ins for Node: its bundle fails where one is missing.
    ...["playground/platform/", "playground/worker/", "playground/build-site.ts"],
]

/** Packages that run in a browser, too. */
const PURE_PACKAGES = [
    ...["valibot", "fastest-levenshtein", "jacdac-ts", "@noble/hashes/legacy.js"],
    ...["esptool-js", "pako", "fflate"],
    ...["preact", "preact/hooks", "@preact/signals", "uplot"],
    ...["autocomplete", "commands", "lang-javascript", "lang-json", "language"].map(
        name => `@codemirror/${name}`,
    ),
    ...["lint", "search", "state", "view"].map(name => `@codemirror/${name}`),
    "@lezer/highlight",
]

/** Names that only Node knows. */
const NODE_NAMES = new Set([
    ...["Buffer", "process", "NodeJS", "require", "global", "__dirname", "__filename"],
    ...["setImmediate", "clearImmediate"],
])

/** A file against a rule. */
export interface Violation {
    file: string
    /** What it imports, or uses. */
    uses: string
    rule: string
}

interface Import {
    specifier: string
    /** A file of ours, if it is one. */
    file: string | undefined
    isType: boolean
}

interface Source {
    imports: Import[]
    nodeNames: string[]
}

type Parsed = { imports: Omit<Import, "file">[]; nodeNames: string[] }

/** By text: a tree with one file changed is read in no time. */
const parsed = new Map<string, Parsed>()

/**
 * What is against the house's order in a tree of sources.
 * @param files text by path below `host/`, with forward slashes
 */
export function findViolations(files: ReadonlyMap<string, string>): Violation[] {
    const sources = new Map([...files].map(([file, text]) => [file, readSource(file, text, files)]))
    return [...upwards(sources), ...impurities(sources), ...cycles(sources)]
}

/** One violation a line: file, import, rule. */
export function describeViolations(violations: readonly Violation[]): string {
    return violations.map(({ file, uses, rule }) => `host/${file}: ${uses}: ${rule}`).join("\n")
}

function readSource(file: string, text: string, files: ReadonlyMap<string, string>): Source {
    const source = parsed.get(text) ?? parse(file, text)
    parsed.set(text, source)
    const fileOf = (specifier: string) => {
        const path = posix.join(posix.dirname(file), specifier)
        return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find(name => files.has(name))
    }
    return {
        imports: source.imports.map(({ specifier, isType }) => ({
            specifier,
            file: specifier.startsWith(".") ? fileOf(specifier) : undefined,
            isType,
        })),
        nodeNames: source.nodeNames,
    }
}

function parse(file: string, text: string): Parsed {
    const imports: Parsed["imports"] = []
    const nodeNames = new Set<string>()
    const add = (name: ts.Node | undefined, isType: boolean) => {
        if (name && ts.isStringLiteralLike(name)) imports.push({ specifier: name.text, isType })
    }
    const visit = (node: ts.Node): void => {
        if (ts.isImportDeclaration(node))
            add(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false)
        else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
        else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
            add(node.argument.literal, true)
        else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
            add(node.arguments[0], false)
        else if (ts.isIdentifier(node) && NODE_NAMES.has(node.text) && isOwnName(node))
            nodeNames.add(node.text)
        ts.forEachChild(node, visit)
    }
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
    return { imports, nodeNames: [...nodeNames] }
}

/** Whether it stands for itself, rather than for a part of something: `Buffer`, not `x.Buffer`. */
function isOwnName(node: ts.Identifier): boolean {
    const { parent } = node
    if (ts.isPropertyAccessExpression(parent)) return parent.name !== node
    if (ts.isQualifiedName(parent)) return parent.right !== node
    return !(
        (ts.isPropertyAssignment(parent) ||
            ts.isPropertySignature(parent) ||
            ts.isPropertyDeclaration(parent) ||
            ts.isMethodDeclaration(parent) ||
            ts.isMethodSignature(parent)) &&
        parent.name === node
    )
}

function upwards(sources: ReadonlyMap<string, Source>): Violation[] {
    const found: Violation[] = []
    for (const [file, { imports }] of sources) {
        if (!ORDER.includes(folderOf(file)))
            found.push({ file, uses: "its folder", rule: `is none of ${ORDER.join(", ")}` })
        for (const { specifier, file: target } of imports) {
            if (!target || !goesUp(file, target)) continue
            const rule = `${folderOf(file)}/ may not import from ${folderOf(target)}/, which builds on it`
            found.push({ file, uses: `imports "${specifier}"`, rule })
        }
    }
    return found
}

function goesUp(file: string, target: string): boolean {
    return ORDER.indexOf(folderOf(target)) > ORDER.indexOf(folderOf(file))
}

function impurities(sources: ReadonlyMap<string, Source>): Violation[] {
    const found: Violation[] = []
    const queue = [...sources.keys()].filter(isPure)
    const reached = new Map(queue.map(file => [file, folderOf(file)]))
    for (const file of queue) {
        const { imports, nodeNames } = sources.get(file)!
        const rule = `runs in a browser too (${reached.get(file)!}/): nothing of Node may be reached`
        for (const name of nodeNames) found.push({ file, uses: `uses ${name}`, rule })
        for (const { specifier, file: target, isType } of imports) {
            // Said already, and all that is reached from there with it.
            if (target && goesUp(file, target)) continue
            if (target ? isPlacedOutside(target) : !mayImport(specifier, isType))
                found.push({ file, uses: `imports "${specifier}"`, rule })
            else if (target && !reached.has(target)) {
                reached.set(target, reached.get(file)!)
                queue.push(target)
            }
        }
    }
    return found
}

/** What is in a folder of a browser's, rooms for Node aside. */
function isPure(file: string): boolean {
    return PURE.includes(folderOf(file)) && !isPlacedOutside(file)
}

function isPlacedOutside(file: string): boolean {
    return file.includes("/node/") || NOT_PURE.some(room => file.startsWith(room))
}

function mayImport(specifier: string, isType: boolean): boolean {
    if (specifier.startsWith(".")) return true
    if (specifier.startsWith("node:") || builtinModules.includes(specifier)) return false
    return isType || PURE_PACKAGES.includes(specifier)
}

/** Files that import each other, round about: Tarjan's strongly connected components. */
function cycles(sources: ReadonlyMap<string, Source>): Violation[] {
    const found: Violation[] = []
    const order = new Map<string, number>()
    const lowest = new Map<string, number>()
    const open: string[] = []
    const visit = (file: string): void => {
        order.set(file, order.size)
        lowest.set(file, order.get(file)!)
        open.push(file)
        for (const { file: target } of sources.get(file)!.imports) {
            if (!target) continue
            if (!order.has(target)) visit(target)
            if (open.includes(target))
                lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!))
        }
        if (lowest.get(file) !== order.get(file)) return
        const members = open.splice(open.indexOf(file))
        if (members.length === 1) return
        const names = members.join(", ")
        for (const member of members)
            for (const { specifier, file: target } of sources.get(member)!.imports)
                if (target && members.includes(target))
                    found.push({
                        file: member,
                        uses: `imports "${specifier}"`,
                        rule: `is part of a cycle of ${names}`,
                    })
    }
    for (const file of sources.keys()) if (!order.has(file)) visit(file)
    return found
}

function folderOf(file: string): string {
    return file.slice(0, file.indexOf("/"))
}
