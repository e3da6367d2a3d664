/**
 * Where things are in the VM's structures on a 32-bit target (wasm32, ESP32, RP2040: 4-byte pointers,
 * 8-byte aligned values), release 2.16.4. Offsets in bytes from the start of the structure, the
 * block's header included. From `devs_internal.h`, `devs_objects.h`, `devs_format.h` and
 * `gc_alloc.c`; the tests hold them against the VM's own collector.
 */

/** `devs_gc_t`. The chunk follows it: two words, then the first block. */
export const GC = {
    /** Threshold of words allocated that starts a collection: a quarter of the heap's words. */
    threshold: 12,
    ctx: 20,
    chunk: 24,
    chunkEnd: 28,
    firstBlock: 32,
} as const

/** `devs_ctx_t`: the running program. */
export const CTX = {
    globals: 0,
    /** The two values an operator is at work on. */
    operands: 16,
    diagField: 48,
    exnVal: 56,
    stackTopForGc: 67,
    numBuiltinProtos: 68,
    numPins: 74,
    numRoles: 76,
    stack: 88,
    fnProtos: 216,
    fnValues: 220,
    specProtos: 224,
    image: 228,
    currFn: 232,
    currFiber: 236,
    fibers: 240,
    roles: 244,
    builtinProtos: 248,
    pinState: 296,
    /** As far as we know it. */
    size: 300,
} as const

/** `devs_img_header_t`. */
export const IMAGE = { numGlobals: 12 } as const

/** `devs_role_t`. */
export const ROLE = { name: 0, role: 8, attached: 12, size: 16 } as const

/** `jd_role_t` of jacdac-c, outside of the heap; `service` is what plays it, 0 while none does. */
export const JD_ROLE = { name: 4, serviceClass: 8, service: 16 } as const

/** `devs_pin_state_t`. */
export const PIN_STATE = {
    object: 0,
    id: 12,
    gpio: 13,
    mode: 14,
    capabilities: 16,
    size: 24,
} as const

/** `devs_fiber_t`. */
export const FIBER = {
    next: 0,
    stackDepth: 17,
    bottomFunction: 22,
    wakeTime: 24,
    handle: 28,
    returnValue: 32,
    activation: 40,
    ctx: 44,
    size: 56,
} as const

/** `devs_activation_t`: a call frame. */
export const ACTIVATION = { pc: 4, closure: 8, caller: 12, func: 16, slots: 24 } as const

/** `devs_function_desc_t`, in the program's image. */
export const FUNCTION = { start: 0, length: 4, numSlots: 8, size: 16 } as const

/** `devs_map_t`, also of half-static and short maps. */
export const MAP = { proto: 4, length: 8, data: 12 } as const

/** `devs_array_t`. */
export const ARRAY = { attached: 4, length: 8, data: 12 } as const

/** `devs_buffer_t`. */
export const BUFFER = { length: 4, attached: 8, data: 12 } as const

/** `devs_string_t`: the text ends in a NUL. */
export const STRING = { length: 4, text: 6 } as const

/** `devs_string_jmp_t`: bytes, characters, then offsets of every 16th character before the text. */
export const LONG_STRING = { size: 4, length: 6, jumps: 8 } as const

/** `devs_bound_function_t`. */
export const BOUND_FUNCTION = { self: 8, func: 16 } as const

/** `devs_packet_t`. */
export const PACKET = { attached: 24, payload: 28 } as const

/** `devs_gimage_t`. */
export const GIMAGE = {
    width: 4,
    height: 6,
    stride: 8,
    bitsPerPixel: 10,
    pixels: 12,
    buffer: 16,
    attached: 20,
} as const
