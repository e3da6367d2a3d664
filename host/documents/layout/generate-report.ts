/** `heapscope generate --json`: what was made of a file, and where it is. Sizes are bytes. */
export interface GenerateReport {
    schema: "heapscope/generate@1"
    /** The file as it was named. */
    file: string
    outputs: GeneratedFile[]
    /** Its records; of a table there are none. */
    records: GeneratedRecord[]
    /** The table; of records there is none. */
    table?: GeneratedTableFacts
}

/** A file of code. */
export interface GeneratedFile {
    /** The board, or Node and the browser. */
    for: "board" | "host"
    file: string
    /** `missing` and `outOfDate` with `--check` alone, which writes nothing. */
    state: "written" | "unchanged" | "missing" | "outOfDate"
}

/** A record's accessors. */
export interface GeneratedRecord {
    name: string
    /** Line of its declaration, from 1. */
    line: number
    layout: "packed" | "bits" | "c"
    bytes: number
    fields: {
        /** As `place.x`; of what is in an array, without its index. */
        name: string
        type: string
        /** Its first bit in the record; of an array, the first element's. */
        bit: number
        bits: number
        /** The functions that read and write it. */
        get: string
        set: string
    }[]
}

/** A table in flash. */
export interface GeneratedTableFacts {
    name: string
    rows: number
    /** What its values take in flash, the functions that read them aside. */
    flashBytes: number
    /**
     * The information in it: of numbers as many bits as tell the values of the column apart, a bit for true
     * or false, each text once as what a literal of its own takes, and which of them a row has where they
     * repeat.
     */
    informationBytes: number
    columns: {
        name: string
        type: string
        flashBytes: number
        get: string
        /** The function that finds a row by it. */
        find?: { name: string; by: "arithmetic" | "hash" | "search" | "words"; flashBytes: number }
    }[]
}
