// Types of fields for `heapscope layout` and `heapscope generate`, which read them by their names. They
// exist for the compiler only: nothing of them is left in a program. A plain number may be given to each;
// one field's value to another only where all its values fit.

/** A number that is known to be of one of these kinds. */
type NumberOf<Kinds extends string> = number & { readonly __kind?: Kinds }

/** Unsigned, 1 byte: 0 to 255. */
export type u8 = NumberOf<"u8">
/** Unsigned, 2 bytes: 0 to 65,535. */
export type u16 = NumberOf<"u8" | "u16">
/** Unsigned, 3 bytes: 0 to 16,777,215. */
export type u24 = NumberOf<"u8" | "u16" | "u24">
/** Unsigned, 4 bytes: 0 to 4,294,967,295. */
export type u32 = NumberOf<"u8" | "u16" | "u24" | "u32">
/** Signed, 1 byte: -128 to 127. */
export type i8 = NumberOf<"i8">
/** Signed, 2 bytes: -32,768 to 32,767. */
export type i16 = NumberOf<"u8" | "i8" | "i16">
/** Signed, 3 bytes: -8,388,608 to 8,388,607. */
export type i24 = NumberOf<"u8" | "u16" | "i8" | "i16" | "i24">
/** Signed, 4 bytes: -2,147,483,648 to 2,147,483,647. */
export type i32 = NumberOf<"u8" | "u16" | "u24" | "i8" | "i16" | "i24" | "i32">
/** Floating point, 4 bytes: about 7 digits. */
export type f32 = number
/** Floating point, 8 bytes: what a number is on the board and in Node. */
export type f64 = number
/** 1 byte, or 1 bit. */
export type bool = boolean
/**
 * An unsigned integer of so many bits, 1 to 32: `bits<5>` is 0 to 31. In whole bytes, where bits are not
 * packed.
 */
export type bits<Count extends number> = Count extends number ? number : never
/** A text of at most so many bytes of UTF-8, the rest filled with zeros. */
export type text<Bytes extends number> = Bytes extends number ? string : never
/** So many values of one type, one after another: `array<u8, 4>`. */
export type array<Of, Length extends number> = Length extends number ? Of[] : never
