import { keepEachSize } from "../keep"

await keepEachSize(
    () => [] as Buffer[],
    blocks => {
        blocks.push(Buffer.alloc(64))
    },
)
