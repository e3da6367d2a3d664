import { keepEachSize } from "../keep"

interface Text {
    text: string
}

await keepEachSize(
    (): Text => ({ text: "" }),
    (of, i) => {
        of.text = `${of.text}${i % 10}`
    },
)
