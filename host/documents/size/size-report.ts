import type { ImageKind } from "../../model/program/image-layout"

/** `heapscope size --json`: what a program's bytecode file is made of. The parts add up to the file. */
export interface SizeReport {
    schema: "heapscope/size@1"
    program: { entry: string; bytecodeBytes: number }
    /** All of it, what takes most first. */
    parts: SizePart[]
    byKind: SizeSum[]
    /** By source file; what is of no file, or of several, is of `""`. */
    byFile: SizeSum[]
    /** By library; the program's own is `""`. */
    byLibrary: SizeSum[]
    /** The same content more than once. */
    duplicates: SizeDuplicate[]
    /**
     * What of the program's own sources nothing uses, what takes most first. Undefined of a program without
     * its sources.
     */
    unused?: SizeUnused[]
    /** How it differs from another; present where one was named. */
    difference?: SizeDifference
}

export interface SizePart {
    kind: ImageKind
    /** Of a function or service; a text, cut where it is long; undefined of others. */
    name?: string
    bytes: number
    /** Where a function is declared; of a text or a buffer, the file of the functions that use it, if one alone does. */
    file?: string
    line?: number
    /** `@devicescript/core`; undefined of the program's own. */
    library?: string
    /**
     * What it is there for: functions whose code names it, a method's callers, what is called so. Without any of
     * them it would be gone. `main` is kept by nobody.
     */
    keptBy: string[]
}

export interface SizeSum {
    name: string
    bytes: number
    parts: number
}

export interface SizeDuplicate {
    kind: ImageKind
    /** What holds it: names of functions, or the text. */
    names: string[]
    /** Of one of them. */
    bytes: number
    /** What all but one of them take. */
    savedBytes: number
}

/** Something that a source declares and that nothing uses. */
export interface SizeUnused {
    /** Of variables, those alone that nothing is called for: another may be there for what that does. */
    kind: "function" | "class" | "method" | "variable"
    /** A method's with its class: `Shape.area`. */
    name: string
    file: string
    line: number
    /** Other files could use it; of a method, its class. */
    isExported?: boolean
    /** Code that it takes in flash, texts that it alone names aside; 0 of what the compiler left out. */
    bytes: number
    /** What has it in the file nevertheless: a method's class, `main` for a variable, what is unused itself. */
    keptBy: string[]
}

/** From the other program to this one. */
export interface SizeDifference {
    /** The other's entry, or the commit it is of. */
    against: string
    bytesBefore: number
    bytesAfter: number
    /** All that differs, the largest first: their deltas add up to the difference of the files. */
    changes: SizeChange[]
}

export interface SizeChange {
    kind: ImageKind
    name: string
    file?: string
    /** 0 where it was not there. */
    bytesBefore: number
    /** 0 where it is gone. */
    bytesAfter: number
    delta: number
}
