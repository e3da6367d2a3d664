// What a board's Buffer has and Node's has not. The compiler for the board makes one instruction of each
// of these, where the same byte by byte takes 12 and more; it knows them by this name and no other. Never
// called in Node: who asks for `fillAt` before knows on which of the two he is.
interface Buffer {
    /** A number of a board's buffer, or undefined if it does not lie in it. */
    getAt(offset: number, format: string): number
    /** Writes a number into a board's buffer. */
    setAt(offset: number, format: string, value: number): void
}
