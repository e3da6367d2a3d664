/** What a completion stands for, in the words that editors have icons for. */
export type CompletionKind =
    | ("class" | "constant" | "enum" | "function" | "interface" | "keyword")
    | ("method" | "module" | "property" | "text" | "type" | "variable")

/** A name that could stand at the cursor. */
export interface Completion {
    label: string
    kind: CompletionKind
    /** Beside the label: the module that it has to be imported from. */
    detail?: string
    /** What is inserted in place of the label. */
    insert?: string
    /** A text whose order is that of the list: what is nearest comes first. */
    rank: string
    /** A module that the program does not import it from yet. */
    module?: string
}

/** Names for a stretch of a file. Offsets in UTF-16 code units. */
export interface Completions {
    from: number
    to: number
    items: readonly Completion[]
}

/** A change of a file that goes along with a completion. */
export interface TextChange {
    from: number
    to: number
    text: string
}

/** What is known of a name. */
export interface NameFacts {
    /** Its declaration on one line or a few, as TypeScript has it. */
    signature: string
    /** What its comment says; empty where it has none. */
    docs: string
}

/** What is at a place of a file. */
export interface Hover extends NameFacts {
    from: number
    to: number
}

/** What a completion adds once it is looked at, or chosen. */
export interface CompletionFacts extends NameFacts {
    /** Of the file that it goes into, as an import. None overlaps another. */
    changes: readonly TextChange[]
}

/** The call that a place is inside. */
export interface SignatureHelp {
    /** Before the parameters: `say(`. */
    before: string
    parameters: readonly { label: string; docs: string }[]
    /** After them: `): void`. */
    after: string
    docs: string
    /** Index of the parameter that is written; past the last one when there are too many. */
    active: number
}

/**
 * What is known of the texts as they are now, at a place. Undefined where nothing is. Offsets in UTF-16
 * code units.
 */
export interface CodeHelp {
    complete(file: string, offset: number): Promise<Completions | undefined>
    describe(
        file: string,
        offset: number,
        completion: Completion,
    ): Promise<CompletionFacts | undefined>
    hover(file: string, offset: number): Promise<Hover | undefined>
    signature(file: string, offset: number): Promise<SignatureHelp | undefined>
}
