import { keepEachSize } from "../keep"

const DEFAULTS = hex`00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f`

await keepEachSize(
    () => [] as Buffer[],
    copies => {
        copies.push(Buffer.from(DEFAULTS))
    },
)
