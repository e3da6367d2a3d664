/**
 * What a board's Buffer and Node's each do in their own way, under one name. Both do the work
 * inside one built-in call: a loop would take as many steps as bytes.
 */

/*
 * Classes and not interfaces: a call through an interface would keep every method of the same name,
 * whatever its class, in the program.
 */

/**
 * Bytes of which the board's have this, and with it `getAt` and `setAt`: one instruction each, where the
 * same byte by byte takes 12 and more.
 */
export interface BoardBytes {
    fillAt?: unknown
}

declare class BoardBuffer {
    blitAt?(at: number, from: Buffer | string, start: number, count: number): void
    fillAt?(at: number, count: number, value: number): void
    rotate?(left: number, from: number, to: number): void
}

declare class NodeBuffer {
    copy(to: Buffer, at: number, start: number, end: number): number
    copyWithin(at: number, start: number, end: number): unknown
    fill(value: number, start: number, end: number): unknown
    slice(start: number, end: number): Buffer
    write(text: string, at: number): number
}

declare class NodeBufferClass {
    byteLength(text: string): number
}

interface BoardString {
    byteLength?: number
}

/** Copies `count` bytes to where they do not overlap; the caller has checked the ranges. */
export function copyBytes(
    to: Buffer,
    at: number,
    from: Buffer,
    start: number,
    count: number,
): void {
    const board = to as unknown as BoardBuffer
    if (board.blitAt) board.blitAt(at, from, start, count)
    else (from as unknown as NodeBuffer).copy(to, at, start, start + count)
}

/** Sets `count` bytes to one value; the caller has checked the range. */
export function fillBytes(buffer: Buffer, at: number, count: number, value: number): void {
    const board = buffer as unknown as BoardBuffer
    if (board.fillAt) board.fillAt(at, count, value)
    else (buffer as unknown as NodeBuffer).fill(value, at, at + count)
}

/**
 * Rotates the bytes from `from` to before `to` by `left` to the left, or to the right if it is
 * negative: by less than there are. The caller has checked the range.
 */
export function rotateBytes(buffer: Buffer, left: number, from: number, to: number): void {
    const board = buffer as unknown as BoardBuffer
    if (board.rotate) {
        board.rotate(left, from, to)
        return
    }
    const node = buffer as unknown as NodeBuffer
    if (left < 0) left += to - from
    const start = Buffer.from(node.slice(from, from + left))
    node.copyWithin(from, from + left, to)
    copyBytes(buffer, to - left, start, 0, left)
}

/** How many bytes a text takes as UTF-8. */
export function textBytes(text: string): number {
    return (
        (text as BoardString).byteLength ?? (Buffer as unknown as NodeBufferClass).byteLength(text)
    )
}

/** Writes a text of `count` bytes as UTF-8; the caller has checked the range. */
export function writeText(buffer: Buffer, at: number, text: string, count: number): void {
    const board = buffer as unknown as BoardBuffer
    if (board.blitAt) board.blitAt(at, text, 0, count)
    else (buffer as unknown as NodeBuffer).write(text, at)
}
