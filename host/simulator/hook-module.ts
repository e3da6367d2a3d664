/** Module name under which the instrumented VM imports our hooks. */
export const HOOK_MODULE = "heapscope"
/** Name of the import module of the functions that reach for hardware. */
export const HARDWARE_MODULE = "hardware"
