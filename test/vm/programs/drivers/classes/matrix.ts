import { Esp32C3FH4RGB } from "@devicescript/drivers"

const board = new Esp32C3FH4RGB()
const led = await board.startLed()
const button = board.startButtonBOOT()
let turn = 0
button.down.subscribe(() => console.log("pressed"))
setInterval(async () => {
    turn = turn + 1
    await led.showAll(turn % 2 === 0 ? 0x0000ff : 0x00ff00)
    console.log("turn", turn % 10, 0)
}, 1000)
