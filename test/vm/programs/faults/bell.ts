import { Button } from "@devicescript/core"
const bell = new Button()
let rings = 0
bell.down.subscribe(() => {
    rings++
    console.log(`${rings} visitors`)
})
