import { keepEachSize } from "../keep"

await keepEachSize(
    () => [] as string[],
    (texts, i) => {
        texts.push(`dish ${i % 10}`)
    },
)
