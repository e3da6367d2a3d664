import { statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import type { TextDocument } from "vscode-languageserver-textdocument"
import { readText } from "../base/node/read-file"
import { readSource, type Source } from "../compiler/cost/source"
import type { TypeScriptParser } from "../compiler/official-compiler"

/** More is no source that somebody wrote, and takes longer to read than anybody waits for a hover. Characters. */
const MAX_LENGTH = 1 << 20
/** Files read from the disk that are kept. */
const MAX_FILES = 200

/** The sources that an editor has open, and those that they import, each read once for each version of it. */
export class Sources {
    private readonly open = new WeakMap<TextDocument, { version: number; source: Source }>()
    private readonly files = new Map<string, { mtimeMs: number; source: Source }>()
    private readonly paths = new WeakMap<Source, string>()

    /** @param documentAt what is open of a URI */
    constructor(
        private readonly ts: TypeScriptParser,
        private readonly documentAt: (uri: string) => TextDocument | undefined,
    ) {}

    /** @returns undefined for a text that is too large */
    of(document: TextDocument): Source | undefined {
        const known = this.open.get(document)
        if (known?.version === document.version) return known.source
        const text = document.getText()
        if (text.length > MAX_LENGTH) return undefined
        const source = readSource(this.ts, text)
        const path = pathOf(document.uri)
        if (path !== undefined) this.paths.set(source, path)
        this.open.set(document, { version: document.version, source })
        return source
    }

    /** What a source imports from one of the project's own files. */
    readonly imported = (source: Source, from: string): Source | undefined => {
        const path = this.paths.get(source)
        if (path === undefined || !from.startsWith(".")) return undefined
        const base = resolve(dirname(path), from)
        for (const file of [`${base}.ts`, `${base}/index.ts`, base]) {
            const document = this.documentAt(pathToFileURL(file).href)
            const found = document ? this.of(document) : this.read(file)
            if (found) return found
        }
        return undefined
    }

    private read(file: string): Source | undefined {
        try {
            const { mtimeMs, size } = statSync(file)
            const known = this.files.get(file)
            if (known?.mtimeMs === mtimeMs) return known.source
            if (size > MAX_LENGTH) return undefined
            const source = readSource(this.ts, readText(file))
            this.paths.set(source, file)
            if (this.files.size >= MAX_FILES) this.files.clear()
            this.files.set(file, { mtimeMs, source })
            return source
        } catch {
            return undefined
        }
    }
}

/** Path of a file's URI; undefined for one of something else, as of a text that was never saved. */
export function pathOf(uri: string): string | undefined {
    try {
        return fileURLToPath(uri)
    } catch {
        return undefined
    }
}
