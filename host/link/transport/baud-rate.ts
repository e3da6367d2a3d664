/** What the official client opens ports with, in bits a second. It matters behind a UART bridge alone. */
export const BAUD_RATE = 1_500_000
