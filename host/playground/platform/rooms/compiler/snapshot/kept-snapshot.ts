/** As for Node: memory that a compile may take, in MiB. */
export const MAX_HEAP_MB = 2048

/** Nothing is kept that a process could start from. */
export const KeptSnapshot = { open: (): undefined => undefined }
