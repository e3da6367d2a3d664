/** `heapscope flash --json`: what was written to a board, or would be. Addresses and sizes are bytes. */
export interface FlashReport {
    schema: "heapscope/flash@1"
    board: { id: string; name: string; chip: string; productId: number }
    firmware: {
        /** The file or address that it is from. */
        from: string
        format: "uf2" | "bin"
        /** Of what is written, the board's configuration included. */
        fileBytes: number
        sha256: string
        /** What is in it, by address. */
        parts: { what: string; address: number; bytes: number }[]
        /** What became of the board's configuration in it. */
        configuration: "put in" | "replaced" | "already there"
    }
    /** What becomes of the programs and settings on the board. */
    storage: "kept" | "erased" | "overwritten"
    /** Where it is written: the drive that the boot ROM makes, or the serial port of the chip. */
    target:
        | { kind: "drive"; path: string; boardId: string }
        | { kind: "port"; path: string; chip: string; flashBytes: number }
    dryRun: boolean
    /** The chip has verified what it has: an RP2040 cannot, it starts what it took whole. */
    verified: boolean
    /** What came up on the bus afterwards; null of what was not waited for. */
    cameUp: null | {
        port: string
        productId: number | null
        /** Of the boards that are known, the one that it says it is. */
        board: string | null
        runtimeVersion: string
        uptimeMs: number
    }
}
