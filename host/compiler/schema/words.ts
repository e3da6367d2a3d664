import type { FieldType } from "../../analysis/layout/field-types"

/** Words of `heapscope`'s own types that take nothing between angle brackets. */
export const SIMPLE: Readonly<Record<string, FieldType>> = {
    u8: { kind: "integer", bytes: 1, signed: false },
    u16: { kind: "integer", bytes: 2, signed: false },
    u24: { kind: "integer", bytes: 3, signed: false },
    u32: { kind: "integer", bytes: 4, signed: false },
    i8: { kind: "integer", bytes: 1, signed: true },
    i16: { kind: "integer", bytes: 2, signed: true },
    i24: { kind: "integer", bytes: 3, signed: true },
    i32: { kind: "integer", bytes: 4, signed: true },
    f32: { kind: "float", bytes: 4 },
    f64: { kind: "float", bytes: 8 },
    bool: { kind: "bool" },
}
/** Those that do, as they are written. */
export const GENERIC = { bits: "bits<5>", text: "text<16>", array: "array<u8, 4>" } as const
/** Other languages' words for the same, and what cannot be. */
export const OTHER_WORDS: Readonly<Record<string, string>> = {
    byte: "u8",
    uint8: "u8",
    uint8_t: "u8",
    uint16: "u16",
    uint16_t: "u16",
    uint32: "u32",
    uint32_t: "u32",
    int8: "i8",
    int8_t: "i8",
    int16: "i16",
    int16_t: "i16",
    int32: "i32",
    int32_t: "i32",
    int: "i32",
    float: "f32",
    double: "f64",
    char: "text<1>",
    u64: "f64, which holds integers up to 2 ** 53,",
    i64: "f64, which holds integers up to 2 ** 53,",
    bigint: "f64, which holds integers up to 2 ** 53,",
    Date: "u32 for seconds",
}
