/** Module name under which the instrumented VM imports our hooks. */
export const HOOK_MODULE = "heapscope"
