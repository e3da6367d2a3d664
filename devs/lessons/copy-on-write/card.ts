/** How many tables there are. */
export const TABLES = 60

/** The settings every table begins with, in flash. */
export const CARD = hex`
    01 32 00 10 20 30 40 50 60 70 80 90 a0 b0 c0 d0
    8a 02 08 02 d4 03 1a 04 6e 05 00 05 46 05 8c 05
    04 06 28 05 e6 0a a8 02 6c 02 04 01 86 01 00 07
`
