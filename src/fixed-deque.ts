/**
 * A queue with two ends, of fixed capacity: `push` and `pop` at the back, `unshift` and `shift` at
 * the front. It is the ring buffer under the name one looks for: a method that a program does not
 * call is not in the program, so both ends cost nothing to who uses one.
 */
export { RingBuffer as FixedDeque } from "./ring-buffer"
