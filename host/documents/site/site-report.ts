/** `heapscope site --json`: the playground as it was written to a folder, or where it is served. */
export interface SiteReport {
    schema: "heapscope/site@1"
    /** Where it is served, on this machine alone; null of what was written. */
    address: string | null
    /** The folder that it was written to; null of what is served. */
    folder: string | null
    /** All its files. Bytes. */
    files: { name: string; bytes: number }[]
}
