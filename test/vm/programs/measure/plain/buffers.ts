import { keepEachSize } from "../keep"

await keepEachSize(
    () => [] as Buffer[],
    buffers => {
        buffers.push(Buffer.alloc(12))
    },
)
