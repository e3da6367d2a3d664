import { keepEachSize } from "../keep"

await keepEachSize(
    () => undefined,
    () => {},
)
