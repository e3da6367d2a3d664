import type { TsProgramOptions } from "../official-compiler"

/** TypeScript's language service, as far as it is used. Offsets in UTF-16 code units. */
export interface LanguageService {
    getCompletionsAtPosition(
        file: string,
        offset: number,
        preferences: object,
    ): CompletionInfo | undefined
    getCompletionEntryDetails(
        file: string,
        offset: number,
        name: string,
        format: object,
        source: string | undefined,
        preferences: object,
        data: unknown,
    ): EntryDetails | undefined
    getQuickInfoAtPosition(
        file: string,
        offset: number,
    ): (Pick<EntryDetails, "displayParts" | "documentation"> & { textSpan: Span }) | undefined
    getSignatureHelpItems(file: string, offset: number, options: object): SignatureItems | undefined
    dispose(): void
}

export interface Span {
    start: number
    length: number
}

/** A piece of text, which TypeScript gives with its colour. */
export type Parts = readonly { text: string }[]

export interface CompletionInfo {
    optionalReplacementSpan?: Span
    entries: readonly CompletionEntry[]
}

export interface CompletionEntry {
    name: string
    /** `ScriptElementKind`: a word. */
    kind: string
    sortText: string
    insertText?: string
    replacementSpan?: Span
    /** The module that it is to be imported from. */
    source?: string
    sourceDisplay?: Parts
    /** For the details. */
    data?: unknown
}

export interface EntryDetails {
    displayParts?: Parts
    documentation?: Parts
    codeActions?: readonly {
        changes: readonly {
            fileName: string
            textChanges: readonly { span: Span; newText: string }[]
        }[]
    }[]
}

export interface SignatureItems {
    items: readonly {
        isVariadic: boolean
        prefixDisplayParts: Parts
        suffixDisplayParts: Parts
        parameters: readonly { displayParts: Parts; documentation: Parts }[]
        documentation: Parts
    }[]
    selectedItemIndex: number
    argumentIndex: number
}

/** What it asks: names of files as the compiler has them, versions that change with their texts. */
export interface LanguageServiceHost {
    getCompilationSettings(): unknown
    getScriptFileNames(): string[]
    getScriptVersion(name: string): string
    getScriptSnapshot(name: string): unknown
    getCurrentDirectory(): string
    getDefaultLibFileName(): string
    useCaseSensitiveFileNames(): boolean
    fileExists(name: string): boolean
    readFile(name: string): string | undefined
    /** Whether imports may lead elsewhere now. */
    hasInvalidatedResolutions(): boolean
    readDirectory(folder: string): string[]
    /** @returns names of folders in a folder */
    getDirectories(folder: string): string[]
    /** Those that say which packages a file may import. */
    getPackageJsonsVisibleToFile(): readonly unknown[]
}

/** The part of TypeScript that makes one. */
export interface LanguageTools {
    createLanguageService(host: LanguageServiceHost): LanguageService
    ScriptSnapshot: { fromString(text: string): unknown }
}

/** What the compiler gives TypeScript for a program. */
export interface GivenOptions extends TsProgramOptions {
    rootNames: readonly string[]
    options: unknown
}
