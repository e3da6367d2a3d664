import { UserError } from "../../base/errors"

/** The releases of DeviceScript's runtime whose heap and debugger are known here: 2.16, whatever follows. */
const KNOWN = { major: 2, minor: 16 } as const
/** Where a program's image says what it was compiled for, little-endian (`devs_img_header_t`). */
const IMAGE_VERSION = { patch: 8, minor: 10, major: 11 } as const

/**
 * Sees to it that a board's heap is one that is known, before anything exact is said of it.
 * @param version of its runtime: `2.16.4`
 * @throws UserError for another
 */
export function checkRuntime(version: string): void {
    if (isKnownRuntime(version)) return
    throw new UserError(
        "E_OTHER_RUNTIME",
        `${describeOther(version)}. Nothing exact is told of it.`,
    )
}

/** Whether the heap of a runtime is one that is known. */
export function isKnownRuntime(version: string): boolean {
    const [major, minor] = version.split(".").map(Number)
    return major === KNOWN.major && minor === KNOWN.minor
}

/** Says of a runtime that it is not one that is known. */
export function describeOther(version: string): string {
    return `The board's firmware has DeviceScript ${version}, and heapscope knows the heap of ${KNOWN.major}.${KNOWN.minor}: its figures may be another's`
}

/**
 * Whether a runtime takes a program, by its version: the same major one, and a minor one that is not newer
 * (`devs_verify` in its `verify.c`). What it does not take it replaces by an empty program, without an error.
 */
export function takesProgram(version: string, bytecode: Uint8Array): boolean {
    const [major = 0, minor = 0] = version.split(".").map(Number)
    return bytecode[IMAGE_VERSION.major] === major && bytecode[IMAGE_VERSION.minor]! <= minor
}

/** The version that a program was compiled for. */
export function versionOfProgram(bytecode: Uint8Array): string {
    const patch = bytecode[IMAGE_VERSION.patch]! | (bytecode[IMAGE_VERSION.patch + 1]! << 8)
    return `${bytecode[IMAGE_VERSION.major]}.${bytecode[IMAGE_VERSION.minor]}.${patch}`
}
