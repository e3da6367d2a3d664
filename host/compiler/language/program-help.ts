import type { ServiceTools } from "../build-config"
import type { OfficialCompiler } from "../official-compiler"
import type { ProjectFiles } from "../project-files"
import { findSources } from "../project-sources"
import type {
    CodeHelp,
    Completion,
    CompletionFacts,
    CompletionKind,
    Completions,
    Hover,
    SignatureHelp,
} from "./code-help"
import type { CompletionEntry, Parts, Span } from "./language-service"
import { ProgramService } from "./program-service"

/** Names of other modules, too; what has to be inserted for one comes with its details. */
const PREFERENCES = {
    includeCompletionsForModuleExports: true,
    includeCompletionsWithInsertText: true,
    importModuleSpecifierPreference: "relative",
    quotePreference: "double",
}
/** How imports are written that it adds. */
const FORMAT = {
    ...{ indentSize: 4, tabSize: 4, newLineCharacter: "\n", convertTabsToSpaces: true },
    ...{ semicolons: "remove", insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true },
}
/** DeviceScript's own names are some 600. */
const MAX_ITEMS = 2000

/** `ScriptElementKind`s by what they are here. */
const KINDS: ReadonlyMap<string, CompletionKind> = new Map(
    Object.entries({
        class: ["class", "local class"],
        constant: ["const", "enum member"],
        enum: ["enum"],
        function: ["function", "local function"],
        interface: ["interface"],
        keyword: ["keyword"],
        method: ["method"],
        module: ["module", "external module name", "directory", "script"],
        property: ["property", "getter", "setter", "accessor"],
        type: ["type", "type parameter", "primitive type"],
        variable: ["let", "var", "local var", "parameter", "alias"],
    }).flatMap(([kind, names]) => names.map(name => [name, kind as CompletionKind] as const)),
)

/**
 * Completes names of one program and tells what they are, with the official compiler's own TypeScript. It
 * keeps what that knows between calls: the first takes a second, those after it a small part of that.
 */
export class ProgramHelp implements CodeHelp {
    private made: { service: ProgramService; about: string } | undefined
    private entries = new Map<string, CompletionEntry>()

    /**
     * @param files as they are whenever it is asked
     * @param entry path of the program from the project's folder
     */
    constructor(
        private readonly compiler: OfficialCompiler,
        private readonly files: ProjectFiles,
        private readonly entry: string,
        private readonly loadTools: () => Promise<ServiceTools>,
    ) {}

    async complete(file: string, offset: number): Promise<Completions | undefined> {
        const text = this.textBefore(file, offset)
        if (text === undefined) return undefined
        const { service } = await this.serviceFor(file)
        const found = service.getCompletionsAtPosition(file, text.length, PREFERENCES)
        if (!found) return undefined
        this.entries = new Map()
        for (const entry of found.entries) {
            if (this.entries.size >= MAX_ITEMS) break
            if (entry.kind !== "warning") this.entries.set(keyOf(entry.name, entry.source), entry)
        }
        const span =
            found.entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan ??
            found.optionalReplacementSpan
        const [word = ""] = /[\w$]*$/.exec(text) ?? []
        return {
            from: span?.start ?? text.length - word.length,
            to: span ? Math.max(text.length, span.start + span.length) : text.length,
            items: [...this.entries.values()].map(completionOf),
        }
    }

    async describe(
        file: string,
        offset: number,
        { label, module }: Completion,
    ): Promise<CompletionFacts | undefined> {
        const entry = this.entries.get(keyOf(label, module))
        const text = this.textBefore(file, offset)
        if (text === undefined) return undefined
        const { service } = await this.serviceFor(file)
        const details = service.getCompletionEntryDetails(
            ...([file, text.length, label, FORMAT, module, PREFERENCES, entry?.data] as const),
        )
        if (!details) return undefined
        const own = (details.codeActions ?? [])
            .flatMap(({ changes }) => changes)
            .filter(({ fileName }) => this.files.resolve(fileName) === this.files.resolve(file))
        return {
            signature: textOf(details.displayParts),
            docs: textOf(details.documentation),
            changes: own.flatMap(({ textChanges }) =>
                textChanges.map(({ span, newText }) => ({ ...rangeOf(span), text: newText })),
            ),
        }
    }

    async hover(file: string, offset: number): Promise<Hover | undefined> {
        const text = this.textBefore(file, offset)
        if (text === undefined) return undefined
        const { service } = await this.serviceFor(file)
        const found = service.getQuickInfoAtPosition(file, text.length)
        return (
            found && {
                ...rangeOf(found.textSpan),
                signature: textOf(found.displayParts),
                docs: textOf(found.documentation),
            }
        )
    }

    async signature(file: string, offset: number): Promise<SignatureHelp | undefined> {
        const text = this.textBefore(file, offset)
        if (text === undefined) return undefined
        const { service } = await this.serviceFor(file)
        const found = service.getSignatureHelpItems(file, text.length, {})
        const item = found?.items[found.selectedItemIndex]
        if (!found || !item) return undefined
        const last = item.parameters.length - 1
        return {
            before: textOf(item.prefixDisplayParts),
            parameters: item.parameters.map(({ displayParts, documentation }) => ({
                label: textOf(displayParts),
                docs: textOf(documentation),
            })),
            after: textOf(item.suffixDisplayParts),
            docs: textOf(item.documentation),
            active: item.isVariadic ? Math.min(found.argumentIndex, last) : found.argumentIndex,
        }
    }

    /** Gives its memory back. */
    end(): void {
        this.made?.service.service.dispose()
        this.made = undefined
    }

    /** Another service for another configuration: boards and services have files of their own. */
    private async serviceFor(file: string) {
        const { compiler, files, entry, loadTools } = this
        const about = JSON.stringify([
            files.read("package.json"),
            ...["boards", "services"].map(folder =>
                files.list(folder).map(name => files.read(`${folder}/${name}`)),
            ),
        ])
        if (this.made?.about !== about) {
            const sources = await findSources(compiler, files, entry, loadTools)
            this.end()
            this.made = { service: new ProgramService(compiler, files, sources, entry), about }
        }
        const { service } = this.made
        service.see(file)
        return service
    }

    /** Up to the offset, or to its end when that is past it: a text may be shorter by now. */
    private textBefore(file: string, offset: number): string | undefined {
        return this.files.read(file)?.slice(0, offset)
    }
}

function completionOf(entry: CompletionEntry): Completion {
    const { name, kind, sortText, insertText, source, sourceDisplay } = entry
    const from = sourceDisplay ? textOf(sourceDisplay) : undefined
    return {
        label: name,
        kind: KINDS.get(kind) ?? "text",
        rank: sortText,
        ...(insertText === undefined ? {} : { insert: insertText }),
        ...(from === undefined ? {} : { detail: from }),
        ...(source === undefined ? {} : { module: source }),
    }
}

function keyOf(label: string, module: string | undefined): string {
    return module === undefined ? label : `${label} ${module}`
}

function textOf(parts: Parts = []): string {
    return parts.map(({ text }) => text).join("")
}

function rangeOf({ start, length }: Span): { from: number; to: number } {
    return { from: start, to: start + length }
}
